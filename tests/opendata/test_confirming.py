"""Nothing is asked but the file: what it is, its columns tell, and its section confirms."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from opendata import actions
from opendata.models import Dataset, DatasetVersion
from opendata.table.alike import public_ones_like
from opendata.table.readiness import blockers
from tests import builders
from tests.opendata.conftest import CLEAN, TOILETS, page, text

WELLS = "井戸名,深さ,管理者\n一番井戸,12,環境課\n二番井戸,8,環境課\n"
NEWER = CLEAN + "駅前広場,見本県見本市駅前2-2,北口,36.141,137.258\n"


@pytest.fixture
def send(section):
    """`send(text)`: as the upload page does."""

    def send_(table, name="台帳.csv"):
        file = SimpleUploadedFile(name, table.encode("cp932"))
        return section.post(reverse("opendata:upload"), {"file": file}, follow=True)

    return send_


def newest():
    return DatasetVersion.objects.latest("pk")


def answer(section, slug, **given):
    shown = {"seen": newest().version, "standard": "public_toilet"}
    return section.post(page("confirm_kind", slug), shown | given, follow=True)


def test_a_file_of_a_known_kind_is_recognised_and_confirmed_in_one_press(send, section):
    shown = send(TOILETS)
    assert shown.redirect_chain == [(page("confirm_kind", "table"), 302)]
    assert "国の標準の「公衆トイレ一覧」と判断しました。" in text(shown)
    assert [blocker.page for blocker in blockers(newest())] == ["opendata:confirm_kind"]
    done = answer(section, "table")
    assert done.redirect_chain == [(page("findings", "public-toilet"), 302)]
    version = newest()
    assert (version.title, version.standard, version.kind_confirmed) == ("公衆トイレ一覧", "public_toilet", True)
    assert Event.objects.filter(action="opendata.read").count() == 1


def test_a_list_of_ones_own_keeps_the_name_of_its_file(send, section):
    assert "どれに当たるか分かりませんでした" in text(send(WELLS, "井戸.csv"))
    answer(section, "table", standard="own")
    assert (newest().title, newest().standard, newest().dataset.slug) == ("井戸", "", "table")


def test_of_another_kind_than_it_seemed_it_is_read_again(send, section):
    send(WELLS)
    answer(section, "table", standard="public_toilet")
    assert newest().findings.filter(code="column-missing").exists()
    answer(section, "public-toilet", standard="own")
    assert not newest().findings.filter(code="column-missing").exists()
    assert newest().dataset.slug == "public-toilet"


def test_a_list_that_is_public_offers_its_next_version_first(send, section, published):
    form = send(NEWER).context["form"]
    labels = [label.partition("（")[0] for _value, label in form.fields["what"].choices]
    assert labels == ["「公衆トイレ一覧」の新しい版", "新しいデータセット"]
    assert "どれに当たるかを選択してください。" in text(answer(section, "table"))
    done = answer(section, "table", what=str(published.dataset_id))
    assert done.redirect_chain == [(page("findings"), 302)]
    version = newest()
    assert (version.dataset, version.number, version.description, version.rows.count()) == (
        published.dataset,
        2,
        published.description,
        2,
    )
    assert Dataset.objects.count() == 1


def test_beside_the_public_one_it_may_be_a_list_of_its_own(send, section, published):
    send(NEWER)
    answer(section, "table", what="new")
    assert (newest().dataset.slug, newest().number) == ("public-toilet-2", 1)


@pytest.mark.parametrize(("header", "found"), [("井戸名,深さ,管理者,備考,点検日", ["井戸"]), ("井戸名,電話", [])])
def test_lists_of_ones_own_are_alike_by_their_columns(send, kimura, environment_section, header, found):
    dataset = builders.make_dataset(department=environment_section, by=kimura)
    titles = ("井戸名", "深さ", "管理者", "備考")
    columns = [{"index": 1, "header": title, "field": None, "publish": True} for title in titles]
    builders.make_version(dataset=dataset, title="井戸", state="published", columns=columns)
    send(f"{header}\n{'1,' * header.count(',')}2\n")
    assert [other.title for other in public_ones_like(newest()).free] == found


def test_a_next_version_that_is_in_work_is_told_of_and_not_offered(send, section, published, kimura):
    actions.replace(dataset=published.dataset, seen=0, name="次.csv", data=CLEAN.encode(), by=Actor(kimura))
    shown = send(NEWER)
    assert "what" not in shown.context["form"].fields
    assert page("work") in text(shown)
    version = newest()
    given = {"version": version, "by": Actor(kimura), "seen": version.version, "dataset": published.dataset}
    with pytest.raises(ValidationError, match="作業中の版があるか"):
        actions.take_as_next(**given)
