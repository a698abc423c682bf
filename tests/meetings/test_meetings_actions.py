"""A meeting from its plan to its call."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.calendar import wareki
from foundation.mail.models import Email
from meetings import proposals
from meetings.actions import agenda, meetings, surveys
from meetings.models import Meeting, Survey, Theme, ThemeVote
from meetings.states import ItemKind, MeetingState, SectionKind
from members.models import PersonalLink
from members.states import Channel
from tests import builders

DAY = timedelta(days=1)


def at(days, hour=13):
    day = timezone.localtime() + days * DAY
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def titles(meeting):
    return [(item.order, item.title) for item in meeting.items.all()]


# Planned


@pytest.fixture
def plan(group, suzuki):
    def create(*, by=suzuki, **details):
        return meetings.create_meeting(
            group=group, by=Actor(by), **{"starts_at": at(20), "ends_at": at(20, 15)} | details
        )

    return create


def test_the_first_meeting_of_a_group_has_no_one_to_follow(plan, suzuki):
    meeting = plan()
    assert (meeting.number, meeting.state, titles(meeting)) == (1, "draft", [])
    assert [section.kind for section in meeting.survey.sections.all()] == [SectionKind.ATTENDANCE]
    assert Event.objects.get(action="meetings.create_meeting").by == suzuki


def test_d22_the_next_meeting_takes_over_agenda_and_sections(plan, first_meeting, member, sheet):
    builders.make_item(meeting=first_meeting, order=1, kind=ItemKind.BRIEFING, title="部会の進め方", minutes=10)
    builders.make_item(meeting=first_meeting, order=2, kind=ItemKind.INTRODUCTIONS, title="自己紹介")
    builders.make_item(
        meeting=first_meeting, order=3, kind=ItemKind.TALK, title="デジタル化の話", presenter=member
    )
    meeting = plan()
    assert (meeting.number, titles(meeting)) == (2, [(1, "部会の進め方"), (2, "話題提供")])
    assert [item.presenter for item in meeting.items.all()] == [None, None]
    kinds = [section.kind for section in meeting.survey.sections.all()]
    assert kinds == [kind for kind in SectionKind if kind not in {SectionKind.CUSTOM, SectionKind.APPROVALS}]


def test_without_sheets_and_talk_the_form_does_not_ask_about_them(plan, first_meeting):
    assert {section.kind for section in plan().survey.sections.all()} == {"attendance", "themes"}


def test_themes_are_asked_about_again_as_long_as_the_last_form_did(plan, first_meeting, suzuki):
    def asked():
        return {section.kind for section in plan().survey.sections.all()}

    assert [asked(), asked()] == [{"attendance", "themes"}] * 2
    last = Meeting.objects.get(number=3)
    surveys.set_survey(
        meeting=last, by=Actor(suzuki), closes_at=last.survey.closes_at, sections=["attendance"], themes=[]
    )
    assert asked() == {"attendance"}


def test_an_open_date_has_no_form_until_the_day_is_known(plan, suzuki):
    meeting = plan(starts_at=None, ends_at=None, date_note="9月上旬")
    assert not Survey.objects.exists()
    meetings.edit_meeting(meeting=meeting, by=Actor(suzuki), seen=1, starts_at=at(20), ends_at=at(20, 15))
    assert Survey.objects.get().meeting == meeting


def test_before_the_call_the_deadline_goes_with_the_day_unless_somebody_chose_another(plan, suzuki):
    meeting = plan()
    meetings.edit_meeting(meeting=meeting, by=Actor(suzuki), seen=1, starts_at=at(40), ends_at=at(40, 15))
    assert Survey.objects.get().closes_at == proposals.deadline(at(40).date())
    chosen = at(30)
    Survey.objects.update(closes_at=chosen)
    meetings.edit_meeting(meeting=meeting, by=Actor(suzuki), seen=2, starts_at=at(50), ends_at=at(50, 15))
    assert Survey.objects.get().closes_at == chosen


def test_a_plan_for_a_day_that_is_over_has_a_form_all_the_same(plan, suzuki):
    """A town writes down what it held before it had this portal."""
    meetings.edit_meeting(meeting=plan(), by=Actor(suzuki), seen=1, starts_at=at(-9), ends_at=at(-9, 15))
    assert Survey.objects.get().closes_at == proposals.deadline(at(-9).date())


def test_a_cancelled_meeting_gives_its_number_back(plan, suzuki):
    meetings.cancel(meeting=plan(), seen=1, by=Actor(suzuki), reason="日程の都合")
    assert plan().number == 1


def test_only_the_desk_plans(plan, sato):
    with pytest.raises(PermissionDenied):
        plan(by=sato)


def test_a_meeting_does_not_end_before_it_begins(plan):
    with pytest.raises(ValidationError, match="終了時刻は開始時刻より後"):
        plan(ends_at=at(20, 12))


def test_two_people_of_the_desk_do_not_overwrite_each_other(plan, suzuki):
    meeting = plan()
    meetings.edit_meeting(meeting=meeting, by=Actor(suzuki), seen=1, room="中会議室")
    with pytest.raises(Conflict):
        meetings.edit_meeting(meeting=meeting, by=Actor(suzuki), seen=1, room="小会議室")
    assert Meeting.objects.get().room == "中会議室"


# Agenda


def test_items_are_added_moved_and_removed(plan, suzuki):
    meeting = plan()
    for title in ("開会", "協議", "閉会"):
        agenda.add_item(meeting=meeting, by=Actor(suzuki), title=title)
    last = meeting.items.last()
    agenda.move_item(item=last, by=Actor(suzuki), step=-1)
    assert titles(meeting) == [(1, "開会"), (2, "閉会"), (3, "協議")]
    agenda.remove_item(item=meeting.items.first(), seen=1, by=Actor(suzuki))
    assert titles(meeting) == [(1, "閉会"), (2, "協議")]
    agenda.edit_item(item=meeting.items.first(), by=Actor(suzuki), seen=1, title="連絡")
    assert titles(meeting) == [(1, "連絡"), (2, "協議")]


def test_an_item_at_the_end_stays_there(plan, suzuki):
    meeting = plan()
    item = agenda.add_item(meeting=meeting, by=Actor(suzuki), title="開会")
    agenda.move_item(item=item, by=Actor(suzuki), step=1)
    assert titles(meeting) == [(1, "開会")]


def test_an_item_that_was_asked_about_is_not_removed(give, talk, suzuki):
    talk.meeting.state = MeetingState.ANNOUNCED
    talk.meeting.announced_at = timezone.now()
    talk.meeting.save()
    give(to_talks={talk.pk: "？"})
    with pytest.raises(ValidationError, match="削除できません"):
        agenda.remove_item(item=talk, seen=talk.version, by=Actor(suzuki))


def test_a_presenter_is_one_of_the_group(plan, suzuki, stranger):
    with pytest.raises(ValidationError, match="この会議の名簿"):
        agenda.add_item(meeting=plan(), by=Actor(suzuki), title="話", presenter=stranger.memberships.get())


# Form


def test_the_desk_decides_deadline_sections_and_themes(plan, suzuki):
    meeting = plan()
    survey = surveys.set_survey(
        meeting=meeting,
        by=Actor(suzuki),
        closes_at=at(10, 17),
        sections=[SectionKind.THEMES],
        themes=["申請", "会議"],
    )
    assert survey.closes_at == at(10, 17)
    assert [section.kind for section in survey.sections.all()] == ["attendance", "themes"]
    assert [theme.title for theme in meeting.themes.all()] == ["申請", "会議"]


def test_a_theme_that_somebody_chose_is_not_taken_away(give, meeting, suzuki):
    theme = Theme.objects.create(meeting=meeting, title="申請")
    give(themes=frozenset({theme.pk}))
    with pytest.raises(ValidationError, match="選んだ方がいる"):
        surveys.set_survey(
            meeting=meeting, by=Actor(suzuki), closes_at=at(5), sections=["themes"], themes=["会議"]
        )
    assert ThemeVote.objects.get().theme == theme


def test_the_deadline_comes_before_the_meeting(plan, suzuki):
    with pytest.raises(ValidationError, match="会議の開始より前"):
        surveys.set_survey(meeting=plan(), by=Actor(suzuki), closes_at=at(30), sections=[], themes=[])


# Announced


@pytest.fixture
def announced(plan, suzuki, member, expert):
    meeting = plan()
    meetings.announce(meeting=meeting, by=Actor(suzuki), seen=meeting.version)
    meeting.refresh_from_db()
    return meeting


def test_announcing_calls_everybody_once(announced, suzuki, emails):
    until = wareki.deadline(announced.survey.closes_at)
    assert announced.state == "announced"
    assert [to for to, _subject in emails()] == ["sato@example.jp", "tanaka@example.com"]
    assert {subject for _to, subject in emails()} == {f"第1回DX推進部会の開催について【要回答・{until}】"}
    assert Event.objects.get(action="meetings.announce").changes["emails"] == 2


def test_the_call_carries_link_and_code_of_its_reader(announced, member):
    link = PersonalLink.objects.get(membership=member)
    body = Email.objects.get(to=member.user).body
    assert f"[[personal-link:{link.pk}]]" in body
    assert f"回答用コード：[[personal-code:{link.pk}]]" in body
    assert body.splitlines()[3] == "市民課 佐藤 花子 様"


def test_experts_are_addressed_without_a_section(announced, tanaka):
    assert Email.objects.get(to=tanaka).body.splitlines()[3] == "田中 三郎 様"


def test_text_in_an_email_is_not_html(plan, suzuki, member, group, emails):
    group.name = "R&D部会"
    group.save()
    meetings.announce(meeting=plan(), by=Actor(suzuki), seen=1)
    assert "R&D部会" in emails()[0][1]


def test_who_has_no_address_gets_no_email_but_a_link_for_the_slip(plan, suzuki, member, sato):
    sato.channel = Channel.PAPER
    sato.save()
    assert meetings.announce(meeting=plan(), by=Actor(suzuki), seen=1) == 0
    assert PersonalLink.objects.get().membership == member


def test_a_meeting_is_announced_once(announced, suzuki, emails):
    with pytest.raises(ValidationError):
        meetings.announce(meeting=announced, by=Actor(suzuki), seen=announced.version)
    assert len(emails()) == 2


def test_without_a_day_nothing_is_announced(plan, suzuki):
    meeting = plan(starts_at=None, ends_at=None, date_note="9月上旬")
    with pytest.raises(ValidationError, match="日時と入力フォーム"):
        meetings.announce(meeting=meeting, by=Actor(suzuki), seen=1)


def test_a_new_time_is_told_and_the_answers_stay(announced, suzuki, member, emails, leave):
    builders.make_reply(survey=announced.survey, membership=member)
    before = len(emails())
    leave()
    meetings.edit_meeting(
        meeting=announced, by=Actor(suzuki), seen=announced.version, starts_at=at(21), ends_at=at(21, 15)
    )
    assert [subject for _to, subject in emails()[before:]] == ["【日時・場所の変更】第1回DX推進部会"] * 2
    assert announced.survey.replies.count() == 1


def test_a_new_theme_is_not_worth_an_email(announced, suzuki, emails, leave):
    leave()
    meetings.edit_meeting(meeting=announced, by=Actor(suzuki), seen=announced.version, theme="申請の見直し")
    assert len(emails()) == 2


def test_d6_a_cancellation_says_so_and_is_no_invitation(announced, suzuki, emails, leave):
    leave()
    assert meetings.cancel(meeting=announced, seen=announced.version, by=Actor(suzuki), reason="台風の接近") == 2
    assert emails()[-1][1] == "【中止】第1回DX推進部会"
    body = Email.objects.order_by("id").last().body
    assert [words in body for words in ("理由：台風の接近", "【議題】", "回答用ページ", "/a/")] == [
        True,
        False,
        False,
        False,
    ]


def test_what_was_held_is_not_cancelled(first_meeting, suzuki):
    with pytest.raises(ValidationError, match="開催済み"):
        meetings.cancel(meeting=first_meeting, seen=first_meeting.version, by=Actor(suzuki), reason="？")


# Reminded


def test_only_those_who_have_not_answered_are_reminded_and_once_a_day(announced, suzuki, member, emails):
    builders.make_reply(survey=announced.survey, membership=member)
    before = len(emails())
    people = list(announced.asked().values_list("pk", flat=True))
    assert meetings.remind(meeting=announced, by=Actor(suzuki), people=people) == 1
    with pytest.raises(ValidationError, match="再案内を送る方がいません"):
        meetings.remind(meeting=announced, by=Actor(suzuki), people=people)
    assert [to for to, _subject in emails()[before:]] == ["tanaka@example.com"]


def test_a_link_is_sent_again_to_the_registered_address_only(announced, suzuki, member, emails):
    assert meetings.resend(meeting=announced, membership=member, by=Actor(suzuki))
    assert emails()[-1] == ("sato@example.jp", "第1回DX推進部会 回答用リンクの再送")


@pytest.mark.parametrize("action", [meetings.remind, meetings.cancel, meetings.announce])
def test_members_do_none_of_it(announced, sato, action):
    seen = {"seen": announced.version}
    more = {"cancel": seen | {"reason": "？"}, "announce": seen, "remind": {"people": []}}.get(action.__name__, {})
    with pytest.raises(PermissionDenied):
        action(meeting=announced, by=Actor(sato), **more)


def test_the_call_is_of_the_plan_that_its_check_page_showed(plan, suzuki):
    """An agenda that grew meanwhile is in the mail: the check page shows it first."""
    meeting = plan()
    seen = meeting.version
    agenda.add_item(meeting=meeting, by=Actor(suzuki), title="あとから加えた議題", kind="other")
    with pytest.raises(Conflict):
        meetings.announce(meeting=meeting, by=Actor(suzuki), seen=seen)


def test_two_tabs_do_not_overwrite_an_item(plan, suzuki):
    item = agenda.add_item(meeting=plan(), by=Actor(suzuki), title="協議", kind="other")
    agenda.edit_item(item=item, by=Actor(suzuki), seen=1, title="意見交換")
    for act, more in ((agenda.edit_item, {"title": "報告"}), (agenda.remove_item, {})):
        with pytest.raises(Conflict):
            act(item=item, by=Actor(suzuki), seen=1, **more)
