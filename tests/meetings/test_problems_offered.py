"""困り事 become themes when their writers offer them; and no meeting is called before its group says what for."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor
from meetings.actions import meetings, surveys
from meetings.models import Theme
from meetings.proposals import problems_offered
from meetings.states import MeetingState
from members.states import SheetState
from tests import builders

FIRST, SECOND = "窓口の待ち時間が長い", "紙の申請書を入力し直している"


@pytest.fixture
def offered(member):
    return builders.make_sheet(membership=member, problems=f"{FIRST}\r\n\r\n {SECOND} ", offers_problem=True)


@pytest.fixture
def page(as_, suzuki, meeting):
    address = reverse("meetings:set_survey", args=[meeting.group.slug, meeting.number])
    return lambda: as_(suzuki).get(address)


@pytest.fixture
def press(as_, suzuki, meeting):
    address = reverse("meetings:take_over_problem", args=[meeting.group.slug, meeting.number])
    return lambda sheet, title: as_(suzuki).post(address, {"sheet": sheet, "title": title}, follow=True)


def test_the_desk_sees_line_by_line_what_was_offered(page, survey, offered):
    assert [(offer.text, offer.sheet) for offer in page().context["offers"]] == [
        (FIRST, offered),
        (SECOND, offered),
    ]


@pytest.mark.parametrize(
    "otherwise",
    [{"offers_problem": False}, {"problems": ""}, {"state": SheetState.DRAFT, "submitted_at": None}],
)
def test_what_was_not_offered_is_not_shown(page, survey, offered, otherwise):
    type(offered).objects.update(**otherwise)
    assert (page().context["offers"], FIRST in page().content.decode()) == ([], False)


def test_what_another_group_offers_stays_there(meeting, stranger):
    theirs = stranger.memberships.get()
    builders.make_sheet(membership=theirs, problems="よそ", offers_problem=True)
    assert problems_offered(meeting) == []


def test_one_press_makes_it_a_theme_in_the_writers_words(page, press, meeting, survey, offered):
    Theme.objects.create(meeting=meeting, title="予約", order=1)
    answer = press(offered.pk, SECOND)
    assert "テーマの例に加えました。" in answer.content.decode()
    assert list(meeting.themes.values_list("title", "order")) == [("予約", 1), (SECOND, 2)]
    assert [offer.text for offer in page().context["offers"]] == [FIRST]
    assert page().context["form"]["themes"].value() == f"予約\n{SECOND}"


def test_a_page_that_was_open_does_not_take_it_away(page, press, as_, suzuki, meeting, survey, offered):
    form = page().context["form"]
    press(offered.pk, FIRST)
    sent = {"closes_at": "2030-01-01T17:00", "themes": "", "seen": form["seen"].value()}
    address = reverse("meetings:set_survey", args=[meeting.group.slug, meeting.number])
    meeting.starts_at = meeting.starts_at.replace(year=2031)
    meeting.ends_at = meeting.ends_at.replace(year=2031)
    meeting.save()
    assert as_(suzuki).post(address, sent).status_code == 409
    assert meeting.themes.get().title == FIRST


def test_before_there_is_a_survey_it_waits_in_the_form(page, press, meeting, offered):
    press(offered.pk, FIRST)
    assert page().context["form"]["themes"].value() == FIRST


def test_what_was_taken_back_meanwhile_is_not_taken_over(press, meeting, survey, offered):
    type(offered).objects.update(offers_problem=False)
    answer = press(offered.pk, FIRST)
    assert "御本人が提案を取りやめたか、内容を変更したため" in answer.content.decode()
    assert not meeting.themes.exists()


@pytest.mark.parametrize(("sheet", "title"), [("x", FIRST), ("9" * 30, FIRST), (None, "別の文章"), (None, "")])
def test_nothing_else_becomes_a_theme(press, meeting, survey, offered, sheet, title):
    press(offered.pk if sheet is None else sheet, title)
    assert not meeting.themes.exists()


def test_a_second_press_is_told_that_it_is_there(press, meeting, survey, offered):
    press(offered.pk, FIRST)
    assert "同じテーマが既にあります。" in press(offered.pk, FIRST).content.decode()
    assert meeting.themes.count() == 1


def test_a_line_that_is_too_long_for_a_theme_is_put_shorter_by_the_desk(page, meeting, survey, offered):
    type(offered).objects.update(problems="長" * 101)
    assert (
        [offer.fits for offer in page().context["offers"]],
        "100文字を超えるため" in page().content.decode(),
    ) == (
        [False],
        True,
    )


def test_only_the_desk_takes_over(meeting, survey, offered, sato):
    with pytest.raises(PermissionDenied):
        surveys.take_over_problem(meeting=meeting, by=Actor(sato), sheet=offered.pk, title=FIRST)


# What for, and how long


@pytest.fixture
def draft(group):
    meeting = builders.make_meeting(group=group, number=1, state=MeetingState.DRAFT)
    builders.make_survey(meeting=meeting)
    return meeting


@pytest.mark.parametrize("name", ["purpose_text", "retention_text"])
def test_no_meeting_is_called_before_the_group_says_what_for(as_, suzuki, member, group, draft, name):
    setattr(group, name, "")
    group.save()
    with pytest.raises(ValidationError, match="利用目的と保存期間がまだ登録されていません"):
        meetings.announce(meeting=draft, by=Actor(suzuki), seen=draft.version)
    page = as_(suzuki).get(reverse("meetings:announce", args=[group.slug, 1]))
    assert (page.context["is_ready"], "システム管理者が「管理」で登録" in page.content.decode()) == (
        False,
        True,
    )


def test_before_the_reply_is_sent_stands_what_for_who_and_how_long(as_, sato, group, survey):
    page = as_(sato).get(reverse("meetings:reply", args=[group.slug, 2])).content.decode()
    places = [
        page.index(text) for text in ('name="mode"', ">利用目的<", ">見られる人<", ">保存期間<", "回答を送信する")
    ]
    assert places == sorted(places)
