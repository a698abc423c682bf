"""Replies to the survey: given, changed, refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event, Via
from foundation.mail.models import Email
from meetings.actions import replies
from meetings.models import Question, Reply, ReplyDraft, Survey, Theme
from meetings.states import MeetingState, Mode, QuestionState, SectionKind
from meetings.survey.content import content_of
from members.models import MembershipTerm
from tests import builders
from tests.meetings.conftest import close

HOUR = timedelta(hours=1)


def sentence(error):
    return error.value.messages


# One's own answer


def test_sato_answers(give, survey, member, sato):
    response = give(mode=Mode.ONLINE, note="10分遅れます", version=0)

    stored = Reply.objects.whole().get()
    assert stored == response
    assert (stored.survey, stored.membership, stored.entered_by, stored.version) == (survey, member, sato, 1)
    assert content_of(stored) == builders.make_content(mode="online", note="10分遅れます", kinds=SectionKind)


def test_d23_d24_an_answer_leaves_an_audit_row_and_a_receipt_with_day_and_place(give, sato, emails):
    response = give(mode=Mode.ABSENT)

    event = Event.objects.get(action="meetings.reply")
    assert (event.by, event.via, event.target_id) == (sato, Via.LOGIN, response.pk)
    assert event.changes["changed"][0] == "mode"
    assert emails() == [("sato@example.jp", "【受付】第2回DX推進部会 出欠の回答")]
    body = Email.objects.get().body
    assert [words in body for words in ("【日時】令和", "【場所】見本市役所", "回答期限：")] == [True, True, False]


def test_by_link_the_trail_says_so(survey, member, sato):
    replies.reply(
        survey=survey,
        membership=member,
        by=Actor(sato, Via.LINK),
        content=builders.make_content(),
        idempotency_key=uuid4(),
        seen=0,
    )
    assert Event.objects.get(action="meetings.reply").via == Via.LINK


def test_an_answer_is_changed_in_place(give):
    first = give(mode=Mode.VENUE)
    second = give(mode=Mode.ONLINE, version=first.version)
    assert (second.pk, second.version, second.mode) == (first.pk, 2, "online")


def test_a_second_receipt_goes_out_only_if_the_attendance_changed(give, emails):
    first = give(mode=Mode.VENUE)
    second = give(mode=Mode.VENUE, note="資料を持参します", version=first.version)
    assert len(emails()) == 1
    give(mode=Mode.ONLINE, note="資料を持参します", version=second.version)
    assert len(emails()) == 2


def test_the_same_page_sent_twice_is_one_answer(give, emails):
    key = uuid4()
    first = give(key=key)
    again = give(key=key)
    assert (again.pk, again.version, again.receipt_number) == (first.pk, 1, first.receipt_number)
    assert Event.objects.filter(action="meetings.reply").count() == 1
    assert len(emails()) == 1


def test_the_same_page_sent_with_other_words_is_a_change(give):
    """The Back button brings back the page with its key; what is typed then must not be lost."""
    key = uuid4()
    give(key=key, note="一")
    assert give(key=key, note="二").note == "二"


def test_an_earlier_answer_that_arrives_once_more_takes_nothing_newer_away(give):
    """A proxy or a phone sends the first press again, after its page was corrected and sent anew."""
    key = uuid4()
    for mode in (Mode.VENUE, Mode.ABSENT):
        give(key=key, mode=mode)
    with pytest.raises(Conflict):
        give(key=key, mode=Mode.VENUE)
    assert Reply.objects.get().mode == Mode.ABSENT


def test_a_page_that_does_not_know_the_newest_answer_is_refused(give):
    stored = give(mode=Mode.VENUE)
    with pytest.raises(Conflict) as conflict:
        give(mode=Mode.ABSENT, version=0)
    assert conflict.value.stored == stored
    assert Reply.objects.get().mode == "venue"


def test_nobody_answers_for_another(give, member, tanaka):
    with pytest.raises(PermissionDenied):
        give(membership=member, by=tanaka)


def test_who_left_before_the_meeting_is_told_so(give, member):
    MembershipTerm.objects.filter(membership=member).update(valid_to=timezone.localdate())
    with pytest.raises(PermissionDenied, match="出欠回答の対象者に登録されていない"):
        give()


# The deadline


def test_after_the_deadline_an_answer_is_refused_in_words(give, survey):
    close(survey)
    with pytest.raises(ValidationError) as error:
        give()
    assert sentence(error)[0].endswith(
        "を過ぎたため、受付は終了しました。変更は事務局（内線 2345）へ御連絡ください。"
    )
    assert Reply.objects.count() == 0


def test_what_was_received_is_acknowledged_again_after_the_deadline(give, survey):
    key = uuid4()
    first = give(key=key)
    close(survey)
    assert give(key=key) == first


def test_a_person_with_an_extension_still_answers(give, survey, member, suzuki):
    close(survey)
    replies.extend(survey=survey, membership=member, by=Actor(suzuki), until=timezone.now() + HOUR)
    assert give().mode == "venue"


def test_an_extension_is_for_one_person(give, survey, member, expert, suzuki):
    close(survey)
    replies.extend(survey=survey, membership=member, by=Actor(suzuki), until=timezone.now() + HOUR)
    with pytest.raises(ValidationError):
        give(membership=expert)


def test_a_deadline_is_never_extended_into_the_past(survey, member, suzuki):
    with pytest.raises(ValidationError, match="今の時刻と元の期限より後"):
        replies.extend(survey=survey, membership=member, by=Actor(suzuki), until=timezone.now() - HOUR)


def test_only_the_desk_extends(survey, member, sato):
    with pytest.raises(PermissionDenied):
        replies.extend(survey=survey, membership=member, by=Actor(sato), until=timezone.now() + 999 * HOUR)


# ASVS V2.3.1
@pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED, MeetingState.DRAFT])
def test_only_an_announced_meeting_takes_answers(give, survey, state):
    now = timezone.now()
    survey.meeting.state = state
    survey.meeting.held_from, survey.meeting.held_to, survey.meeting.snapshot = now, now + HOUR, {}
    survey.meeting.save()
    with pytest.raises(ValidationError, match="受付は終わりました"):
        give()


def test_an_answer_carries_the_moment_that_was_held_against_its_deadline(give, survey, member):
    before = Survey.objects.for_person(member).get().clock
    first = give()
    second = give(mode=Mode.ABSENT, version=1)
    after = Survey.objects.for_person(member).get().clock
    assert before < first.answered_at == second.answered_at < second.changed_at < after


# Substitutes


def test_a_substitute_is_named(give, group):
    group.substitutes_allowed = True
    group.save()
    response = give(is_substitute=True, substitute_name="代理 太郎", substitute_title="主事")
    assert (response.substitute_name, response.mode) == ("代理 太郎", "venue")


# ASVS V2.2.3
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"is_substitute": True}, "代理で出席する方の氏名を入力してください。"),
        (
            {"is_substitute": True, "substitute_name": "代理 太郎", "mode": "absent"},
            "代理出席は、会場で出席又はオンラインで出席のときだけ選べます。",
        ),
        ({"substitute_name": "代理 太郎"}, "代理の方の氏名・職名は、代理出席のときだけ入力してください。"),
    ],
)
def test_a_wrong_substitute_is_refused_in_words(give, group, given, words):
    group.substitutes_allowed = True
    group.save()
    with pytest.raises(ValidationError) as error:
        give(**given)
    assert sentence(error) == [words]


def test_a_group_may_have_no_substitutes(give):
    with pytest.raises(ValidationError, match="代理出席を認めていません"):
        give(is_substitute=True, substitute_name="代理 太郎")


# Questions and themes


def test_questions_go_to_people_and_to_talks(give, expert, sheet, talk, member, meeting):
    give(to_people={expert.pk: "どう始めましたか。"}, to_talks={talk.pk: "費用は。"}, show_name=True)
    rows = Question.objects.values_list("meeting", "asker", "addressee", "item", "text", "show_name", "state")
    assert set(rows) == {
        (meeting.pk, member.pk, expert.pk, None, "どう始めましたか。", True, "open"),
        (meeting.pk, member.pk, None, talk.pk, "費用は。", True, "open"),
    }


def test_a_cleared_question_is_withdrawn_and_may_be_asked_again(give, expert, sheet):
    give(to_people={expert.pk: "一"})
    give(version=1)
    assert Question.objects.get().state == QuestionState.WITHDRAWN
    give(to_people={expert.pk: "二"}, version=2)
    assert (Question.objects.get().state, Question.objects.get().text) == ("open", "二")


def test_a_declined_question_stays_declined_unless_its_words_change(give, expert, sheet):
    give(to_people={expert.pk: "一"})
    Question.objects.update(state=QuestionState.DECLINED, declined_reason="個別の案件のため")
    give(to_people={expert.pk: "一"}, note="追記", version=1)
    assert Question.objects.get().state == QuestionState.DECLINED
    give(to_people={expert.pk: "言い換え"}, note="追記", version=2)
    assert Question.objects.get().state == QuestionState.OPEN


@pytest.mark.parametrize("forged", [{"to_people": {999: "？"}}, {"to_talks": {999: "？"}}, {"themes": {999}}])
def test_what_was_not_asked_is_refused(give, forged):
    with pytest.raises(ValidationError, match="選び直してから"):
        give(**forged)
    assert Reply.objects.count() == 0


def test_nobody_is_asked_whose_sheet_is_not_shown(give, expert):
    builders.make_sheet(membership=expert, state="submitted")
    with pytest.raises(ValidationError, match="選び直してから"):
        give(to_people={expert.pk: "？"})


def test_themes_are_chosen_and_one_is_proposed(give, meeting):
    a, b = (Theme.objects.create(meeting=meeting, title=title) for title in ("申請", "会議"))
    response = give(themes=frozenset({a.pk}), proposal="文書")
    response = give(themes=frozenset({b.pk}), proposal="押印", version=response.version)
    assert [vote.theme for vote in response.theme_votes.all()] == [b]
    assert [theme.title for theme in response.themes_proposed.all()] == ["押印"]
    give(version=response.version)
    assert not response.theme_votes.exists()
    assert not response.themes_proposed.exists()


def test_a_form_without_the_section_takes_no_proposal(give, survey):
    survey.sections.filter(kind=SectionKind.THEMES).delete()
    with pytest.raises(ValidationError, match="選び直してから"):
        give(proposal="文書")


# Drafts


def test_a_draft_is_kept_once_and_goes_when_the_answer_is_sent(give, survey, member, sato):
    replies.save_draft(survey=survey, membership=member, by=Actor(sato), data={"note": ["一"]})
    replies.save_draft(survey=survey, membership=member, by=Actor(sato), data={"note": ["二"]})
    assert ReplyDraft.objects.get().data == {"note": ["二"]}
    give()
    assert not ReplyDraft.objects.exists()


def test_nobody_drafts_for_another(survey, member, suzuki):
    with pytest.raises(PermissionDenied):
        replies.save_draft(survey=survey, membership=member, by=Actor(suzuki), data={})
