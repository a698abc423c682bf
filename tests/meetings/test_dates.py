"""日程調整: candidate days are put to the people of a meeting, answered with ○△×, and one becomes its day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.calendar import wareki
from foundation.mail.models import Email
from meetings import correspondence, dates
from meetings.actions import dates as actions, letters, meetings, roll
from meetings.letters import facts_of, iso, readers
from meetings.models import DateReply, Letter, Meeting
from meetings.states import DateMark, LetterKind, MeetingState
from members.models import ClosedDay, MembershipTerm
from tests import builders

YES, MAYBE, NO = DateMark


def at(days, hour=13):
    return (timezone.localtime() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def day(days):
    return at(days), at(days, 15)


@pytest.fixture
def meeting(group, suzuki, member, expert, first_meeting):
    """The second one, of which only 「10月上旬」 is known."""
    return meetings.create_meeting(group=group, by=Actor(suzuki), date_note="10月上旬", theme="窓口")


@pytest.fixture
def set_dates(meeting, suzuki):
    def send(*days, seen=0, closes_at=None, note=""):
        given = {"closes_at": closes_at or at(5, 17), "note": note, "days": [day(each) for each in days]}
        return actions.set_dates(meeting=meeting, by=Actor(suzuki), seen=seen, **given)

    return send


@pytest.fixture
def poll(set_dates, meeting, suzuki):
    """Sato and Tanaka are asked for two days; nothing has left yet."""
    poll = set_dates(20, 21)
    actions.send_dates(meeting=meeting, by=Actor(suzuki), seen=poll.version)
    return again(poll)


@pytest.fixture
def first(poll):
    return poll.options.first()


@pytest.fixture
def give(poll):
    """`give(member, YES, NO)`: a person's own answer."""

    def send(membership, *marks, comment="", seen=0):
        return actions.answer_dates(
            poll=poll,
            membership=membership,
            by=Actor(membership.user),
            marks=as_marks(poll, marks),
            comment=comment,
            seen=seen,
        )

    return send


@pytest.fixture
def choose(meeting, suzuki):
    def send(option):
        now = again(meeting)
        return actions.choose_date(meeting=now, option=option, by=Actor(suzuki), seen=now.version)

    return send


def as_marks(poll, marks):
    return {option.pk: mark for option, mark in zip(poll.options.all(), marks, strict=False) if mark}


def again(row):
    return type(row).objects.get(pk=row.pk)


def kinds(membership):
    return list(Letter.objects.standing().filter(membership=membership).values_list("kind", flat=True))


def close(poll):
    type(poll).objects.filter(pk=poll.pk).update(closes_at=timezone.now() - timedelta(seconds=1))


# What the desk names


def test_up_to_ten_days_are_put_to_people(set_dates):
    poll = set_dates(*range(20, 30))
    assert [option.starts_at for option in poll.days] == [at(days) for days in range(20, 30)]
    with pytest.raises(ValidationError, match="一つ以上10件以内"):
        set_dates(*range(20, 31), seen=poll.version)


@pytest.mark.parametrize(
    ("days", "given", "sentence"),
    [
        ((), {}, "候補日を、一つ以上"),
        ((20, 20), {}, "同じ日時の候補日が二つあります。"),
        ((20,), {"closes_at": at(-1)}, "回答期限が過ぎています。"),
        ((20,), {"closes_at": at(20)}, "最も早い候補日の開始より前"),
    ],
)
def test_what_nobody_could_answer_is_refused(set_dates, days, given, sentence):
    with pytest.raises(ValidationError, match=sentence):
        set_dates(*days, **given)


def test_a_meeting_that_has_a_day_asks_for_none(set_dates, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=at(20), ends_at=at(20, 15))
    with pytest.raises(ValidationError, match="開催日が決まっていない準備中の会議だけ"):
        set_dates(20)


def test_who_looked_at_older_candidates_is_told(set_dates):
    set_dates(20)
    with pytest.raises(Conflict):
        set_dates(21)


def test_a_closed_day_and_another_meeting_are_said_and_not_refused(set_dates, group):
    ClosedDay.objects.create(day=at(20).date(), label="市制記念日")
    builders.make_meeting(group=group, number=3, starts_at=at(21))
    poll = set_dates(20, 21)
    said = [candidate.warnings for candidate in dates.table(poll).candidates]
    assert "この日は閉庁日（土日、祝日、年末年始等）に当たっています。" in said[0]
    assert "同じ日に第3回DX推進部会があります。" in said[1]


def test_a_colleague_marks_no_days_before_they_are_sent(set_dates, member):
    poll = set_dates(20)
    with pytest.raises(ValidationError, match="まだ受付をしていません"):
        actions.answer_dates(
            poll=poll, membership=member, by=Actor(member.user), marks=as_marks(poll, [YES]), comment="", seen=0
        )


# What people are sent


def test_each_person_is_asked_by_one_email_that_tells_the_days_and_not_the_theme(poll, emails):
    assert [to for to, _subject in emails()] == ["sato@example.jp", "tanaka@example.com"]
    email = Email.objects.get(to_address="sato@example.jp")
    assert email.subject == f"【要回答・{wareki.deadline(poll.closes_at)}】第2回DX推進部会 日程調整のお願い"
    assert ("午後1時～3時" in email.body, "窓口" in email.body) == (True, False)
    assert "[[personal-link:" in email.body


def test_nobody_asked_for_days_counts_as_called(poll, leave, meeting, suzuki, first, choose):
    leave()
    (reader, _expert) = readers(again(meeting))
    assert (reader.told, reader.is_called, reader.due(meeting, facts_of(meeting, None))) == (
        None,
        False,
        LetterKind.ANNOUNCE,
    )
    choose(first)
    now = again(meeting)
    meetings.announce(meeting=now, by=Actor(suzuki), seen=now.version)
    assert kinds(reader.person) == ["dates", "announce"]


def test_it_is_sent_once(poll, meeting, suzuki):
    with pytest.raises(ValidationError, match="既に送る手続をしています"):
        actions.send_dates(meeting=meeting, by=Actor(suzuki), seen=poll.version)


def test_while_it_waits_other_days_replace_it(poll, set_dates, member):
    set_dates(20, 22, seen=poll.version)
    (letter,) = Letter.objects.standing().filter(membership=member)
    assert [day[0] for day in letter.facts["dates"]] == [iso(at(20)), iso(at(22))]
    assert "候補日の変更" not in letter.email.subject


def test_who_has_it_is_told_of_other_days(poll, set_dates, member, leave):
    leave()
    set_dates(20, 22, seen=poll.version)
    assert kinds(member) == ["dates", "dates"]
    assert Letter.objects.filter(membership=member).last().email.subject.startswith("【候補日の変更・要回答・")


def test_of_a_later_deadline_only_the_silent_are_told(poll, set_dates, member, expert, leave, give):
    leave()
    give(member, YES, NO)
    set_dates(20, 21, seen=poll.version, closes_at=at(8, 17))
    assert (kinds(member), kinds(expert)) == (["dates"], ["dates", "dates"])
    assert Letter.objects.filter(membership=expert).last().email.subject.startswith("【回答期限の変更・要回答・")


def test_the_same_days_again_tell_nobody_anything(poll, set_dates, member, leave):
    leave()
    set_dates(21, 20, seen=poll.version)
    assert kinds(member) == ["dates"]


def test_a_waiting_letter_to_who_left_is_withdrawn_with_the_next_change(poll, set_dates, member):
    MembershipTerm.objects.filter(membership=member).update(valid_to=timezone.localdate() - timedelta(days=1))
    set_dates(20, 22, seen=poll.version)
    assert kinds(member) == []


def test_all_taken_back_before_they_left_nobody_was_asked(poll, meeting, suzuki):
    waiting = list(Letter.objects.filter(meeting=meeting).values_list("pk", flat=True))
    letters.withdraw_letters(meeting=meeting, by=Actor(suzuki), letters=waiting)
    assert (again(poll).asked_at, again(meeting).state) == (None, MeetingState.DRAFT)


def test_a_call_that_is_taken_back_leaves_a_draft_though_people_were_asked_for_days(
    poll, leave, first, choose, meeting, suzuki
):
    leave()
    choose(first)
    now = again(meeting)
    meetings.announce(meeting=now, by=Actor(suzuki), seen=now.version)
    called = list(meeting.letters.filter(kind=LetterKind.ANNOUNCE).values_list("pk", flat=True))
    letters.withdraw_letters(meeting=meeting, by=Actor(suzuki), letters=called)
    assert again(meeting).state == MeetingState.DRAFT


def test_whom_no_mail_reaches_is_asked_on_paper(group, meeting, set_dates, suzuki):
    yamada = builders.make_membership(group=group, user=builders.make_user(channel="paper", email=None))
    poll = set_dates(20)
    actions.send_dates(meeting=meeting, by=Actor(suzuki), seen=poll.version)
    told = correspondence.of(again(meeting))
    (paper,) = correspondence.papers(told, told.papers)
    assert (paper.person, "日程調整のお願い" in paper.subject, bool(paper.code)) == (yamada, True, True)


def test_a_reminder_goes_to_the_silent_once_a_day(poll, meeting, suzuki, member, expert, leave, give):
    leave()
    Letter.objects.update(made_at=timezone.now() - timedelta(days=1))
    give(member, YES, NO)

    def remind():
        return actions.remind_dates(meeting=meeting, by=Actor(suzuki), people=[member.pk, expert.pk])

    assert (remind(), kinds(member), kinds(expert)) == (1, ["dates"], ["dates", "re_dates"])
    leave()
    with pytest.raises(ValidationError, match="再案内を送る方がいません"):
        remind()


def test_who_joins_later_is_asked_and_not_reminded(poll, meeting, suzuki, group):
    newcomer = builders.make_membership(group=group)
    actions.remind_dates(meeting=meeting, by=Actor(suzuki), people=[newcomer.pk])
    assert kinds(newcomer) == ["dates"]


def test_whoever_answers_is_not_reminded_any_more(poll, meeting, suzuki, expert, leave, give):
    leave()
    Letter.objects.update(made_at=timezone.now() - timedelta(days=1))
    actions.remind_dates(meeting=meeting, by=Actor(suzuki), people=[expert.pk])
    give(expert, YES)
    assert kinds(expert) == ["dates"]


# What people answer


def test_a_person_marks_some_of_the_days_and_tells_the_desk(give, member, poll):
    reply = give(member, None, MAYBE, comment="午前は窓口当番です。")
    assert (reply.marks, reply.comment) == ({poll.days[1].pk: MAYBE}, "午前は窓口当番です。")


def test_an_answer_is_changed_until_the_deadline(give, member, poll):
    reply = give(member, YES, YES)
    assert again(give(member, NO, YES, seen=reply.version)).marks == as_marks(poll, [NO, YES])
    close(poll)
    with pytest.raises(ValidationError, match="を過ぎたため、受付は終了しました"):
        give(member, YES, YES, seen=2)


def test_the_same_answer_twice_is_one(give, member, poll):
    give(member, YES, NO)
    close(poll)
    assert (give(member, YES, NO).version, poll.replies.count()) == (1, 1)


def test_an_answer_from_an_old_page_meets_the_newer_one(give, member):
    give(member, YES, NO)
    with pytest.raises(Conflict):
        give(member, NO, NO)


def test_an_answer_has_a_mark(give, member):
    with pytest.raises(ValidationError, match="○△×を選択してください"):
        give(member, comment="分かりません。")


def test_a_day_that_is_no_candidate_any_more_is_not_marked(give, member, poll, set_dates):
    marks = as_marks(poll, [YES])
    set_dates(21, 22, seen=poll.version)
    with pytest.raises(ValidationError, match="候補日が変更されています"):
        actions.answer_dates(poll=poll, membership=member, by=Actor(member.user), marks=marks, comment="", seen=0)


def test_marks_stay_on_days_that_stay(give, member, poll, set_dates):
    give(member, YES, NO)
    set_dates(21, 22, seen=poll.version)
    (line, _expert) = dates.table(again(poll)).lines
    assert [mark for _option, mark in line.marks] == [NO, ""]


def test_nobody_answers_for_another(poll, member, tanaka):
    with pytest.raises(PermissionDenied):
        actions.answer_dates(poll=poll, membership=member, by=Actor(tanaka), marks={}, comment="", seen=0)


def test_who_is_no_longer_asked_does_not_answer(give, member):
    MembershipTerm.objects.filter(membership=member).update(valid_to=timezone.localdate() - timedelta(days=1))
    with pytest.raises(PermissionDenied, match="日程調整の対象者に登録されていない"):
        give(member, YES)


def test_the_desk_enters_what_it_was_told_and_it_is_marked(poll, member, suzuki):
    close(poll)
    reply = actions.enter_dates(
        poll=poll, membership=member, by=Actor(suzuki), marks=as_marks(poll, [YES]), comment="", seen=0
    )
    assert (reply.entered_by, reply.entered_by_desk) == (suzuki, True)


def test_once_there_is_a_day_nobody_enters_anything(poll, member, suzuki, choose, first):
    choose(first)
    with pytest.raises(ValidationError, match="開催日を決めるまでの間だけ"):
        actions.enter_dates(
            poll=poll, membership=member, by=Actor(suzuki), marks=as_marks(poll, [YES]), comment="", seen=0
        )


def test_the_desk_that_presses_twice_enters_once(poll, member, suzuki):
    given = {"poll": poll, "membership": member, "by": Actor(suzuki), "marks": as_marks(poll, [YES])}
    for _press in range(2):
        actions.enter_dates(**given, comment="", seen=0)
    assert DateReply.objects.get().version == 1


def test_only_the_desk_enters_for_others(poll, member, tanaka):
    with pytest.raises(PermissionDenied):
        actions.enter_dates(poll=poll, membership=member, by=Actor(tanaka), marks={}, comment="", seen=0)


# Which day it becomes


@pytest.mark.parametrize(
    ("marks", "best"),
    [
        ([(None, None), (None, None)], []),
        ([(NO, NO), (NO, NO)], []),
        ([(YES, MAYBE), (MAYBE, MAYBE)], [0]),
        ([(YES, YES), (NO, MAYBE)], [1]),
        ([(YES, YES), (NO, NO)], [0, 1]),
    ],
)
def test_the_best_day_has_most_yes_then_most_maybe(poll, member, expert, marks, best):
    for membership, given in zip((member, expert), marks, strict=True):
        builders.make_date_reply(poll=poll, membership=membership, marks=given)
    found = dates.table(poll)
    assert [candidate for candidate in found.candidates if candidate.is_best] == found.best
    assert [found.candidates.index(candidate) for candidate in found.best] == best
    assert {candidate.is_tied for candidate in found.best} <= {len(best) > 1}


def test_a_candidate_becomes_the_day_and_opens_the_form(poll, choose, first, meeting, give, member):
    choose(first)
    meeting = again(meeting)
    assert (meeting.starts_at, meeting.ends_at, meeting.date_note) == (first.starts_at, first.ends_at, "")
    assert meeting.survey.closes_at < meeting.starts_at
    assert dates.chosen(again(poll)) == first
    with pytest.raises(ValidationError, match="日程調整の受付は終わりました"):
        give(member, YES)


def test_nobody_is_asked_any_more_for_days_of_a_meeting_that_has_one(poll, choose, first, member):
    choose(first)
    assert kinds(member) == []


def test_nor_where_the_desk_typed_a_day(poll, meeting, suzuki, member):
    meetings.edit_meeting(meeting=meeting, by=Actor(suzuki), seen=meeting.version, starts_at=at(40))
    assert (kinds(member), dates.chosen(again(poll))) == ([], None)


def test_nor_of_one_that_was_held_without_a_plan(poll, meeting, suzuki, member, expert):
    for person in (member, expert):
        meeting.roll.create(membership=person, category="member", name=str(person.user), mode="venue")
    held = {"held_from": timezone.now() - timedelta(hours=2), "held_to": timezone.now()}
    roll.hold(meeting=meeting, by=Actor(suzuki), seen=meeting.version, **held)
    assert kinds(member) == []


def test_a_day_is_chosen_once(choose, poll):
    one, other = poll.options.all()
    choose(one)
    with pytest.raises(ValidationError, match="開催日は既に決まっています"):
        choose(other)


def test_a_day_that_has_passed_is_not_chosen(poll, choose, first):
    type(first).objects.filter(pk=first.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(ValidationError, match="過ぎた日時です"):
        choose(first)


def test_a_choice_is_taken_back_until_the_call(poll, choose, first, meeting, suzuki, give, member):
    choose(first)
    now = again(meeting)
    actions.reopen_dates(meeting=now, by=Actor(suzuki), seen=now.version)
    assert (again(meeting).starts_at, again(meeting).date_note) == (None, "日程調整中")
    assert give(member, YES).marks == as_marks(poll, [YES])


def test_after_the_call_it_is_not_taken_back(poll, choose, first, meeting, suzuki):
    choose(first)
    now = again(meeting)
    meetings.announce(meeting=now, by=Actor(suzuki), seen=now.version)
    with pytest.raises(ValidationError, match="開催通知を送る前だけ"):
        actions.reopen_dates(meeting=now, by=Actor(suzuki), seen=again(meeting).version)


def test_another_choice_gives_the_form_the_deadline_of_its_own_day(poll, choose, meeting, suzuki):
    one, other = poll.options.all()
    choose(one)
    before = again(meeting).survey.closes_at
    now = again(meeting)
    actions.reopen_dates(meeting=now, by=Actor(suzuki), seen=now.version)
    type(other).objects.filter(pk=other.pk).update(starts_at=at(40), ends_at=at(40, 15))
    choose(other)
    assert again(meeting).survey.closes_at > before + timedelta(days=5)


# What becomes of a meeting that is called off


def call_off(meeting, suzuki):
    now = again(meeting)
    meetings.cancel(meeting=now, by=Actor(suzuki), seen=now.version, reason="準備が整わないため")


def test_who_was_asked_for_days_hears_that_there_is_no_meeting(poll, meeting, suzuki, leave, member):
    leave()
    call_off(meeting, suzuki)
    letter = Letter.objects.filter(membership=member).last()
    assert letter.kind == LetterKind.CANCEL
    assert "日程調整をお願いしていた第2回DX推進部会は、次の理由により中止" in letter.email.body
    assert (letter.email.calendar, "予定していた" in letter.email.body) == ("", False)


def test_a_day_that_nobody_heard_of_is_not_told_as_called_off(poll, meeting, suzuki, leave, member, choose, first):
    leave()
    choose(first)
    call_off(meeting, suzuki)
    assert "予定していた" not in Letter.objects.filter(membership=member).last().email.body


def test_who_has_nothing_yet_hears_nothing(poll, meeting, suzuki, member):
    call_off(meeting, suzuki)
    assert kinds(member) == []
    assert DateReply.objects.count() == 0
