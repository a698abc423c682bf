"""The pages of 日程調整: one person answers, everybody sees how many, the desk sees who."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from meetings import papers
from meetings.models import DateChoice, DateOption, DatePoll, DateReply, Letter, Meeting
from meetings.retention import Replies
from meetings.states import DateMark, MeetingState
from members import links
from members.actions.links import personal_link
from members.models import MembershipTerm
from members.states import Purpose
from tests import builders

YES, MAYBE, NO = DateMark
OWN = "/groups/dx-now/meetings/2/dates/"
DESK = "/groups/dx-now/desk/meetings/2/"
DATES = f"{DESK}dates/"


@pytest.fixture
def meeting(group, member, expert, first_meeting):
    meeting = builders.make_meeting(group=group, number=2, state=MeetingState.DRAFT, theme="窓口")
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=None, ends_at=None, date_note="10月上旬")
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def poll(meeting):
    return builders.make_date_poll(meeting=meeting, note="会場は大会議室の予定です。")


@pytest.fixture
def front(poll, member, suzuki):
    return links.path_of(personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki)))


def filled(poll, *marks, comment="", seen=0):
    days = zip(poll.options.all(), marks, strict=False)
    return {f"option_{day.pk}": mark for day, mark in days if mark} | {"comment": comment, "seen": seen}


def typed(*days, closes=5, seen=0):
    """As the desk's form sends them."""
    today = timezone.localdate()
    values = {"closes_at": f"{today + timedelta(days=closes)}T17:00", "note": "", "seen": seen}
    for number, ahead in enumerate(days, 1):
        values |= {f"day_{number}": today + timedelta(days=ahead), f"starts_{number}": "13:00"}
        values |= {f"ends_{number}": "15:00"}
    return values


def text_of(response):
    return response.content.decode()


# One person


def test_to_open_the_page_records_nothing(as_, sato, poll):
    before = Event.objects.count()
    shown = text_of(as_(sato).get(OWN))
    assert (DateReply.objects.count(), Event.objects.count()) == (0, before)
    assert ("会場は大会議室の予定です。" in shown, "窓口" in shown) == (True, False)


def test_a_member_answers_and_is_told_so_on_the_same_page(as_, sato, poll):
    answered = as_(sato).post(OWN, filled(poll, YES, None, NO), follow=True)
    assert answered.redirect_chain == [(OWN, 302)]
    assert "回答を受け付けました。" in text_of(answered)
    assert DateReply.objects.get().marks == {poll.days[0].pk: YES, poll.days[2].pk: NO}


def test_nothing_marked_is_refused_and_what_was_written_stays(as_, sato, poll):
    refused = text_of(as_(sato).post(OWN, filled(poll, comment="分かりません。")))
    assert "候補日を一つ以上選んで、○△×を選択してください。" in refused
    assert ("分かりません。" in refused, DateReply.objects.count()) == (True, 0)


def test_two_windows_see_both_answers(as_, sato, poll, member):
    builders.make_date_reply(poll=poll, membership=member, marks=[YES])
    met = as_(sato).post(OWN, filled(poll, NO))
    assert (met.status_code, "× 出席できない" in text_of(met), "○ 出席できる" in text_of(met)) == (409, True, True)


def test_others_are_counted_and_not_named(as_, sato, poll, expert):
    builders.make_date_reply(poll=poll, membership=expert, marks=[YES, MAYBE, NO], comment="午後なら可")
    shown = text_of(as_(sato).get(OWN))
    assert ("これまでの回答：○ 1　△ 0　× 0" in shown, "田中" in shown, "午後なら可" in shown) == (
        True,
        False,
        False,
    )


def test_after_the_deadline_ones_own_answer_is_read(as_, sato, poll, member):
    builders.make_date_reply(poll=poll, membership=member, marks=[MAYBE])
    DatePoll.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    shown = text_of(as_(sato).get(OWN))
    assert ("△ 調整すれば出席できる" in shown, "回答を送信する" in shown) == (True, False)
    assert "を過ぎたため、受付は終了しました。" in shown


def test_what_came_a_second_late_can_be_copied(as_, sato, poll):
    DatePoll.objects.update(closes_at=timezone.now() - timedelta(seconds=1))
    refused = text_of(as_(sato).post(OWN, filled(poll, YES, comment="午後なら可")))
    assert ("送信できませんでした" in refused, "午後なら可" in refused, DateReply.objects.count()) == (
        True,
        True,
        0,
    )


def test_the_day_that_was_chosen_is_not_told_before_the_call(as_, sato, poll, meeting):
    day = poll.options.first()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=day.starts_at, ends_at=day.ends_at)
    shown = text_of(as_(sato).get(OWN))
    assert "この会議の日程調整の受付は終わりました。" in shown
    assert "開催日は、開催通知でお知らせします。" in shown


def test_before_it_is_sent_there_is_no_page(as_, sato, poll):
    DatePoll.objects.update(asked_at=None)
    assert as_(sato).get(OWN).status_code == 404


def test_who_left_meanwhile_reads_what_they_typed(as_, sato, poll, member):
    MembershipTerm.objects.filter(membership=member).update(valid_to=timezone.localdate() - timedelta(days=1))
    told = as_(sato).post(OWN, filled(poll, YES, comment="午後なら可"))
    assert told.status_code == 403
    assert [word in text_of(told) for word in ("日程調整の対象者", "午後なら可", "○ 出席できる")] == [True] * 3


# By the personal link, and at home


def test_the_link_leads_to_the_days_where_nothing_else_is_asked(client, front, poll):
    shown = text_of(client.get(front))
    assert ("第2回DX推進部会 日程調整" in shown, "市民課 佐藤 花子 さんの回答ページです。" in shown) == (
        True,
        True,
    )
    answered = client.post(f"{front}meetings/2/dates/", filled(poll, YES), follow=True)
    assert "回答を受け付けました。" in text_of(answered)


def test_first_the_attendance_then_the_days(client, front, group, member):
    called = builders.make_survey(meeting=builders.make_meeting(group=group, number=3))
    assert client.get(front).context["meeting"].number == 3
    builders.make_reply(survey=called, membership=member)
    shown = client.get(front)
    assert (shown.context["meeting"].number, "出欠の回答のページを開く" in text_of(shown)) == (2, True)


def test_at_home_the_days_wait_until_they_are_answered(as_, sato, poll, member):
    assert "第2回DX推進部会の日程調整に回答する" in text_of(as_(sato).get("/"))
    builders.make_date_reply(poll=poll, membership=member)
    assert "日程調整に回答する" not in text_of(as_(sato).get("/"))
    assert "第2回の日程調整に回答する" in text_of(as_(sato).get("/groups/dx-now/"))


# The desk


@pytest.fixture
def desk(as_, suzuki):
    return as_(suzuki)


def test_the_desk_names_the_days_checks_and_sends(desk, meeting):
    named = desk.post(f"{DATES}set/", typed(20, 21), follow=True)
    assert named.redirect_chain == [(f"{DATES}send/", 302)]
    assert "送信先 2名" in text_of(named)
    sent = desk.post(f"{DATES}send/", {"seen": 1}, follow=True)
    assert sent.redirect_chain == [(f"{DESK}letters/", 302)]
    assert Letter.objects.filter(kind="dates").count() == 2
    assert desk.get(f"{DATES}send/").url == DATES


def test_times_of_the_meeting_before_are_proposed(desk, meeting):
    assert 'name="starts_5" value="13:00"' in text_of(desk.get(f"{DATES}set/"))


def test_a_day_without_an_end_is_refused_beside_the_field(desk, meeting):
    refused = text_of(desk.post(f"{DATES}set/", typed(20) | {"ends_1": ""}))
    assert ("終了時刻を入力してください。" in refused, DatePoll.objects.count()) == (True, 0)


def test_an_end_before_its_beginning_is_refused(desk, meeting):
    refused = text_of(desk.post(f"{DATES}set/", typed(20) | {"ends_1": "12:00"}))
    assert ("終了時刻は開始時刻より後にしてください。" in refused, DateOption.objects.count()) == (True, 0)


def test_no_day_at_all_is_refused(desk, meeting):
    assert "候補日を一つ以上入力してください。" in text_of(desk.post(f"{DATES}set/", typed()))


def test_what_a_colleague_changed_is_shown_beside_what_was_typed(desk, poll):
    met = desk.post(f"{DATES}set/", typed(20, 22, seen=0))
    assert (met.status_code, poll.options.count()) == (409, 3)


def test_the_desk_reads_who_can_come_and_who_is_silent(desk, poll, member):
    builders.make_date_reply(poll=poll, membership=member, marks=[NO, YES], comment="午後なら可")
    shown = desk.get(DATES)
    (sato, tanaka) = shown.context["table"].lines
    assert [sign for _candidate, sign in sato.cells] == ["×", "○", ""]
    assert shown.context["table"].silent == [tanaka]
    assert ("午後なら可" in text_of(shown), "最多" in text_of(shown)) == (True, True)


def test_the_table_asks_as_much_for_many_as_for_few(desk, poll, group, django_assert_num_queries):
    def count():
        with django_assert_num_queries(13):
            desk.get(DATES)

    builders.make_date_reply(poll=poll, membership=builders.make_membership(group=group), marks=[YES])
    desk.get(DATES)
    count()
    for _ in range(5):
        builders.make_date_reply(poll=poll, membership=builders.make_membership(group=group), marks=[YES, NO])
    count()


def test_the_desk_enters_what_it_was_told(desk, poll, member, suzuki):
    desk.post(f"{DATES}people/{member.pk}/", filled(poll, YES))
    assert DateReply.objects.get().entered_by == suzuki
    assert "事務局入力" in text_of(desk.get(DATES))


def test_a_day_is_taken_after_a_check_page_and_given_back(desk, poll, meeting):
    day = poll.options.first()
    assert "この日に決める" in text_of(desk.get(f"{DATES}{day.pk}/"))
    assert desk.post(f"{DATES}{day.pk}/", {"seen": meeting.version}).url == DESK
    meeting.refresh_from_db()
    assert meeting.starts_at == day.starts_at
    assert "開催日" in text_of(desk.get(DATES))
    desk.post(f"{DATES}reopen/", {"seen": meeting.version})
    meeting.refresh_from_db()
    assert meeting.starts_at is None


def test_who_looked_at_another_plan_decides_nothing(desk, poll, meeting):
    day = poll.options.first()
    assert desk.post(f"{DATES}{day.pk}/", {"seen": meeting.version + 1}).status_code == 409


def test_a_reminder_names_the_silent_to_be_ticked(desk, poll, member, expert):
    builders.make_date_reply(poll=poll, membership=member)
    shown = desk.get(f"{DATES}remind/")
    assert list(shown.context["page"]) == [expert]
    desk.post(f"{DATES}remind/", {"people": [expert.pk]})
    assert Letter.objects.get().membership == expert


def test_the_letters_page_tells_who_has_answered(desk, poll, member, expert):
    builders.make_date_reply(poll=poll, membership=member)
    shown = desk.get(f"{DESK}letters/")
    found = shown.context["found"]
    assert [(line.reader.person, str(line.answer)) for line in found.lines] == [(member, "回答済み"), (expert, "")]
    assert [reader.person for reader in found.not_asked] == [expert]
    assert f'href="{DATES}remind/"' in text_of(shown)


def test_the_way_of_a_meeting_leads_to_the_days(desk, poll, member):
    builders.make_date_reply(poll=poll, membership=member)
    (step, *_rest) = desk.get(DESK).context["steps"]
    assert (step.url, step.note) == (DATES, "日程調整中（回答 1／2名）")


def test_a_plan_without_a_day_offers_to_ask(desk, meeting):
    assert "候補日を挙げて日程調整をする" in text_of(desk.get(DESK))


def test_at_home_the_desk_has_a_day_to_choose(desk, poll):
    assert "第2回DX推進部会の開催日を決める" in text_of(desk.get("/"))


def test_to_cancel_says_who_hears_of_it(desk, poll):
    assert "日程調整のお願いが届いた方全員に" in text_of(desk.get(f"{DESK}cancel/"))


# What is kept


def test_the_marks_go_into_the_archive(poll, member, meeting):
    builders.make_date_reply(poll=poll, membership=member, marks=[YES, MAYBE], comment="午後なら可")
    (paper,) = [each for each in papers.of_meeting(meeting) if each.name == "06_回答/日程調整.csv"]
    assert "佐藤 花子,○ 出席できる,△ 調整すれば出席できる,,午後なら可,佐藤 花子," in paper.content.decode(
        "utf-8-sig"
    )


def test_with_the_answers_go_the_days(poll, member, group):
    builders.make_date_reply(poll=poll, membership=member)
    kind = Replies()
    (unit,) = kind.units()
    kind.dispose(unit, on=timezone.localdate())
    assert [model.objects.count() for model in (DatePoll, DateOption, DateReply, DateChoice)] == [0] * 4
