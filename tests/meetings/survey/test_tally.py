"""The count of the answers, and how it leaves the house."""

from uuid import uuid4

import pytest
from django.db.models.functions import Now

from foundation.actions import Actor
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.states import EmailState
from meetings.actions import meetings
from meetings.models import LateReply, Question, Reply, Theme
from meetings.states import Mode
from meetings.survey.people import FILTERS, count, people, stretch
from meetings.survey.tally import file_rows, tally
from members.models import Membership, MembershipTerm, User
from members.states import Category, Channel
from tablecheck.formulas import safe
from tests import builders

pytestmark = pytest.mark.django_db


def test_it_counts_members_and_experts_and_nobody_else(group, meeting, survey, member, expert):
    observer = builders.make_membership(group=group, category=Category.OBSERVER)
    for person, mode in ((member, Mode.VENUE), (expert, Mode.ONLINE), (observer, Mode.VENUE)):
        builders.make_reply(survey=survey, membership=person, mode=mode)
    builders.make_membership(group=group)
    assert count(meeting).figures == {"venue": 1, "online": 1, "absent": 0, "unanswered": 1}


def test_filters(group, meeting, survey, member, expert, sheet, give, tanaka):
    give(to_people={expert.pk: "？"})
    tanaka.channel = Channel.PAPER
    tanaka.save()
    found = people(meeting)
    filtered = {
        name: list(found.filter(FILTERS[name].which)) for name in ("unanswered", "questions", "undelivered")
    }
    assert filtered == {"unanswered": [expert], "questions": [member], "undelivered": [expert]}


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("delivery", ["", "office@mihon.example.jp"])
def test_the_list_writes_to_whom_an_email_would_go(meeting, survey, member, sato, channel, delivery):
    User.objects.filter(pk=sato.pk).update(channel=channel, delivery_email=delivery)
    (found,) = people(meeting).filter(pk=member.pk)
    assert found.address == found.user.address


def test_filters_that_tell_what_came_otherwise(meeting, survey, member, expert):
    builders.make_reply(
        survey=survey, membership=member, is_substitute=True, substitute_name="高橋", substitute_title="主任"
    )
    LateReply.objects.create(survey=survey, membership=expert)
    found = people(meeting)
    assert {name: list(found.filter(FILTERS[name].which)) for name in ("substitute", "late")} == {
        "substitute": [member],
        "late": [expert],
    }


def test_whoever_took_their_answer_back_has_not_answered(meeting, survey, member):
    builders.make_reply(
        survey=survey,
        membership=member,
        is_substitute=True,
        substitute_name="高橋",
        withdrawn_at=Now(),
        withdrawn_by=member.user,
    )
    found = people(meeting)
    assert {name: list(found.filter(FILTERS[name].which)) for name in ("unanswered", "substitute")} == {
        "unanswered": [member],
        "substitute": [],
    }


def test_it_counts_each_category_by_each_way_and_all(meeting, survey, member, expert):
    builders.make_reply(survey=survey, membership=member, mode=Mode.VENUE)
    lines = [
        (category, [number for _way, _label, number in cells], total)
        for category, cells, total in count(meeting).lines
    ]
    assert lines == [("member", [1, 0, 0, 0], 1), ("expert", [0, 0, 0, 1], 1), ("", [1, 0, 0, 1], 2)]


def test_a_sum_below_one_category_alone_would_say_it_twice(meeting, survey, member):
    assert [(category, total) for category, _cells, total in count(meeting).lines] == [("member", 1)]


def test_nobody_is_asked_says_so(meeting, survey):
    assert [(category, total) for category, _cells, total in count(meeting).lines] == [("", 0)]


@pytest.fixture
def called(group, suzuki, member):
    """A meeting that Sato alone was called to, by a letter that arrived."""
    meeting = meetings.create_meeting(group=group, by=Actor(suzuki), **times())
    meetings.announce(meeting=meeting, by=Actor(suzuki), seen=1)
    ended(JobState.DONE)
    return meeting


def ended(state, **which):
    Job.objects.filter(**which).update(state=state, finished_at=Now())


def letter(meeting, person, *, kind="change", state=JobState.FAILED):
    """One more of a meeting's letters, and what became of it."""
    email = builders.make_email(state=state, to=person.user, to_address=person.user.address)
    Job.objects.filter(pk=email.job_id).update(key=f"meetings:{kind}:{meeting.pk}:{person.pk}:1")


def test_a_letter_that_arrived_is_no_letter_that_came_back(called):
    assert [person.undelivered for person in people(called)] == [None]


@pytest.mark.parametrize("kind", ["announce", "change", "remind", "extend", "resend", "receipt", "cancel"])
def test_whoever_a_letter_of_the_meeting_did_not_reach_is_named_whatever_it_told(called, member, expert, kind):
    letter(called, expert, kind=kind)
    assert list(people(called).filter(FILTERS["undelivered"].which)) == [expert]


def test_what_came_back_is_told_apart_from_what_nobody_knows(called, member, expert):
    for state in (JobState.FAILED, JobState.UNCLEAR):
        letter(called, member, kind=state, state=state)
    letter(called, expert, state=JobState.UNCLEAR)
    found = {person: person.undelivered for person in people(called)}
    assert found == {member: EmailState.UNDELIVERABLE, expert: EmailState.UNCERTAIN}


def test_an_address_that_was_corrected_since_is_none_from_which_a_letter_came_back(called, member, sato):
    letter(called, member)
    User.objects.filter(pk=sato.pk).update(delivery_email="citizens@mihon.example.jp")
    assert [person.undelivered for person in people(called)] == [None]


def test_a_letter_of_another_meeting_says_nothing_of_this_one(called, group, member):
    letter(builders.make_meeting(group=group, number=2), member)
    assert [person.undelivered for person in people(called)] == [None]


def times():
    meeting = builders.make_meeting(group=builders.make_group())
    return {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at}


def test_questions_stand_under_whom_they_are_asked_of(meeting, talk, expert, sheet, give):
    give(to_people={expert.pk: "一"}, to_talks={talk.pk: "二"})
    found = tally(meeting).questions_by_target()
    assert [(target, [question.text for question in asked]) for target, asked in found] == [
        ("「デジタル化の話」への質問", ["二"]),
        ("田中 三郎様への質問", ["一"]),
    ]


def test_what_was_said_at_the_meeting_is_not_the_forms(meeting, survey, member):
    Question.objects.create(meeting=meeting, channel="oral", text="口頭", asker=member)
    assert tally(meeting).questions == []


def test_themes_carry_their_votes(meeting, give):
    theme = Theme.objects.create(meeting=meeting, title="申請")
    give(themes=frozenset({theme.pk}), proposal="押印")
    assert [(found.title, found.wished) for found in tally(meeting).themes] == [("申請", 1), ("押印", 1)]


# ASVS V1.2.10
@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+81", "'+81"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        ("\0x", "'\0x"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠SUM(1)", "'＠SUM(1)"),
        ("\ufeff=1+1", "'\ufeff=1+1"),
        ("\u200b=1+1", "'\u200b=1+1"),
        (" =1+1", "' =1+1"),
        ("1-1", "1-1"),
        ("午後から", "午後から"),
        ("", ""),
    ],
)
def test_a_cell_is_never_a_formula(cell, written):
    assert safe(cell) == written


def test_the_file_has_a_row_for_everybody(meeting, survey, member, expert, give):
    give(note="=1+1")
    header, *rows = file_rows(meeting)
    assert header[:5] == ["氏名", "ふりがな", "区分", "所属・職名", "出欠"]
    assert [row[:5] for row in rows] == [
        ["佐藤 花子", "さとう はなこ", "部会メンバー", "市民課主査", "会場で出席"],
        ["田中 三郎", "たなか さぶろう", "外部有識者", "", "未回答"],
    ]
    assert rows[0][8] == "=1+1"
    assert {len(row) for row in rows} == {len(header)}
    assert (header[-1], rows[0][-1]) == ("入力", "本人")


@pytest.mark.parametrize("people", [3, 30])
def test_the_file_takes_the_same_queries_for_any_number(group, meeting, survey, people, django_assert_num_queries):
    answer_all(group, survey, people)
    with django_assert_num_queries(7):
        list(file_rows(meeting))


def test_of_many_people_some_are_read_at_a_time(group, meeting, survey, monkeypatch, django_assert_num_queries):
    answer_all(group, survey, 30)
    whole = list(file_rows(meeting))
    monkeypatch.setattr("meetings.survey.tally.CHUNK", 10)
    # People, their questions, and of whom these are asked.
    with django_assert_num_queries(4 + 3 * 3):
        assert list(file_rows(meeting)) == whole


@pytest.mark.parametrize("number", [3, 30])
def test_of_many_answers_those_are_read_that_are_told_one_by_one(
    group, meeting, survey, number, django_assert_num_queries
):
    """Who is asked something stands above the questions, with 様 or さん."""
    answer_all(group, survey, number)
    lunch = builders.make_field(survey=survey)
    reply = survey.replies.order_by("pk")[1]
    reply.field_answers.create(field=lunch, value="弁当")
    with django_assert_num_queries(4):
        found = tally(meeting)
    told = {reply.membership_id, *(question.addressee_id for question in found.questions)} - {None}
    assert {row.person.pk for row in found.rows} == told
    assert len(found.questions) == number // 3


def answer_all(group, survey, people):
    users = User.objects.bulk_create(User(family_name="見本", family_kana="みほん") for _ in range(people))
    members = Membership.objects.bulk_create(Membership(group=group, user=user) for user in users)
    MembershipTerm.objects.bulk_create(
        MembershipTerm(membership=member, category=Category.MEMBER, valid_from=builders.LONG_AGO)
        for member in members
    )
    replies = Reply.objects.bulk_create(
        Reply(survey=survey, membership=member, mode="venue", entered_by=member.user, idempotency_key=uuid4())
        for member in members
    )
    Question.objects.bulk_create(
        Question(
            meeting=survey.meeting,
            reply=reply,
            asker=reply.membership,
            addressee=reply.membership,
            text="？",
            channel="form",
        )
        for reply in replies[::3]
    )


@pytest.mark.parametrize("show", FILTERS)
def test_a_page_of_the_list_tells_of_the_same_people_as_the_list(meeting, survey, member, expert, give, show):
    builders.make_reply(survey=survey, membership=member, mode=Mode.VENUE)
    found = people(meeting).filter(FILTERS[show].which)
    assert [row.person for row in stretch(meeting, 0, 50, show=show)] == list(found)


def test_a_page_of_the_list_is_of_one_category_and_one_way(meeting, survey, member, expert):
    builders.make_reply(survey=survey, membership=member, mode=Mode.VENUE)
    found = [
        [row.person for row in stretch(meeting, 0, 50, category=category, way=way)]
        for category, way in (("member", "venue"), ("member", "unanswered"), ("expert", "unanswered"))
    ]
    assert found == [[member], [], [expert]]
