"""The pages of the reviewers."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.db import clock
from opendata import actions
from opendata.models import DatasetVersion
from tests import builders
from tests.opendata.conftest import TICKED, publication


def page(name, slug="public-toilet"):
    return reverse(f"opendata:{name}", args=[slug])


def text(response):
    return response.content.decode()


@pytest.fixture
def desk(as_, suzuki):
    """The browser of Suzuki."""
    return as_(suzuki)


CHECK = {"head_name": "環境 長", "head_checked_on": "R8.11.20", "head_document_number": "環境第123号"}


def test_the_list_has_what_was_handed_in(desk, submitted, kimura, environment_section):
    builders.make_version(
        dataset=builders.make_dataset(department=environment_section, by=kimura), title="河川敷の一覧"
    )
    body = text(desk.get(reverse("opendata:review")))
    assert "公衆トイレ一覧 第1版" in body
    assert "河川敷の一覧" not in body


def test_the_list_of_what_is_public_tells_what_is_overdue(desk, kimura, environment_section, assignment):
    for title, days in [("公園一覧", 40), ("井戸一覧", 1)]:
        dataset = builders.make_dataset(department=environment_section, by=kimura, assignment=assignment)
        version = builders.make_version(dataset=dataset, title=title, update_cycle="monthly")
        builders.publish(version, published_at=clock.now() - timedelta(days=days))
    body = text(desk.get(reverse("opendata:review")))
    assert (body.count("次回の更新の目安："), body.count("更新の時期を過ぎています")) == (2, 1)


def test_an_empty_list_says_so(desk):
    assert "確認待ちのデータセットはありません" in text(desk.get(reverse("opendata:review")))


def test_the_reviewer_sees_table_repairs_and_columns(desk, submitted):
    body = text(desk.get(page("review_version")))
    assert "中央公園" in body
    assert "「３６．１４６」→「36.146」" in body
    assert "公開しない列" in body


def test_the_reviewer_reads_which_columns_stay_inside_and_that_none_does(desk, submitted):
    def inside(body):
        return body.partition("公開しない列</h3>")[2].partition("</ul>")[0]

    assert "G 担当者氏名" in inside(text(desk.get(page("review_version"))))
    everything = [column | {"publish": True} for column in submitted.columns]
    DatasetVersion.objects.update(columns=everything)
    assert "ありません" in inside(text(desk.get(page("review_version"))))


def test_who_uploaded_it_is_told_that_somebody_else_decides(desk, submitted, suzuki):
    DatasetVersion.objects.update(uploaded_by=suzuki)
    body = text(desk.get(page("review_version")))
    assert "確認を担当する別の方が承認します" in body
    assert [word for word in ("承認へ進む", "差し戻す") if word in body] == []
    assert [desk.get(page(name)).status_code for name in ("publish", "return_version")] == [302, 302]


def test_a_column_that_may_speak_of_persons_is_told_to_the_reviewer_once(desk, kimura, ready):
    all_columns = publication(ready, columns=TICKED | {7})
    version = actions.describe(version=ready, by=Actor(kimura), seen=ready.version, publication=all_columns)
    actions.submit(version=version, by=Actor(kimura), seen=version.version)
    assert (
        text(desk.get(page("review_version"))).count("見出しが、個人情報の項目に該当する可能性があります。") == 1
    )


def test_the_reviewer_changes_no_cell(desk, submitted):
    body = text(desk.get(page("review_version")))
    assert "元に戻す" not in body
    assert desk.post(page("edit_cell")).status_code == 404


def test_approving_publishes(desk, submitted):
    response = desk.post(page("publish"), CHECK | {"seen": submitted.version}, follow=True)
    assert "「公衆トイレ一覧」を公開しました。" in text(response)
    version = DatasetVersion.objects.get()
    assert (version.head_name, version.head_checked_on) == ("環境 長", date(2026, 11, 20))
    assert version.is_published


def test_a_head_whose_name_others_cannot_read_is_asked_about_before_anything_is_public(desk, submitted):
    typed = CHECK | {"head_name": "環境 \ue000", "seen": submitted.version}
    asked = desk.post(page("publish"), typed)
    assert asked.context["form"].questions == ["氏名に外字が入っています。外字は他の端末では表示されません。"]
    assert not DatasetVersion.objects.get().is_published
    desk.post(page("publish"), typed | {"meant": asked.context["form"].data["meant"]})
    assert DatasetVersion.objects.get().head_name == "環境 \ue000"


def test_approving_needs_name_and_day(desk, submitted):
    body = text(desk.post(page("publish"), {"seen": submitted.version}))
    assert "確認した所属長の氏名を入力してください。" in body
    assert "所属長が確認した日を入力してください。" in body


def test_approving_a_day_to_come_is_refused(desk, submitted):
    given = CHECK | {"head_checked_on": "2099-01-01", "seen": submitted.version}
    assert "確認した日に、先の日付は入力できません。" in text(desk.post(page("publish"), given))


def test_approving_from_an_old_page_is_a_conflict(desk, submitted):
    response = desk.post(page("publish"), CHECK | {"seen": submitted.version - 1})
    assert response.status_code == 409
    assert "環境 長" in text(response)


def test_approving_twice_leads_to_the_public_page(desk, submitted):
    given = CHECK | {"seen": submitted.version}
    assert desk.post(page("publish"), given).url == page("dataset")
    assert desk.post(page("publish"), given).status_code == 404


def test_returning_needs_a_reason(desk, submitted):
    assert "差し戻す理由を入力してください。" in text(desk.post(page("return_version"), {}))
    sent = {"reason": "緯度を確認", "seen": submitted.version}
    assert desk.post(page("return_version"), sent).url == reverse("opendata:review")
    assert DatasetVersion.objects.get().returned_reason == "緯度を確認"


@pytest.mark.parametrize("count", [1, 3, 30])
def test_queries_of_the_list(desk, kimura, environment_section, assignment, django_assert_num_queries, count):
    for _ in range(count):
        dataset = builders.make_dataset(department=environment_section, by=kimura, assignment=assignment)
        builders.make_version(dataset=dataset, state="submitted", submitted_at="2026-11-20T00:00Z")
    with django_assert_num_queries(7):
        desk.get(reverse("opendata:review"))


def test_a_reviewer_who_stops_a_leak_comes_back_to_the_list(desk, published):
    assert "データの確認</a>" in text(desk.get(page("withdraw")))
    assert desk.post(page("withdraw"), {"reason": "氏名が含まれていたため"}).url == reverse("opendata:review")


def test_paper_gets_what_was_found_and_the_columns_in_place_of_a_table_that_is_cut(as_, kimura, suzuki, submitted):
    _paper, cut = text(as_(suzuki).get(page("review_version"))).split('"no-print" aria-labelledby="whole-table"')
    assert ('id="row-4"' in cut.partition("</section>")[0], "公開する列" in cut) == (True, False)
    paper = text(as_(kimura).get(page("table"))).partition('<div class="on-paper">')[2].partition('id="table"')[0]
    assert [words in paper for words in ("公開する列", "担当者氏名", "全3行のうち")] == [True, True, True]
