"""An answer that is taken back: its person has not answered, and what they said counts for nothing any more."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from dxbukai import home
from dxbukai.cockpit import panels
from foundation.actions import Actor, Conflict, Via
from foundation.audit.models import Event
from meetings import calendar, todo
from meetings.actions import questions, replies, roll, withdrawals
from meetings.letters import readers, to_remind
from meetings.models import FieldAnswer, Meeting, Question, Reply, Survey, Theme, ThemeVote
from meetings.papers import of_meeting
from meetings.roll_call import roll_call
from meetings.states import LetterKind, Mode, QuestionState
from meetings.survey.content import questionnaire
from meetings.survey.history import history
from meetings.survey.people import TallyRow, count, people
from meetings.survey.tally import file_rows
from members import links
from members.models import PersonalLink
from members.states import Purpose
from tests import builders
from tests.meetings.conftest import close
from tests.repository import name, python_files

pytestmark = pytest.mark.django_db
PAGE = "/groups/dx-now/meetings/2/answer/"
WITHDRAW = f"{PAGE}withdraw/"
DESK = "/groups/dx-now/desk/meetings/2/"


@pytest.fixture
def take_back(survey, member, sato):
    """`take_back()`: Sato takes back what they have answered."""

    def send(*, by=None, via=Via.LOGIN, seen=1):
        return withdrawals.withdraw_reply(survey=survey, membership=member, by=Actor(by or sato, via), seen=seen)

    return send


@pytest.fixture
def taken_back(give, take_back):
    give(mode=Mode.ONLINE, note="遅れます")
    return take_back()


# Until the deadline


def test_nothing_of_it_is_left_but_its_history(give, take_back, meeting, member, sheet, expert, survey, sato):
    theme = Theme.objects.create(meeting=meeting, title="申請")
    field = builders.make_field(survey=survey)
    said = {"to_people": {expert.pk: "なぜですか。"}, "themes": [theme.pk], "proposal": "押印"}
    give(mode=Mode.ABSENT, written_opinion="賛成です。", answers={field.pk: "弁当"}, **said)
    reply = take_back()
    assert (reply.stands, reply.withdrawn_by, reply.written_opinion, reply.version) == (False, sato, "", 2)
    assert [ThemeVote.objects.count(), FieldAnswer.objects.count()] == [0, 0]
    assert [theme.title for theme in meeting.themes.all()] == ["申請"]
    assert Question.objects.get().state == QuestionState.WITHDRAWN
    first, second = reply.revisions.all()
    assert (first.content["attendance"]["written_opinion"], second.is_withdrawal) == ("賛成です。", True)
    assert (second.by, second.via, second.at) == (sato, Via.LOGIN, reply.withdrawn_at)


def test_a_question_that_was_answered_stays_and_so_does_one_for_the_report(
    give, take_back, meeting, sheet, expert, talk, tanaka
):
    give(to_people={expert.pk: "なぜですか。"}, to_talks={talk.pk: "費用は。"})
    to_person, to_talk = Question.objects.order_by("addressee")
    answers = {to_person.pk: ("必要だからです。", 0)}
    questions.answer_questions(meeting=meeting, membership=expert, by=Actor(tanaka), answers=answers)
    Question.objects.filter(pk=to_talk.pk).update(in_report=True)
    assert withdrawals.kept_questions(take_back()) == [to_person, to_talk]
    assert set(Question.objects.values_list("state", flat=True)) == {QuestionState.OPEN}
    event = Event.objects.get(action="meetings.withdraw_reply")
    assert event.changes == {"questions_kept": [to_person.pk, to_talk.pk]}


def test_what_stayed_is_in_the_form_when_its_person_answers_anew(
    as_, sato, give, take_back, meeting, sheet, expert, tanaka
):
    give(to_people={expert.pk: "なぜですか。"})
    answers = {Question.objects.get().pk: ("必要だからです。", 0)}
    questions.answer_questions(meeting=meeting, membership=expert, by=Actor(tanaka), answers=answers)
    take_back()
    form = as_(sato).get(PAGE).context["form"]
    shown = {name: form[name].value() for name in ("mode", "seen", f"person_{expert.pk}")}
    assert shown == {"mode": None, "seen": 2, f"person_{expert.pk}": "なぜですか。"}


def test_its_person_is_told_by_email(taken_back, emails):
    assert emails()[-1] == ("sato@example.jp", "【取消し】第2回DX推進部会 出欠の回答")


def test_it_is_answered_anew_with_a_receipt_of_its_own(taken_back, give, emails):
    again = give(mode=Mode.VENUE, version=2)
    assert (again.pk, again.stands, again.version, again.withdrawn_by) == (taken_back.pk, True, 3, None)
    assert emails()[-1] == ("sato@example.jp", "【受付】第2回DX推進部会 出欠の回答")


def test_pressed_twice_it_is_taken_back_once(taken_back, take_back):
    assert take_back().version == 2
    assert Event.objects.filter(action="meetings.withdraw_reply").count() == 1


def test_a_page_from_before_does_not_bring_it_back(give, take_back):
    key = uuid4()
    give(key=key)
    take_back()
    with pytest.raises(Conflict):
        give(key=key)
    with pytest.raises(Conflict):
        give(version=1)
    assert not Reply.objects.get().stands


def test_what_was_changed_meanwhile_is_shown_first(give, take_back):
    give(version=0)
    give(version=1, mode=Mode.ABSENT)
    with pytest.raises(Conflict):
        take_back(seen=1)
    assert Reply.objects.get().stands


def test_after_the_deadline_it_stays(give, take_back, survey):
    give()
    close(survey)
    with pytest.raises(ValidationError) as error:
        take_back()
    assert error.value.messages[0].endswith("受付は終了しました。取消しは事務局（内線 2345）へ御連絡ください。")
    assert Reply.objects.get().stands


def test_nobody_takes_back_what_another_said(give, take_back, tanaka):
    give()
    with pytest.raises(PermissionDenied, match="御本人だけ"):
        take_back(by=tanaka)


def test_where_nothing_was_answered_there_is_nothing_to_take_back(take_back):
    with pytest.raises(ValidationError, match="取り消す回答がありません"):
        take_back()


# By the desk, for somebody


@pytest.fixture
def by_desk(give, survey, member, suzuki):
    give(mode=Mode.ONLINE)
    close(survey)
    return withdrawals.withdraw_for(survey=survey, membership=member, by=Actor(suzuki), seen=1)


def test_the_desk_takes_it_back_also_after_the_deadline_and_is_marked(by_desk, suzuki, emails):
    assert (by_desk.stands, by_desk.withdrawn_by_desk, by_desk.revisions.last().via) == (False, True, Via.DESK)
    assert Event.objects.get(action="meetings.withdraw_for").by == suzuki
    assert emails()[-1][1] == "【取消し】第2回DX推進部会 出欠の回答"


def test_its_person_reads_who_did_it(as_, sato, by_desk):
    assert "に、事務局が回答を取り消しました。" in as_(sato).get(PAGE).content.decode()


def test_a_member_takes_nothing_back_for_others(give, survey, member, tanaka):
    give()
    with pytest.raises(PermissionDenied, match="事務局の担当者だけ"):
        withdrawals.withdraw_for(survey=survey, membership=member, by=Actor(tanaka), seen=1)


# Whoever counts answers does not count it


def test_the_tally_says_so_and_counts_them_as_silent(taken_back, meeting, expert):
    assert count(meeting).figures == {"venue": 0, "online": 0, "absent": 0, "unanswered": 2}
    rows = [TallyRow.of(person) for person in people(meeting)]
    assert [row.withdrawn_at for row in rows] == [taken_back.withdrawn_at, None]
    assert [row[4] for row in file_rows(meeting)] == ["出欠", "未回答", "未回答"]


def test_they_are_reminded_again(taken_back, meeting, member):
    builders.make_letter(meeting=meeting, membership=member)
    (reader,) = readers(meeting, to_remind(meeting))
    assert (reader.person, reader.has_answered(meeting), reader.comes_to(meeting)) == (member, False, False)


def test_of_tomorrow_they_are_not_told(give, take_back, meeting, member):
    give()
    eve = builders.make_letter(meeting=meeting, membership=member, kind=LetterKind.EVE, handed_at=None)
    take_back()
    eve.refresh_from_db()
    assert eve.withdrawn_at is not None


def test_it_stands_on_the_list_of_what_to_do_and_on_no_other(taken_back, sato, meeting, suzuki):
    assert [each.text for each in todo.todo(sato)] == ["第2回DX推進部会の出欠を回答する"]
    assert home.coming(sato) == [(meeting, None)]
    assert panels([meeting])[meeting.pk].unanswered == 1
    assert Meeting.objects.with_progress().get(pk=meeting.pk).answer_count == 0


def test_the_roll_expects_nobody(taken_back, meeting, member, suzuki):
    assert [person.planned for person in roll_call(meeting)] == [None]
    roll.mark_as_answered(meeting=meeting, by=Actor(suzuki))
    assert meeting.roll.count() == 0


def test_the_next_form_does_not_say_how_they_came_last_time(taken_back, group, sato, as_):
    builders.make_survey(meeting=builders.make_meeting(group=group, number=3))
    form = as_(sato).get("/groups/dx-now/meetings/3/answer/").context["form"]
    assert form.choice_hints == {}


def test_the_calendar_forgets_how_they_come_and_counts_on(give, take_back, meeting, member):
    Meeting.objects.filter(pk=meeting.pk).update(online_url="https://online.example/4711")
    meeting.refresh_from_db()
    give(mode=Mode.ONLINE)
    before = calendar.entry(meeting, member).decode()
    take_back()
    after = calendar.entry(meeting, member).decode()
    assert ("online.example" in before, "online.example" in after) == (True, False)
    assert sequence(after) == sequence(before) + 1


def sequence(entry):
    return int(entry.partition("SEQUENCE:")[2].split()[0])


def test_the_archive_has_the_history_and_no_answer(taken_back, meeting):
    papers = {paper.name: paper.content.decode("utf-8-sig") for paper in of_meeting(meeting)}
    assert "佐藤" not in papers["06_回答/受け付けた回答.csv"]
    assert papers["06_回答/回答の履歴.csv"].count("回答の取消し") == 1


def test_the_desk_reads_when_it_was_given_and_taken_back(taken_back, survey, member):
    asks = questionnaire(Survey.objects.for_person(member).get(pk=survey.pk), member)
    found = [(entry.revision.is_withdrawal, len(entry.words)) for entry in history(taken_back, asks)]
    assert found == [(True, 0), (False, 2)]


# The pages


def test_it_is_asked_once_more_and_done(as_, sato, give):
    give(mode=Mode.ONLINE)
    page = as_(sato)
    shown = page.get(WITHDRAW).content.decode()
    assert ("オンラインで出席" in shown, "再案内の対象になります" in shown, "取り消さずに残す質問" in shown) == (
        True,
        True,
        False,
    )
    assert Reply.objects.get().stands
    after = page.post(WITHDRAW, {"seen": "1"}, follow=True).content.decode()
    assert ("回答を取り消しました。" in after, "今は未回答です。" in after) == (True, True)
    assert page.get(f"{PAGE}receipt/").url == PAGE
    assert "今は未回答です。" in page.get("/groups/dx-now/meetings/2/").content.decode()


def test_from_a_personal_link_too(client, give, member):
    give()
    token = links.token(PersonalLink.objects.create(membership=member, purpose=Purpose.MEETING))
    address = f"/a/{token}/meetings/2/"
    assert "回答を取り消す" in client.get(f"{address}withdraw/").content.decode()
    assert client.post(f"{address}withdraw/", {"seen": "1"}).url == address
    assert (Reply.objects.get().stands, Reply.objects.get().revisions.last().via) == (False, Via.LINK)


def test_a_question_that_stays_is_named_before(as_, sato, give, sheet, expert):
    give(to_people={expert.pk: "なぜですか。"})
    Question.objects.update(in_report=True)
    shown = as_(sato).get(WITHDRAW).content.decode()
    assert shown.index("取り消さずに残す質問") < shown.rindex("なぜですか。")


def test_who_sends_a_page_from_before_chooses(as_, sato, taken_back):
    sent = as_(sato).post(PAGE, {"key": str(uuid4()), "seen": "1", "mode": "venue"})
    shown = sent.content.decode()
    assert (sent.status_code, "回答は取り消されています" in shown, "回答が二つあります" in shown) == (
        409,
        True,
        False,
    )
    hidden = {"key": str(uuid4()), "seen": "2", "mode": "venue"}
    assert as_(sato).post(PAGE, hidden).url == f"{PAGE}receipt/"


def test_the_desk_does_it_from_the_page_of_the_person(as_, suzuki, give, member):
    give()
    desk, address = as_(suzuki), f"{DESK}responses/{member.pk}/"
    assert f"{address}withdraw/" in desk.get(address).content.decode()
    assert "操作記録" not in desk.get(f"{address}withdraw/").content.decode()
    after = desk.post(f"{address}withdraw/", {"seen": "1"}, follow=True).content.decode()
    assert ("事務局が回答を取り消しました。" in after, "回答の取消し" in after) == (True, True)
    assert f"{address}withdraw/" not in desk.get(address).content.decode()


def test_an_answer_taken_by_telephone_after_it_stands_again(as_, suzuki, taken_back, member):
    desk = as_(suzuki)
    data = {"key": str(uuid4()), "seen": "2", "mode": "absent"}
    assert desk.post(f"{DESK}responses/{member.pk}/", data).url == f"{DESK}tally/"
    assert (Reply.objects.get().stands, Reply.objects.get().mode) == (True, "absent")


def test_the_closed_page_says_it_too(as_, sato, taken_back, survey):
    close(survey)
    shown = as_(sato).get(PAGE).content.decode()
    assert ("に回答を取り消しました。" in shown, "受け付けている回答はありません。" in shown) == (True, True)
    assert as_(sato).get(WITHDRAW).url == PAGE


def test_a_draft_beside_it_is_read_and_not_sent(as_, sato, give, take_back, survey, member):
    give()
    data = {"mode": ["absent"], "note": ["まだ送らない"], "seen": ["1"]}
    replies.save_draft(survey=survey, membership=member, by=Actor(sato), data=data)
    take_back()
    shown = as_(sato).get(PAGE).content.decode()
    assert ("回答を取り消した後に残っていた下書きです。" in shown, "まだ送らない" in shown) == (True, True)


def test_a_late_deadline_is_the_one_of_the_person(give, take_back, survey, member, suzuki):
    give()
    close(survey)
    until = Survey.objects.for_person(member).get(pk=survey.pk).clock + timedelta(hours=1)
    replies.extend(survey=survey, membership=member, by=Actor(suzuki), until=until)
    assert not take_back().stands


# Nobody forgets it

# Those that look at rows that were taken back too, and why.
ALSO_WITHDRAWN = {
    "meetings/models/survey.py": "what stands beside a row, whatever became of it",
    "meetings/actions/_answering.py": "what is written over is the row itself",
    "meetings/calendar.py": "the entry counts on",
    "meetings/letters.py": "the appointment in a letter counts on; Reader.reply tells what stands",
    "meetings/actions/question_states.py": "the question belongs to the row itself",
    "meetings/models/theme.py": "who took theirs back has no votes and no proposal",
    "meetings/survey/people.py": "the list says that it was taken back",
    "meetings/views/member.py": "the page says that it was taken back",
    "meetings/views/desk/survey.py": "the page says that it was taken back, and what there was",
    "meetings/views/desk/imports.py": "who took it back is not answered for unasked",
}


def test_whoever_reads_answers_says_whether_one_that_was_taken_back_is_meant():
    reading = re.compile(r"(?<!`)\b(?:Reply\.objects|survey\.replies)\.(?!standing\(\))")
    found = {name(path) for path in python_files() if reading.search(path.read_text())}
    assert found == set(ALSO_WITHDRAWN)


def test_the_appointment_in_a_letter_counts_on(taken_back, meeting, member):
    (reader,) = readers(meeting, [member])
    own = calendar.own_as(reader.row, reader.closes_at, reader.extended)
    assert (reader.reply, own.mode, own.changes) == (None, None, 2)
