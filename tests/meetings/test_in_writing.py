"""書面開催: papers go out, each says what they think of each item, and the desk settles what was decided."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.mail.models import Email
from meetings import in_writing, papers
from meetings.actions import in_writing as actions, meetings, replies, roll, withdrawals
from meetings.letters import readers, to_remind
from meetings.models import Meeting, Opinion, Survey
from meetings.states import Approval, MeetingState, Method, Mode, SectionKind
from meetings.survey.people import count
from members.models import WorkingGroup
from members.states import Majority
from reports.actions import reopen
from tests import builders

YES, NO, OTHER = ["yes", ""], ["no", "時期が早い"], ["other", "別の案を望む"]
WRITTEN = {"method": Method.WRITTEN, "building": "", "room": "", "ends_at": None}


@pytest.fixture
def meeting(group, member, expert):
    return builders.make_meeting(group=group, number=2, **WRITTEN)


@pytest.fixture
def plan(meeting):
    return builders.make_item(meeting=meeting, title="計画案", needs_decision=True)


@pytest.fixture
def news(meeting, plan):
    return builders.make_item(meeting=meeting, order=2, title="経過報告")


@pytest.fixture
def survey(meeting, plan, news):
    return builders.make_survey(meeting=meeting, sections=[SectionKind.ATTENDANCE, SectionKind.APPROVALS])


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def say(survey, by):
    """`say(member, {plan.pk: YES})`: their own answer; `by=` the desk's, from paper."""

    def send(membership, items, *, by=None, **given):
        content = builders.make_content(mode="", items=items, **given)
        deed = replies.enter_reply if by else replies.reply
        sent = {"content": content, "idempotency_key": uuid4(), "seen": 0}
        return deed(survey=survey, membership=membership, by=by or Actor(membership.user), **sent)

    return send


def let_its_day_come(meeting):
    """It is the day on which the result is settled, and the deadline passed yesterday."""
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=now)
    passed = {"opens_at": now - timedelta(days=8), "closes_at": now - timedelta(days=1)}
    Survey.objects.filter(meeting=meeting).update(**passed)
    return Meeting.objects.get(pk=meeting.pk)


def conclude(meeting, by, **casting):
    given = {int(name.removeprefix("item_")): said for name, said in casting.items()}
    return actions.conclude(meeting=meeting, by=by, seen=meeting.version, casting=given)


def url(meeting, name, *args):
    return reverse(f"meetings:{name}", args=[meeting.group.slug, meeting.number, *args])


def text(response):
    return response.content.decode()


# What is asked, and answered


def test_the_page_asks_for_each_item_and_not_who_comes(meeting, survey, plan, news, sato, as_):
    page = as_(sato).get(url(meeting, "reply"))
    asked = [name for name, field in page.context["form"].fields.items() if not field.widget.is_hidden]
    assert asked == ["note", f"approval_{plan.pk}", f"opinion_{plan.pk}", f"opinion_{news.pk}"]
    assert ("会場で出席" in text(page), "書面での回答" in text(page)) == (False, True)


def test_a_member_answers_from_the_page_and_has_it_in_writing(meeting, survey, plan, news, sato, as_):
    typed = {"key": str(uuid4()), "seen": "0", f"approval_{plan.pk}": "no", f"opinion_{plan.pk}": "時期が早い"}
    shown = as_(sato).post(url(meeting, "reply"), typed, follow=True)
    assert list(Opinion.objects.values_list("item__title", "approval", "text")) == [("計画案", "no", "時期が早い")]
    assert "承認しない（時期が早い）" in text(shown)
    letter = Email.objects.get(to=sato)
    assert letter.subject == "【受付】第2回DX推進部会 書面での回答"
    assert ("出欠" in letter.body, "【開催の方法】書面開催" in letter.body) == (False, True)


def test_without_a_choice_nothing_is_sent_and_the_words_stay(meeting, survey, plan, sato, as_):
    typed = {"key": str(uuid4()), "seen": "0", f"opinion_{plan.pk}": "もう少し考えたい"}
    shown = text(as_(sato).post(url(meeting, "reply"), typed))
    assert "承認する・承認しない・賛否を示さないのいずれかを選択してください。" in shown
    assert ("もう少し考えたい" in shown, Opinion.objects.count()) == (True, 0)


def test_what_is_not_asked_is_not_taken(say, member, plan, news, survey):
    for items in ({news.pk: YES}, {plan.pk + 99: YES}):
        with pytest.raises(ValidationError, match="議題が変わりました"):
            say(member, items)
    content = builders.make_content(mode=Mode.VENUE, items={plan.pk: YES})
    sent = {"content": content, "idempotency_key": uuid4(), "seen": 0}
    with pytest.raises(ValidationError):
        replies.reply(survey=survey, membership=member, by=Actor(member.user), **sent)


def test_the_desk_enters_a_paper_on_which_one_item_was_left_open(meeting, survey, member, suzuki, as_):
    page = url(meeting, "enter_reply", member.pk)
    as_(suzuki).post(page, {"key": str(uuid4()), "seen": "0", "note": "紙で受領"})
    reply = survey.replies.get()
    assert (reply.entered_by_desk, reply.mode, reply.note, reply.opinions.count()) == (True, "", "紙で受領", 0)


def test_a_withdrawn_answer_leaves_no_opinion(say, survey, member, plan):
    reply = say(member, {plan.pk: NO})
    withdrawals.withdraw_reply(survey=survey, membership=member, by=Actor(member.user), seen=reply.version)
    assert Opinion.objects.count() == 0


def test_the_desk_sees_who_answered_and_what_they_wrote(meeting, say, member, expert, plan, news, suzuki, as_):
    say(member, {plan.pk: NO, news.pk: ["", "よくわかった"]})
    assert count(meeting).figures == {"answered": 1, "unanswered": 1}
    assert "書面で回答" in text(as_(suzuki).get(url(meeting, "tally")))
    answers = text(as_(suzuki).get(url(meeting, "tally_answers")))
    assert ("承認しない（時期が早い）" in answers, "よくわかった" in answers) == (True, True)
    csv = as_(suzuki).get(url(meeting, "tally_csv")).content.decode()
    assert "計画案：承認しない（時期が早い）" in csv


def test_whoever_is_silent_is_reminded_and_nobody_else(meeting, say, member, expert, plan, by, leave):
    for person in (member, expert):
        builders.make_letter(meeting=meeting, membership=person)
    say(member, {plan.pk: YES})
    assert meetings.remind(meeting=meeting, by=by, people=[member.pk, expert.pk]) == 1
    letter = Email.objects.about(r"^meetings:remind:").get()
    assert (letter.to, "書面での回答のお願い" in letter.subject, "出欠" in letter.body) == (
        expert.user,
        True,
        False,
    )


def test_the_call_asks_for_what_is_asked(group, member, plan, survey, meeting, by):
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.DRAFT, announced_at=None)
    group.contact_email = "dx@example.jp"
    group.save()
    meetings.announce(meeting=Meeting.objects.get(pk=meeting.pk), by=by, seen=meeting.version)
    letter = Email.objects.filter(to=member.user).get()
    assert letter.subject.startswith("第2回DX推進部会の書面による開催について")
    assert "議題ごとの賛否と御意見を御回答ください" in letter.body
    assert ("出欠" in letter.body, "御出席" in letter.body) == (False, False)


# Held in another way than it was called


def test_of_who_said_that_they_come_it_is_asked_anew(group, member, sato, suzuki, by, as_):
    meeting = builders.make_meeting(group=group, number=2)
    survey = builders.make_survey(meeting=meeting)
    item = builders.make_item(meeting=meeting, needs_decision=True)
    builders.make_letter(meeting=meeting, membership=member)
    builders.make_reply(survey=survey, membership=member)
    told = {"method": Method.WRITTEN, "starts_at": meeting.starts_at}
    meetings.edit_meeting(meeting=meeting, by=by, seen=meeting.version, **told)
    meeting = Meeting.objects.get(pk=meeting.pk)
    (reader,) = readers(meeting, [member])
    assert (reader.has_answered(meeting), reader.letters[-1].kind) == (False, "change")
    assert "書面により開催します" in reader.letters[-1].email.body
    assert count(meeting).figures == {"answered": 0, "unanswered": 1}
    assert f"approval_{item.pk}" in as_(sato).get(url(meeting, "reply")).context["form"].fields


def test_and_back_again(meeting, survey, say, member, plan, by):
    say(member, {plan.pk: YES})
    told = {"method": "", "building": "市役所", "starts_at": meeting.starts_at}
    meetings.edit_meeting(meeting=meeting, by=by, seen=meeting.version, **told)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert [section.kind for section in survey.sections.all()] == [SectionKind.ATTENDANCE]
    assert count(meeting).figures == {"venue": 0, "online": 0, "absent": 0, "unanswered": 2}


# What was decided


@pytest.mark.parametrize(
    ("rule", "carried"),
    [
        (Majority.ANSWERED, [True, False, True, True]),
        (Majority.EVERYBODY, [True, False, False, True]),
        (Majority.TWO_THIRDS, [True, False, True, True]),
        (Majority.ALL, [False, False, False, True]),
    ],
)
def test_how_many_have_to_be_for_it_is_the_charters(rule, carried):
    """Of ten people 9, 8, 6 and 6 answered, of whom so many are for it."""
    cases = [(8, 9), (4, 8), (4, 6), (6, 6)]
    assert [rule.carries(yes=yes, answered=answered, people=10) for yes, answered in cases] == carried


def test_nobody_decides_for_nobody():
    assert [rule.carries(yes=0, answered=0, people=0) for rule in Majority] == [False] * 4


def test_it_is_settled_when_its_day_has_come_and_nobody_can_answer_any_more(meeting, say, member, plan, by):
    say(member, {plan.pk: YES})
    with pytest.raises(ValidationError, match="議決の日がまだ来ていません"):
        conclude(meeting, by)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now())
    with pytest.raises(ValidationError, match="まだ回答できる方が1名います"):
        conclude(Meeting.objects.get(pk=meeting.pk), by)
    held = conclude(let_its_day_come(meeting), by)
    assert held.state == MeetingState.HELD
    pinned = {"people": 2, "answered": 1, "rule": "", "needed": 0, "majority": "answered"}
    said = {"yes": 1, "no": 0, "other": 0, "carried": True, "by_chair": False}
    assert held.snapshot["in_writing"] == pinned | {"items": {str(plan.pk): said}}
    assert list(held.entries.filter(origin="resolution").values_list("item__title")) == [("計画案",)]


def test_all_have_answered_before_the_deadline(meeting, say, member, expert, plan, by):
    for person in (member, expert):
        say(person, {plan.pk: YES})
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now())
    assert conclude(Meeting.objects.get(pk=meeting.pk), by).state == MeetingState.HELD


def test_whose_deadline_was_extended_is_waited_for(meeting, survey, say, member, expert, plan, by):
    say(member, {plan.pk: YES})
    meeting = let_its_day_come(meeting)
    survey.extensions.create(membership=expert, until=timezone.now() + timedelta(hours=1))
    with pytest.raises(ValidationError, match="まだ回答できる方が1名います"):
        conclude(meeting, by)


def test_too_few_answers_are_no_meeting(meeting, say, member, plan, by, suzuki, as_):
    WorkingGroup.objects.update(quorum="majority")
    say(member, {plan.pk: YES})
    meeting = let_its_day_come(meeting)
    with pytest.raises(ValidationError, match="回答が1名分足りないため"):
        conclude(meeting, by)
    page = text(as_(suzuki).get(url(meeting, "conclude")))
    assert ("成立まであと1名の回答が必要です。" in page, url(meeting, "abandon") in page) == (True, True)
    assert "この結果で決定する" not in page


def test_equal_votes_are_the_chairs(meeting, say, member, expert, plan, suzuki, as_):
    say(member, {plan.pk: YES})
    say(expert, {plan.pk: NO})
    meeting = let_its_day_come(meeting)
    page, desk = url(meeting, "conclude"), as_(suzuki)
    refused = desk.post(page, {"seen": meeting.version})
    assert list(refused.context["form"].errors) == [f"casting_{plan.pk}"]
    with pytest.raises(ValidationError, match="議長の決定を選択してください"):
        conclude(meeting, Actor(suzuki))
    desk.post(page, {"seen": meeting.version, f"casting_{plan.pk}": "no"})
    (vote,) = in_writing.outcome(Meeting.objects.get(pk=meeting.pk)).votes
    assert (vote.yes, vote.no, vote.carried, vote.by_chair) == (1, 1, False, True)
    assert "否決" in text(desk.get(page))


def test_what_was_settled_stays_and_is_taken_back_and_done_again(meeting, survey, say, member, plan, by):
    """The trail tells both. What is answered afterwards counts from then on."""
    say(member, {plan.pk: YES})
    held = conclude(let_its_day_come(meeting), by)
    Opinion.objects.update(approval=Approval.NO)
    assert in_writing.outcome(held).votes[0].carried is True
    reopened = reopen(meeting=held, by=by, seen=held.version)
    assert (reopened.state, in_writing.outcome(reopened).votes[0].carried) == (MeetingState.ANNOUNCED, False)
    again = conclude(reopened, by)
    assert again.snapshot["in_writing"]["items"][str(plan.pk)]["carried"] is False
    assert again.entries.filter(origin="resolution").count() == 1
    deeds = Event.objects.filter(action__in=["meetings.conclude", "meetings.reopen"]).order_by("id")
    assert [event.action for event in deeds] == ["meetings.conclude", "meetings.reopen", "meetings.conclude"]


def test_who_left_since_is_not_counted(meeting, say, member, expert, plan):
    say(member, {plan.pk: YES})
    say(expert, {plan.pk: NO})
    member.terms.update(valid_to=meeting.day - timedelta(days=1))
    found = in_writing.outcome(meeting)
    assert (found.people, found.answered, found.votes[0].yes, found.votes[0].no) == (1, 1, 0, 1)


def test_once_the_answers_are_gone_what_was_pinned_of_them_stays(meeting, say, member, plan, by):
    say(member, {plan.pk: YES})
    held = conclude(let_its_day_come(meeting), by)
    Opinion.objects.all().delete()
    Survey.objects.filter(meeting=held).update(replies_disposed_on=held.day)
    kept = roll.renew_snapshot(meeting=Meeting.objects.get(pk=held.pk), by=by, seen=held.version)
    assert kept.snapshot["in_writing"]["items"][str(plan.pk)]["yes"] == 1


def test_opinions_become_lines_once_and_without_their_writers(
    meeting, say, member, expert, plan, news, suzuki, as_
):
    say(member, {plan.pk: NO, news.pk: ["", "よくわかった"]})
    say(expert, {plan.pk: OTHER})
    for _press in range(2):
        as_(suzuki).post(url(meeting, "take_over_opinions"))
    lines = list(meeting.entries.values_list("item__title", "order", "text", "speaker"))
    assert lines == [
        ("計画案", 1, "時期が早い", None),
        ("計画案", 2, "別の案を望む", None),
        ("経過報告", 1, "よくわかった", None),
    ]


def test_what_is_kept_of_it_tells_what_was_decided(meeting, say, member, plan, by):
    say(member, {plan.pk: YES})
    held = conclude(let_its_day_come(meeting), by)
    kept = {paper.name: paper.content.decode("utf-8-sig") for paper in papers.of_meeting(held)}
    assert "1. 計画案,1,0,0,可決,1,2" in kept["02_議決/書面による議決の結果.csv"]
    assert "02_名簿/出席者名簿.csv" not in kept


# What there is not


def test_there_is_no_roll(meeting, member, suzuki, by, as_):
    found = {name: as_(suzuki).get(url(meeting, name)).status_code for name in ("roll", "add_walk_in", "note_day")}
    assert found == {"roll": 404, "add_walk_in": 404, "note_day": 404}
    with pytest.raises(ValidationError, match="出席の記録がありません"):
        roll.mark(meeting=meeting, membership=member, by=by, mode=Mode.VENUE)


def test_citizens_are_not_asked_to_come(meeting, client):
    Meeting.objects.update(openness="open", public_notice_days=30, observing_how="先着順")
    page = text(client.get(url(meeting, "public_notice")))
    assert ("会場での傍聴はありません" in page, "先着順" in page, "開催の方法" in page) == (True, False, True)


def test_another_meeting_has_no_result_in_writing(group, suzuki, as_):
    meeting = builders.make_meeting(group=group, number=3)
    assert as_(suzuki).get(url(meeting, "conclude")).status_code == 404


def test_how_it_was_held_is_no_matter_of_wording(meeting, say, member, plan, by):
    say(member, {plan.pk: YES})
    held = conclude(let_its_day_come(meeting), by)
    with pytest.raises(ValidationError, match="開催済みにした後は変えられません"):
        meetings.correct_meeting(meeting=held, by=by, seen=held.version, method=Method.DISCUSSION)


def test_an_item_with_answers_is_not_taken_away(meeting, say, member, plan, suzuki, as_):
    say(member, {plan.pk: YES})
    page = as_(suzuki).post(url(meeting, "remove_item", plan.pk), {"seen": plan.version}, follow=True)
    assert "書面での回答があるため、削除できません" in text(page)


def test_whoever_answered_for_another_day_has_answered_and_is_not_reminded(meeting, say, member, expert, plan):
    for person in (member, expert):
        builders.make_letter(meeting=meeting, membership=person)
    say(member, {plan.pk: YES})
    moved = meeting.starts_at + timedelta(days=1)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=moved)
    meeting.starts_at = moved
    assert list(to_remind(meeting)) == [expert]


def test_nobody_is_sought_who_comes_for_another_or_answered_for_another_day(meeting, survey, suzuki, as_):
    shown = as_(suzuki).get(url(meeting, "tally")).context["filters"]
    assert [name for name, _label in shown] == ["", "unanswered", "questions", "late", "undelivered"]


def test_once_settled_its_plan_leads_to_no_roll(meeting, suzuki, as_):
    Meeting.objects.filter(pk=meeting.pk).update(
        state="held", held_from=F("starts_at"), held_to=F("starts_at") + timedelta(minutes=1), snapshot={}
    )
    assert "/roll/" not in text(as_(suzuki).get(url(meeting, "edit_meeting")))


def test_by_telephone_nobody_is_asked_to_come(meeting, survey, member, as_, suzuki):
    builders.make_letter(meeting=meeting, membership=member)
    first, asked = as_(suzuki).get(reverse("meetings:phone_list", args=["dx-now", 2])).context["to_say"]
    assert first == "第2回DX推進部会は、お集まりいただかず、書面により開催します。"
    assert asked.startswith("まだ回答していない方には、書面での回答をお願いします（回答期限：")


def test_at_home_the_desk_finds_what_is_to_be_settled(meeting, say, member, plan, as_, suzuki):
    let_its_day_come(meeting)
    told = [(todo.text, todo.url) for todo in as_(suzuki).get("/").context["todos"]]
    url = reverse("meetings:conclude", args=["dx-now", 2])
    assert told == [("第2回DX推進部会の書面による議決の結果をまとめる", url)]
