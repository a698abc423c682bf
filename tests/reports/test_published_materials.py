"""The materials beside a published report: those of the day to which their presenters consented, gone with it."""

import copy
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from dxbukai import exporting
from foundation.actions import Actor, Conflict
from meetings.actions import consents, materials
from meetings.actions.materials import Given
from meetings.models.material import for_citizens
from meetings.states import MaterialKind
from reports import actions
from reports.compose.shipped import SHIPPED
from reports.materials import name_of
from reports.models import Style
from tests import builders
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

LISTED = "配布資料"
AGAIN = {"resumed_reason": "内容を確認したため"}


class WithMaterials(FirstMeeting):
    """Two were handed out; of the first it was said that citizens may read it. The report lists both."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        Style.objects.create(group=self.group, **SHIPPED["result"] | {"parts": f"{LISTED}\n{Style().parts}"})
        self.plan_, self.notes = self.bring("基本構想"), self.bring("手元の覚え")
        self.say(self.plan_)
        self.approve()

    def bring(self, title):
        by = Actor(self.desk)
        return materials.add_material(meeting=self.meeting, by=by, title=title, given=file_of(title))

    def say(self, material, yes=True):
        material.refresh_from_db()
        said = {"name": "例田花子", "given_on": builders.LONG_AGO, "how": "電話", "seen": material.version}
        return consents.note_consent(material=material, by=Actor(self.desk), consents=yes, **said)

    def publish(self, **said):
        shown = name_of(self.composition.sha256, for_citizens(self.meeting))
        return actions.publish(meeting=self.meeting, by=Actor(self.desk), shown=shown, **said)


def file_of(words):
    return Given(kind=MaterialKind.FILE, file=ContentFile(builders.pdf(words), name="構想.pdf"))


@pytest.fixture(scope="module")
def decided_once(for_the_module):
    return WithMaterials(OUR_WORDS, members=3)


@pytest.fixture
def decided(db, decided_once):
    """Each test has a storage of its own."""
    for title in ("基本構想", "手元の覚え"):
        builders.keep_file(builders.pdf(title))
    return copy.deepcopy(decided_once)


@pytest.fixture
def first(decided):
    decided.publish()
    return decided


def address(first, *args, name="report"):
    return reverse(f"reports:{name}", args=[first.group.slug, 1, *args])


def file_at(client, first, place=1):
    response = client.get(address(first, place, name="report_material"))
    return response.status_code, b"".join(response) if response.streaming else response.content


def linked(page):
    """Of the list of the report: what each line leads to."""
    cell = page.partition(f"{LISTED}</dt><dd>")[2].partition("</dd>")[0]
    return re.findall(r'<a href="([^"]+)">([^<]+)</a>', cell), re.sub(r"<[^>]+>", "|", cell)


def test_the_page_leads_to_what_may_be_read_and_names_the_rest(first, client):
    page, to = client.get(address(first)).content.decode(), address(first, 1, name="report_material")
    assert linked(page) == ([(to, "資料1　基本構想")], "|資料1　基本構想||資料2　手元の覚え")
    assert re.findall(rf'<a href="{to}">([^<]+)</a>\s*<span class="hint">([^<]+)<', page) == [
        ("資料1　基本構想", "PDF・28\xa0バイト")
    ]
    assert file_at(client, first) == (200, builders.pdf("基本構想"))
    assert file_at(client, first, place=2)[0] == 404


def test_a_version_of_later_is_never_shown_in_its_place(first, client):
    first.plan_.refresh_from_db()
    by = {"material": first.plan_, "by": Actor(first.desk), "seen": first.plan_.version}
    materials.replace_material(given=file_of("後日の差替え"), **by)
    assert file_at(client, first) == (200, builders.pdf("基本構想"))


def test_it_leaves_with_the_report_and_comes_back_with_it_only_as_long_as_that_is_agreed(first, client):
    first.withhold()
    status, said = file_at(client, first)
    assert (status, "公開を停止しました" in said.decode()) == (410, True)
    first.say(first.plan_, yes=False)
    first.approve()
    first.publish(correction="資料の公開をやめた")
    assert file_at(client, first)[0] == 404
    assert linked(client.get(address(first)).content.decode())[0] == []


def test_what_comes_back_unchanged_brings_it_back(first, client):
    first.withhold()
    first.approve()
    first.publish(**AGAIN)
    assert file_at(client, first)[0] == 200


def test_what_is_agreed_later_is_published_as_a_correction(first, client):
    with pytest.raises(ValidationError, match="変わったところがありません"):
        first.publish()
    first.say(first.notes)
    with pytest.raises(ValidationError, match="訂正箇所を入力してください"):
        first.publish()
    first.publish(correction="資料2を加えた")
    assert file_at(client, first, place=2) == (200, builders.pdf("手元の覚え"))


def test_nobody_publishes_a_file_that_their_page_did_not_show(decided):
    shown = name_of(decided.composition.sha256, for_citizens(decided.meeting))
    decided.say(decided.notes)
    with pytest.raises(Conflict):
        actions.publish(meeting=decided.meeting, by=Actor(decided.desk), shown=shown)


def test_the_desk_sees_before_what_goes_out_with_it(decided, as_):
    page = as_(decided.desk).get(address(decided, name="publish")).content.decode()
    beside = page.partition("一緒に公開する資料")[2].partition("</ul>")[0]
    assert ("資料1　基本構想" in beside, "手元の覚え" in beside) == (True, False)


def test_the_folder_of_what_is_public_has_the_file_and_leads_to_it(first):
    tree = {name: b"".join(content) for name, content in exporting.files_of_tree()}
    place = exporting.place_of(first.group.slug, 1)
    assert tree[f"{place}/material-1.pdf"] == builders.pdf("基本構想")
    assert linked(tree[f"{place}/index.html"].decode())[0] == [("material-1.pdf", "資料1　基本構想")]
    assert linked(tree[f"{place}/fragment.html"].decode())[0] == []
