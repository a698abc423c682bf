"""What people are told of a meeting: what has not left is replaced, what has left is put right."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import SYSTEM, Actor
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from meetings import correspondence
from meetings.actions import agenda, letters, meetings, replies, surveys
from meetings.models import Letter, Meeting, Survey
from meetings.states import MeetingState
from members.actions import memberships
from members.models import PersonalLink, User
from members.states import Channel
from tests import builders
from tests.meetings.conftest import close

DESK = "/groups/dx-now/desk/meetings/2/"


def at(days, hour=13):
    return (timezone.localtime() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture
def planned(group, suzuki, member, expert, first_meeting):
    return meetings.create_meeting(
        group=group, by=Actor(suzuki), starts_at=at(30), ends_at=at(30, 15), building="見本市役所", room="大会議室"
    )


@pytest.fixture
def meeting(planned, suzuki):
    """The second one; Sato and Tanaka are called, and nothing has left."""
    meetings.announce(meeting=planned, by=Actor(suzuki), seen=planned.version)
    planned.refresh_from_db()
    return planned


@pytest.fixture
def survey(meeting):
    return meeting.survey


@pytest.fixture
def move(meeting, suzuki):
    def to(days, **more):
        meeting.refresh_from_db()
        fields = {"starts_at": at(days), "ends_at": at(days, 15)} | more
        meetings.edit_meeting(meeting=meeting, by=Actor(suzuki), seen=meeting.version, **fields)
        meeting.refresh_from_db()

    return to


def set_deadline(meeting, days, by):
    sections = list(meeting.survey.sections.values_list("kind", flat=True))
    surveys.set_survey(meeting=meeting, by=Actor(by), closes_at=at(days, 17), sections=sections, themes=[])
    meeting.refresh_from_db()


def waiting(person=None):
    """(what, for which day) of the letters that will leave."""
    rows = Letter.objects.waiting().order_by("pk")
    rows = rows.filter(membership__user=person) if person else rows
    return [(letter.kind, letter.facts["starts_at"][:10]) for letter in rows]


def sent_to(person):
    return list(Email.objects.filter(to=person, job__state=JobState.DONE).order_by("pk"))


def day(days):
    return at(days).astimezone(timezone.get_fixed_timezone(0)).date().isoformat()


# Before anything has left


def test_d2_called_at_night_and_moved_three_times_each_gets_one_letter_of_the_last_day(move, leave, sato, tanaka):
    for days in (37, 28, 44):
        move(days)
    leave()
    assert (len(sent_to(sato)), len(sent_to(tanaka))) == (1, 1)
    (email,) = sent_to(sato)
    assert "の開催について【要回答・" in email.subject
    assert f"{at(44).month}月{at(44).day}日" in email.body


def test_d2_called_and_cancelled_in_one_night_nobody_hears_of_it(meeting, suzuki, leave):
    told = meetings.cancel(meeting=meeting, by=Actor(suzuki), seen=meeting.version, reason="日程の都合")
    leave()
    assert (told, list(Email.objects.filter(job__state=JobState.DONE))) == (0, [])


def test_an_item_that_is_added_stands_in_the_letter_that_has_not_left(meeting, suzuki, leave, sato):
    agenda.add_item(meeting=meeting, by=Actor(suzuki), title="あとから加えた議題")
    leave()
    (email,) = sent_to(sato)
    assert "1. あとから加えた議題" in email.body


def test_a_letter_waits_for_the_office_and_at_least_five_minutes(meeting):
    due = Job.objects.filter(email__isnull=False).values_list("due_at", flat=True)
    assert all(moment >= timezone.now() + timedelta(minutes=4) for moment in due)


# After it has left


def test_a_new_day_is_told_once_with_the_day_before_it(move, leave, sato):
    leave()
    move(31)
    move(45)
    assert waiting(sato) == [("change", day(45))]
    leave()
    body = sent_to(sato)[-1].body
    assert f"変更前：令和{at(30).year - 2018}年{at(30).month}月{at(30).day}日" in body
    assert f"変更後：令和{at(45).year - 2018}年{at(45).month}月{at(45).day}日" in body


def test_moved_and_moved_back_before_it_was_told_nothing_is_told(move, leave):
    leave()
    move(37)
    move(30)
    assert waiting() == []


def test_another_place_is_told_as_well(move, leave, sato):
    leave()
    move(30, room="小会議室")
    leave()
    assert "変更前：見本市役所 大会議室\n変更後：見本市役所 小会議室" in sent_to(sato)[-1].body


def test_d33_a_new_deadline_is_told_once_to_those_who_have_not_answered(
    meeting, suzuki, leave, member, sato, tanaka
):
    leave()
    builders.make_reply(survey=meeting.survey, membership=member)
    set_deadline(meeting, 10, suzuki)
    set_deadline(meeting, 12, suzuki)
    assert (waiting(sato), waiting(tanaka)) == ([], [("deadline", day(30))])
    leave()
    assert "【回答期限の変更・" in sent_to(tanaka)[-1].subject


def test_who_has_more_time_anyway_is_not_told_of_a_new_deadline(meeting, suzuki, leave, member, sato):
    leave()
    replies.extend(survey=meeting.survey, membership=member, by=Actor(suzuki), until=at(29))
    leave()
    set_deadline(meeting, 12, suzuki)
    assert waiting(sato) == []


def test_a_cancellation_reaches_everybody_who_has_heard(meeting, suzuki, leave, sato, tanaka):
    leave()
    told = meetings.cancel(meeting=meeting, by=Actor(suzuki), seen=meeting.version, reason="台風の接近")
    assert (told, waiting(sato), waiting(tanaka)) == (2, [("cancel", day(30))], [("cancel", day(30))])


def test_what_is_urgent_does_not_wait_for_the_office(meeting, suzuki, leave):
    leave()
    meetings.cancel(
        meeting=meeting, by=Actor(suzuki), seen=meeting.version, reason="台風", urgent="台風の接近のため"
    )
    due = Job.objects.filter(state=JobState.WAITING).values_list("due_at", flat=True)
    assert all(moment <= timezone.now() for moment in due)


# A meeting that moves asks again


def answers(meeting):
    """As the desk reads them, in the order of the roster."""
    found = correspondence.of(meeting)
    lines = found.lines(found.people)
    return [lines[pk].answer for pk in found.people]


def test_an_answer_for_another_day_is_to_be_confirmed_and_the_same_answer_again_confirms_it(
    meeting, move, give, leave, member
):
    give()
    leave()
    move(45)
    survey = Survey.objects.get(meeting=meeting)
    assert answers(meeting) == [correspondence.TO_CONFIRM, ""]
    give(survey=survey, version=1)
    assert answers(meeting) == [correspondence.ANSWERED, ""]


def test_who_has_answered_is_told_that_the_answer_stays_and_is_asked_again(meeting, move, give, leave, sato):
    give()
    leave()
    move(45)
    leave()
    assert "変更後の日時での出欠を、次のページから改めて御回答くださいますよう" in sent_to(sato)[-1].body


def test_after_the_deadline_a_move_sets_a_new_one(meeting, move, leave):
    leave()
    close(meeting.survey)
    move(45)
    closes_at = Survey.objects.get(meeting=meeting).closes_at
    assert timezone.now() < closes_at < meeting.starts_at


def test_a_deadline_that_lies_behind_the_new_day_is_set_anew(meeting, move, suzuki):
    set_deadline(meeting, 29, suzuki)
    move(10)
    assert Survey.objects.get(meeting=meeting).closes_at < meeting.starts_at


def test_nobody_has_more_time_than_there_is_before_the_meeting(meeting, member, suzuki):
    with pytest.raises(ValidationError, match="会議の開始までにしてください"):
        replies.extend(survey=meeting.survey, membership=member, by=Actor(suzuki), until=at(400))


# Who comes and goes


@pytest.fixture
def joined(meeting, group, suzuki, kimura, environment_section, leave):
    """Kimura, after the letters have left."""
    leave()
    return memberships.add_member(
        group=group,
        user=kimura,
        by=Actor(suzuki),
        valid_from=builders.LONG_AGO,
        category="member",
        department=environment_section,
    )


def test_d10_who_joins_later_is_shown_and_called_with_one_press(as_, suzuki, joined, meeting, kimura):
    desk = as_(suzuki)
    shown = desk.get(f"{DESK}letters/").context["found"]
    assert shown.not_told.named == [joined]
    desk.post(reverse("meetings:tell_all", args=["dx-now", 2]))
    assert waiting() == [("announce", day(30))]
    assert waiting(kimura) == waiting()
    assert len(desk.get(f"{DESK}letters/").context["found"].not_told) == 0


def test_who_joins_later_is_not_told_of_a_change_before_the_call(joined, move, kimura):
    move(45)
    assert waiting(kimura) == []


def test_who_leaves_is_written_to_no_more(meeting, suzuki, member, sato, tanaka):
    yesterday = timezone.localdate() - timedelta(days=1)
    memberships.end_membership(membership=member, by=Actor(suzuki), valid_to=yesterday)
    agenda.add_item(meeting=meeting, by=Actor(suzuki), title="議題")
    assert (waiting(sato), waiting(tanaka)) == ([], [("announce", day(30))])


# On paper


@pytest.fixture
def on_paper(sato):
    User.objects.filter(pk=sato.pk).update(channel=Channel.PAPER)
    sato.refresh_from_db()
    return sato


def test_who_has_no_mail_is_on_the_list_until_the_paper_was_handed_out(on_paper, planned, as_, suzuki):
    meetings.announce(meeting=planned, by=Actor(suzuki), seen=planned.version)
    desk = as_(suzuki)
    (line,) = desk.get(f"{DESK}letters/").context["papers"]
    assert (line.reader.person.user, line.state) == (on_paper, correspondence.TO_HAND_OUT)
    desk.post(reverse("meetings:hand_out", args=["dx-now", 2]), {"letter": line.letter.pk})
    shown = desk.get(f"{DESK}letters/").context
    assert (shown["page"][0].state, shown["papers"]) == (correspondence.HANDED_OUT, [])


def test_a_change_comes_on_paper_to_who_was_handed_the_call(on_paper, meeting, move, suzuki):
    (call,) = meeting.letters.filter(by_paper=True)
    letters.hand_out(meeting=meeting, by=Actor(suzuki), letters=[call.pk])
    move(45)
    assert waiting(on_paper) == [("change", day(45))]


def test_a_paper_that_was_not_handed_out_is_the_call_of_the_new_day(on_paper, meeting, move):
    move(45)
    assert waiting(on_paper) == [("announce", day(45))]


def test_of_a_cancellation_everybody_hears_on_paper(on_paper, meeting, suzuki):
    meetings.cancel(meeting=meeting, by=Actor(suzuki), seen=meeting.version, reason="台風")
    assert waiting(on_paper) == [("cancel", day(30))]


# Taken back


@pytest.fixture
def withdraw_everything(meeting, suzuki):
    def press():
        every = meeting.letters.values_list("pk", flat=True)
        return letters.withdraw_letters(meeting=meeting, by=Actor(suzuki), letters=list(every))

    return press


def test_what_has_not_left_is_taken_back_and_the_meeting_is_in_preparation_again(as_, suzuki, meeting, leave):
    desk = as_(suzuki)
    chosen = [line.letter.pk for line in desk.get(f"{DESK}letters/").context["page"]]
    desk.post(reverse("meetings:withdraw_letters", args=["dx-now", 2]), {"letter": chosen})
    leave()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.announced_at) == (MeetingState.DRAFT, None)
    assert not Email.objects.filter(job__state=JobState.DONE).exists()


def test_one_letter_is_taken_back_and_its_reader_is_not_told_yet(meeting, suzuki, sato, tanaka):
    (own,) = meeting.letters.filter(membership__user=sato)
    letters.withdraw_letters(meeting=meeting, by=Actor(suzuki), letters=[own.pk])
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.ANNOUNCED
    assert [person.user for person in correspondence.of(meeting).not_told.named] == [sato]
    assert waiting(tanaka) == [("announce", day(30))]


def test_a_paper_is_taken_back_until_it_was_handed_out(on_paper, meeting, as_, suzuki, tanaka):
    desk, address = as_(suzuki), reverse("meetings:withdraw_letters", args=["dx-now", 2])
    (line,) = desk.get(f"{DESK}letters/").context["papers"]
    desk.post(address, {"letter": line.letter.pk})
    assert (waiting(on_paper), waiting(tanaka)) == ([], [("announce", day(30))])
    assert [person.user for person in correspondence.of(meeting).not_told.named] == [on_paper]


def test_a_paper_that_was_handed_out_is_not_taken_back(on_paper, meeting, suzuki):
    (paper,) = meeting.letters.filter(by_paper=True)
    letters.hand_out(meeting=meeting, by=Actor(suzuki), letters=[paper.pk])
    with pytest.raises(ValidationError, match="配布済み"):
        letters.withdraw_letters(meeting=meeting, by=Actor(suzuki), letters=[paper.pk])


def test_who_presses_again_is_not_told_that_there_is_more(meeting, as_, suzuki):
    page = as_(suzuki).post(reverse("meetings:tell_all", args=["dx-now", 2]), follow=True)
    assert [str(said) for said in page.context["messages"]] == ["お知らせが必要な方は、ほかにいません。"]


@pytest.mark.parametrize("name", ["withdraw_letters", "hand_out"])
def test_who_ticked_nobody_is_told_so(on_paper, meeting, as_, suzuki, name):
    page = as_(suzuki).post(reverse(f"meetings:{name}", args=["dx-now", 2]), follow=True)
    assert [str(said) for said in page.context["messages"]] == [
        "通知にチェックを入れてから、もう一度操作してください。"
    ]


def test_a_paper_that_somebody_else_noted_is_not_noted_again(on_paper, meeting, suzuki):
    (paper,) = meeting.letters.filter(by_paper=True)
    letters.withdraw_letters(meeting=meeting, by=Actor(suzuki), letters=[paper.pk])
    with pytest.raises(ValidationError, match="取り消したか、既に配布済み"):
        letters.hand_out(meeting=meeting, by=Actor(suzuki), letters=[paper.pk])


def test_of_a_meeting_that_is_over_the_page_says_that_nobody_is_told_any_more(first_meeting, member, as_, suzuki):
    page = as_(suzuki).get(reverse("meetings:letters", args=["dx-now", first_meeting.number]))
    assert page.context["found"].stays_untold
    assert "終わった会議の通知は送りません。" in page.content.decode()


def test_a_call_that_was_taken_back_is_made_again(meeting, withdraw_everything, suzuki, leave, sato):
    withdraw_everything()
    meeting.refresh_from_db()
    meetings.announce(meeting=meeting, by=Actor(suzuki), seen=meeting.version)
    leave()
    assert len(sent_to(sato)) == 1


def test_what_a_worker_has_in_hand_is_not_taken_back(meeting, withdraw_everything):
    Job.objects.filter(email__isnull=False).update(state=JobState.RUNNING, lease_until=timezone.now())
    with pytest.raises(ValidationError, match="既に送信を始めた"):
        withdraw_everything()


def test_what_came_back_was_not_told(meeting, move, leave, sato):
    leave()
    Job.objects.filter(email__to=sato).update(state=JobState.FAILED)
    assert [person.user for person in correspondence.of(meeting).undelivered.named] == [sato]
    move(45)
    assert waiting(sato) == [("announce", day(45))]


@pytest.mark.parametrize(("kind", "is_called"), [("announce", False), ("remind", False), ("eve", True)])
def test_an_answer_shows_that_its_reader_knows_what_was_asked(meeting, leave, give, sato, kind, is_called):
    leave()
    Job.objects.filter(email__to=sato).update(state=JobState.FAILED)
    Letter.objects.filter(membership__user=sato).update(kind=kind)
    give()
    named = [person.user for person in correspondence.of(meeting).undelivered.named]
    assert named == ([sato] if is_called else [])


def test_a_paper_reaches_whom_no_email_did(meeting, leave, sato, suzuki):
    leave()
    Job.objects.filter(email__to=sato).update(state=JobState.FAILED)
    User.objects.filter(pk=sato.pk).update(channel=Channel.PAPER)
    letters.tell_all(meeting=meeting, by=Actor(suzuki))
    letters.hand_out(meeting=meeting, by=Actor(suzuki), letters=[Letter.objects.get(by_paper=True).pk])
    assert correspondence.of(meeting).undelivered.named == []


@pytest.mark.parametrize("action", [letters.withdraw_letters, letters.hand_out])
def test_members_do_none_of_it(meeting, sato, action):
    with pytest.raises(PermissionDenied):
        action(meeting=meeting, by=Actor(sato), letters=[])


def test_members_call_nobody(meeting, sato):
    with pytest.raises(PermissionDenied):
        letters.tell_all(meeting=meeting, by=Actor(sato))


# Reminded


def test_d14_those_are_reminded_who_were_ticked(meeting, group, suzuki, leave):
    more = [builders.make_membership(group=group) for _ in range(7)]
    letters.tell_all(meeting=meeting, by=Actor(suzuki))
    leave()
    ticked = [person.pk for person in more[:4]]
    assert meetings.remind(meeting=meeting, by=Actor(suzuki), people=ticked) == 4
    written = Letter.objects.waiting().filter(kind="remind").values_list("membership", flat=True)
    assert sorted(written) == sorted(ticked)


def test_who_was_asked_again_is_reminded_too(meeting, move, give, leave, suzuki, member):
    give()
    leave()
    move(45)
    leave()
    assert meetings.remind(meeting=meeting, by=Actor(suzuki), people=[member.pk]) == 1


def test_nobody_is_reminded_after_the_deadline_but_who_has_more_time(meeting, suzuki, leave, member, expert):
    leave()
    replies.extend(survey=meeting.survey, membership=member, by=Actor(suzuki), until=at(29))
    close(meeting.survey)
    people = [member.pk, expert.pk]
    assert meetings.remind(meeting=Meeting.objects.get(pk=meeting.pk), by=Actor(suzuki), people=people) == 1


# Costs


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_page_takes_the_same_queries_for_any_number(
    as_, suzuki, meeting, group, people, django_assert_num_queries
):
    for _ in range(people):
        builders.make_membership(group=group)
    letters.tell_all(meeting=meeting, by=Actor(suzuki))
    desk = as_(suzuki)
    with django_assert_num_queries(13):
        assert desk.get(f"{DESK}letters/").status_code == 200


def test_a_paper_says_what_the_email_says_with_code_and_picture(on_paper, meeting, as_, suzuki):
    (paper,) = as_(suzuki).get(f"{DESK}letters/paper/").context["papers"]
    assert (paper.person.user, paper.text.splitlines()[3]) == (on_paper, "市民課 佐藤 花子 様")
    assert f"回答用コード：{paper.code}" in paper.text
    assert f"回答期限：令和{meeting.survey.closes_at.year - 2018}年" in paper.text
    assert paper.picture.startswith("data:image/svg+xml;base64,")


def test_a_link_sent_again_on_paper_is_written_again_when_the_agenda_grows(on_paper, meeting, suzuki):
    """It was withdrawn with what it said of the agenda, and its reader had no link."""
    paper = Letter.objects.waiting().filter(membership__user=on_paper)
    call = paper.get()
    letters.hand_out(meeting=meeting, by=Actor(suzuki), letters=[call.pk])
    meetings.resend(meeting=meeting, membership=call.membership, by=Actor(suzuki))
    agenda.add_item(meeting=meeting, by=Actor(suzuki), title="あとから加えた議題")
    assert (paper.get().kind, paper.get().facts["items"]) == ("resend", ["あとから加えた議題"])


def test_the_papers_of_a_cancelled_meeting_are_still_handed_out(on_paper, meeting, as_, suzuki):
    desk = as_(suzuki)
    sent = {"seen": meeting.version, "reason": "台風の接近"}
    assert desk.post(f"{DESK}cancel/", sent).url == f"{DESK}letters/"
    (paper,) = desk.get(f"{DESK}letters/paper/").context["papers"]
    assert (paper.person.user, "理由：台風の接近" in paper.text) == (on_paper, True)
    (line,) = desk.get(f"{DESK}letters/").context["papers"]
    desk.post(reverse("meetings:hand_out", args=["dx-now", 2]), {"letter": line.letter.pk})
    assert waiting(on_paper) == []


# What stands beside the news


def test_a_reminder_that_waits_is_written_again_when_the_agenda_grows(meeting, leave, suzuki, member, sato):
    leave()
    meetings.remind(meeting=meeting, by=Actor(suzuki), people=[member.pk])
    agenda.add_item(meeting=meeting, by=Actor(suzuki), title="あとから加えた議題")
    leave()
    assert ["再案内" in email.subject for email in sent_to(sato)] == [False, True]
    assert "あとから加えた議題" in sent_to(sato)[-1].body


def test_a_letter_of_questions_outlives_a_change(meeting, move, leave, survey, member, expert, tanaka):
    leave()
    builders.make_question(survey=survey, asker=member, addressee=expert)
    letters.tell_of_questions(meeting=meeting, by=SYSTEM)
    move(45)
    assert waiting(tanaka) == [("change", day(45)), ("questions", day(45))]


def test_who_read_of_questions_alone_is_still_told_the_new_day(
    meeting, move, leave, survey, member, expert, tanaka
):
    leave()
    builders.make_question(survey=survey, asker=member, addressee=expert)
    move(45)
    letters.withdraw(Letter.objects.waiting().filter(membership=expert))
    letters.tell_of_questions(meeting=meeting, by=SYSTEM)
    leave()
    assert expert in correspondence.of(meeting).not_told.named


def test_a_paper_of_the_clock_without_a_link_is_printed_without_a_code(on_paper, meeting, member, as_, suzuki):
    PersonalLink.objects.filter(membership=member).delete()
    (paper,) = as_(suzuki).get(f"{DESK}letters/paper/").context["papers"]
    assert (paper.code, "ログインして開いてください" in paper.text) == ("", True)
