"""The booklet, the workbook, and the order in which people introduce themselves."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from python_calamine import CalamineWorkbook

from foundation.actions import Actor
from foundation.audit.models import Event
from members.actions.speaking import move_speaker, reset_speakers
from members.states import Audience, SheetState
from tests import builders


def url(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def third(group):
    return builders.make_membership(group=group, order=2000)


def test_the_booklet_has_every_shown_sheet_in_the_order_of_the_roster(desk, group, member, expert, third):
    for person in (expert, third, member):
        builders.make_sheet(membership=person)
    builders.make_photo(sheet=expert.sheet)
    hidden = builders.make_membership(group=group)
    builders.make_sheet(
        membership=hidden, state=SheetState.SUBMITTED, audience=Audience.DESK, wants="事務局だけに"
    )
    page = desk.get(url("desk_booklet", group.slug))
    assert list(page.context["people"]) == [member, third, expert]
    assert [person.has_photo for person in page.context["people"]] == [False, False, True]
    assert "事務局だけに" not in page.content.decode()


def test_without_shown_sheets_the_booklet_says_so(desk, group, member):
    assert "参加者に公開したシートはまだありません" in desk.get(url("desk_booklet", group.slug)).content.decode()


def cells(response):
    """As a spreadsheet reads them."""
    return CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()


def test_the_desk_takes_all_sheets_that_were_handed_in_as_a_workbook(desk, suzuki, group, member, third):
    """A sheet for the desk alone says so; a draft is none yet, also where it is the desk's own."""
    builders.make_sheet(membership=member, wants="窓口を減らしたい", problems="=1+1")
    builders.make_sheet(membership=third, state=SheetState.SUBMITTED, audience=Audience.DESK, wants="事務局だけに")
    own = builders.make_membership(group=group, user=suzuki)
    builders.make_sheet(membership=own, state=SheetState.DRAFT, wants="まだ下書き")
    builders.make_sheet(membership=builders.make_membership(group=builders.make_group()), wants="別の会議体")
    response = desk.get(url("sheets_xlsx", group.slug))
    header, *rows = cells(response)
    assert header == [
        "氏名",
        "ふりがな",
        "所属",
        "職名",
        "担当業務",
        "業務での困り事",
        "取り組みたいこと",
        "得意なこと",
        "ひとこと",
        "見られる人",
        "状態",
        "提出日時",
    ]
    told = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["氏名"], row["取り組みたいこと"], row["見られる人"], row["状態"]) for row in told] == [
        (str(member), "窓口を減らしたい", str(Audience.GROUP.label), "参加者に公開済み"),
        (str(third), "事務局だけに", str(Audience.DESK.label), "提出済み"),
    ]


def test_no_cell_of_the_workbook_computes(desk, group, member):
    builders.make_sheet(membership=member, problems='=HYPERLINK("https://example.com")')
    book = ZipFile(BytesIO(desk.get(url("sheets_xlsx", group.slug)).content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "hyperlink" in sheet) == (False, False)
    assert "=HYPERLINK" in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("name", "queries"), [("desk_booklet", 5), ("sheets_xlsx", 4), ("desk_speakers", 5)])
def test_they_ask_the_database_as_often_for_many(desk, group, count, name, queries, django_assert_num_queries):
    for _ in range(count):
        builders.make_photo(sheet=builders.make_sheet(membership=builders.make_membership(group=group)))
    with django_assert_num_queries(queries):
        desk.get(url(name, group.slug))


def rows(page):
    return [(time, person) for time, person in page.context["rows"]]


def test_each_has_two_minutes_from_the_start_that_is_asked_for(desk, group, member, expert, third):
    page = desk.get(url("desk_speakers", group.slug), {"start": "13:58"})
    assert rows(page) == [("午後1時58分", member), ("午後2時00分", third), ("午後2時02分", expert)]
    assert (page.context["minutes"], page.context["ends"]) == (6, "午後2時04分")


@pytest.mark.parametrize("query", [{}, {"start": ""}, {"start": "25:99"}])
def test_without_a_time_it_is_half_past_one(desk, group, member, query):
    page = desk.get(url("desk_speakers", group.slug), query)
    assert rows(page) == [("午後1時30分", member)]


def test_the_desk_moves_a_speaker_and_finds_the_row_and_the_times_again(desk, group, member, expert, third):
    page = desk.post(url("move_speaker", group.slug, expert.pk), {"to": "up", "start": "09:00"})
    assert page["Location"] == f"{url('desk_speakers', group.slug)}?start=09:00#person-{expert.pk}"
    shown = desk.get(page["Location"])
    assert [person for _time, person in rows(shown)] == [member, expert, third]
    assert shown.context["is_arranged"]


@pytest.mark.parametrize(("place", "step"), [(0, -1), (2, 1)])
def test_at_either_end_a_speaker_stays(group, suzuki, member, expert, third, place, step):
    people = [member, third, expert]
    move_speaker(membership=people[place], by=Actor(suzuki), step=step)
    assert list(group.memberships.current().in_speaking_order()) == people


def test_whoever_comes_later_speaks_last(group, suzuki, member, expert, third):
    move_speaker(membership=third, by=Actor(suzuki), step=-1)
    late = builders.make_membership(group=group, order=1)
    assert list(group.memberships.current().in_speaking_order()) == [third, member, expert, late]


def test_back_to_the_order_of_the_roster(desk, group, suzuki, member, expert, third):
    move_speaker(membership=expert, by=Actor(suzuki), step=-1)
    page = desk.post(url("reset_speakers", group.slug), follow=True)
    assert [person for _time, person in rows(page)] == [member, third, expert]
    assert [event.action for event in Event.objects.order_by("pk")] == [
        "members.move_speaker",
        "members.reset_speakers",
    ]


def test_only_the_desk_arranges(group, sato, member, expert):
    for deed in (
        lambda: move_speaker(membership=expert, by=Actor(sato), step=-1),
        lambda: reset_speakers(group=group, by=Actor(sato)),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_who_has_left_is_not_arranged(group, suzuki, member, expert):
    expert.terms.update(valid_to="2026-04-01")
    with pytest.raises(ValidationError, match="現在の名簿にない方"):
        move_speaker(membership=expert, by=Actor(suzuki), step=-1)
