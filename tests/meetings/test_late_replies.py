"""What comes after the deadline: never lost, left with the desk if its writer wants, no answer until then."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict, Via
from foundation.audit.models import Event
from foundation.mail.models import Email
from meetings.actions import replies
from meetings.models import LateReply, Meeting, Reply, ReplyDraft, SurveyExtension
from meetings.states import MeetingState, Mode
from members import links
from members.actions.links import personal_link
from members.states import Purpose
from tests import builders
from tests.meetings.conftest import close

pytestmark = pytest.mark.django_db
PAGE = "/groups/dx-now/meetings/2/answer/"
DESK = "/groups/dx-now/desk/meetings/2/"
TYPED = {"seen": ["0"], "mode": ["absent"], "written_opinion": ["賛成です。"]}


@pytest.fixture
def draft(survey, member):
    """Sato has typed, and not sent, when the deadline passes."""
    draft = ReplyDraft.objects.create(survey=survey, membership=member, data=TYPED)
    close(survey)
    return draft


@pytest.fixture
def leave(survey, member, sato):
    def leave(by=sato, membership=member):
        return replies.leave_with_desk(survey=survey, membership=membership, by=Actor(by))

    return leave


@pytest.fixture
def late(draft, leave):
    return leave()


@pytest.fixture
def take_over(late, suzuki):
    def take_over(by=suzuki, seen=late.version, mode=Mode.ABSENT, **given):
        content = builders.make_content(mode=mode, **given)
        return replies.take_over_late_reply(
            late=late, by=Actor(by), content=content, idempotency_key=uuid4(), seen=seen
        )

    return take_over


def sentences(error):
    return error.value.messages


# Leaving it


def test_sato_leaves_with_the_desk_what_she_had_typed(late, survey, member):
    assert (late.data, late.dismissed_at, late.survey, late.membership) == (TYPED, None, survey, member)
    assert (ReplyDraft.objects.count(), Reply.objects.count()) == (0, 0)
    event = Event.objects.get(action="meetings.leave_with_desk")
    assert (event.by_id, event.target_id, event.changes) == (
        member.user_id,
        survey.meeting_id,
        {"membership": member.pk},
    )


def test_before_the_deadline_there_is_nothing_to_leave(survey, member, leave):
    ReplyDraft.objects.create(survey=survey, membership=member, data=TYPED)
    with pytest.raises(ValidationError) as error:
        leave()
    assert sentences(error) == ["事務局に預けられるのは、回答期限の後、開催済みになるまでの間だけです。"]


def test_with_more_time_of_ones_own_there_is_nothing_to_leave(draft, survey, member, leave):
    until = timezone.now() + timedelta(days=1)
    SurveyExtension.objects.create(survey=survey, membership=member, until=until)
    with pytest.raises(ValidationError):
        leave()


def test_after_the_meeting_nothing_is_left(draft, meeting, leave):
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.HELD, held_from=now - timedelta(hours=2), held_to=now, snapshot={}
    )
    with pytest.raises(ValidationError):
        leave()


def test_without_a_word_nothing_is_left(survey, leave):
    close(survey)
    with pytest.raises(ValidationError) as error:
        leave()
    assert sentences(error) == ["事務局に預ける内容がありません。"]


def test_nobody_leaves_for_somebody_else(draft, leave, suzuki):
    with pytest.raises(PermissionDenied):
        leave(by=suzuki)


def test_an_observer_leaves_nothing(survey, group, leave):
    close(survey)
    observer = builders.make_membership(group=group, category="observer")
    ReplyDraft.objects.create(survey=survey, membership=observer, data=TYPED)
    with pytest.raises(PermissionDenied):
        leave(by=observer.user, membership=observer)


def test_left_again_it_is_one_and_the_desk_decides_anew(late, survey, member, leave, suzuki):
    replies.dismiss_late_reply(late=late, by=Actor(suzuki), seen=late.version)
    ReplyDraft.objects.create(survey=survey, membership=member, data={"seen": ["0"], "mode": ["venue"]})
    again = leave()
    assert (LateReply.objects.get().pk, again.data["mode"], again.version, again.dismissed_at) == (
        late.pk,
        ["venue"],
        3,
        None,
    )


# At the desk


def test_the_desk_takes_it_over(take_over, member, suzuki):
    reply = take_over(written_opinion="賛成です。")
    assert (reply.mode, reply.written_opinion, reply.entered_by) == (Mode.ABSENT, "賛成です。", suzuki)
    assert LateReply.objects.count() == 0
    event = Event.objects.get(action="meetings.take_over_late_reply")
    assert (event.by_id, event.via) == (suzuki.pk, Via.DESK)


def test_the_desk_of_another_group_does_not(take_over, stranger):
    with pytest.raises(PermissionDenied):
        take_over(by=stranger)


def test_what_was_left_anew_is_not_what_the_page_showed(take_over, late):
    with pytest.raises(Conflict):
        take_over(seen=late.version - 1)
    assert Reply.objects.count() == 0


def test_what_was_dismissed_is_not_taken_over(take_over, late, suzuki):
    replies.dismiss_late_reply(late=late, by=Actor(suzuki), seen=late.version)
    with pytest.raises(ValidationError):
        take_over(seen=2)


def test_what_was_not_asked_is_not_taken_over(take_over, group):
    with pytest.raises(ValidationError):
        take_over(mode=Mode.VENUE, is_substitute=True, substitute_name="代理 太郎")


def test_the_desk_dismisses_it_and_its_writer_still_reads_it(late, suzuki, sato, as_):
    replies.dismiss_late_reply(late=late, by=Actor(suzuki), seen=late.version)
    assert Event.objects.get(action="meetings.dismiss_late_reply").by_id == suzuki.pk
    shown = as_(sato).get(PAGE).content.decode()
    assert ["賛成です。" in shown, "事務局が回答として受け付けないこととしました。" in shown] == [True, True]


def test_only_the_desk_dismisses_it(late, sato):
    with pytest.raises(PermissionDenied):
        replies.dismiss_late_reply(late=late, by=Actor(sato), seen=late.version)


def test_a_page_that_is_behind_dismisses_nothing(late, suzuki):
    with pytest.raises(Conflict):
        replies.dismiss_late_reply(late=late, by=Actor(suzuki), seen=late.version - 1)


def test_what_the_desk_enters_by_hand_takes_care_of_it(late, survey, member, suzuki):
    replies.enter_reply(
        survey=survey,
        membership=member,
        by=Actor(suzuki),
        content=builders.make_content(mode=Mode.ONLINE),
        idempotency_key=uuid4(),
        seen=0,
    )
    assert LateReply.objects.count() == 0


# The pages


def test_the_tally_says_who_has_left_something_and_the_desk_s_page_what(as_, suzuki, late, member):
    client = as_(suzuki)
    assert client.get(f"{DESK}tally/").content.decode().count(">期限後に届いた内容<") == 1
    page = client.get(f"{DESK}responses/{member.pk}/")
    assert page.context["left"] == [("出欠", "欠席"), ("書面意見", "賛成です。")]


def test_one_press_takes_over_all_of_it(as_, suzuki, late, member):
    page = f"{DESK}responses/{member.pk}/"
    done = as_(suzuki).post(f"{page}late/", {"seen": late.version}, follow=True)
    assert (done.redirect_chain, Reply.objects.get().written_opinion) == ([(page, 302)], "賛成です。")
    shown = done.content.decode()
    assert "佐藤 花子さんから期限後に届いた内容を、回答として受け付けました。" in shown
    assert "まだ回答として受け付けていません" not in shown


def test_what_is_no_answer_is_told_and_stays(as_, suzuki, late, member):
    LateReply.objects.update(data={"seen": ["0"], "note": ["あ" * 401]})
    done = as_(suzuki).post(f"{DESK}responses/{member.pk}/late/", {"seen": late.version}, follow=True)
    shown = done.content.decode()
    assert "出欠：会場で出席・オンラインで出席・欠席のいずれかを選択してください。" in shown
    assert "事務局への連絡：400文字以内で入力してください（現在は401文字です）。" in shown
    assert (LateReply.objects.count(), Reply.objects.count()) == (1, 0)


def test_one_press_dismisses_it(as_, suzuki, late, member):
    page = f"{DESK}responses/{member.pk}/"
    shown = as_(suzuki).post(f"{page}late/dismiss/", {"seen": late.version}, follow=True).content.decode()
    assert "佐藤 花子さんから期限後に届いた内容を、受け付けないこととしました。" in shown
    assert LateReply.objects.get().dismissed_at is not None
    assert as_(suzuki).get(f"{DESK}tally/").content.decode().count(">期限後に届いた内容<") == 0
    assert as_(suzuki).post(f"{page}late/", {"seen": 2}).status_code == 404


def test_by_link_it_is_left_and_read_as_well(client, draft, member, suzuki):
    link = personal_link(membership=member, purpose=Purpose.MEETING, by=Actor(suzuki))
    page = f"/a/{links.token(link)}/meetings/2/"
    assert "この内容を事務局に預ける" in client.get(page).content.decode()
    assert client.post(f"{page}leave/").url == page
    shown = client.get(page).content.decode()
    assert ["賛成です。" in shown, "まだ回答として受け付けていません。" in shown, "預ける</button>" in shown] == [
        True,
        True,
        False,
    ]
    assert Event.objects.get(action="meetings.leave_with_desk").via == Via.LINK


def test_d16_sent_too_late_one_sentence_says_so(as_, sato, survey):
    close(survey)
    sent = as_(sato).post(
        PAGE, {"key": str(uuid4()), "seen": "0", "mode": "absent", "written_opinion": "賛成です。"}
    )
    shown = sent.content.decode()
    assert ["過ぎたため、送信できませんでした。" in shown, "賛成です。" in shown] == [True, True]
    assert [text in shown for text in ("期限までは", "回答を送信する", "次の項目を直して", "エラー：")] == [
        False
    ] * 4


def test_after_the_meeting_what_was_typed_can_still_be_copied(as_, sato, draft, meeting):
    now = timezone.now()
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.HELD, held_from=now - timedelta(hours=2), held_to=now, snapshot={}
    )
    shown = as_(sato).get(PAGE).content.decode()
    assert ["賛成です。" in shown, "事務局に預ける" in shown] == [True, False]


def test_a_draft_is_read_by_its_writer_alone(as_, expert, draft):
    assert "賛成です。" not in as_(expert.user).get(PAGE).content.decode()


def test_thrown_away_the_draft_is_gone_and_the_answer_stays(as_, sato, give, survey, member):
    give(mode=Mode.VENUE)
    ReplyDraft.objects.create(survey=survey, membership=member, data={**TYPED, "seen": ["1"]})
    client = as_(sato)
    shown = client.get(PAGE).content.decode()
    assert f"「会場で出席」で受け付けています（受付 {Reply.objects.get().receipt_number}）。" in shown
    assert "下の変更はまだ送信していません。" in shown
    assert client.post(f"{PAGE}draft/discard/").url == PAGE
    assert (ReplyDraft.objects.count(), Reply.objects.get().version) == (0, 1)


def test_nobody_throws_away_what_another_typed(survey, member, suzuki):
    draft = ReplyDraft.objects.create(survey=survey, membership=member, data=TYPED)
    with pytest.raises(PermissionDenied):
        replies.discard_draft(survey=survey, membership=member, by=Actor(suzuki))
    assert ReplyDraft.objects.get() == draft


# The meeting's page, and the receipt


def test_the_meeting_s_page_offers_a_change_until_ones_own_deadline(as_, sato, give, survey, member):
    give(mode=Mode.VENUE)
    client, page = as_(sato), "/groups/dx-now/meetings/2/"
    found = ["回答を変更する" in client.get(page).content.decode()]
    close(survey)
    found.append("回答を変更する" in client.get(page).content.decode())
    until = timezone.now() + timedelta(days=1)
    SurveyExtension.objects.create(survey=survey, membership=member, until=until)
    found.append("回答を変更する" in client.get(page).content.decode())
    assert found == [True, False, True]


def test_the_receipt_of_what_the_desk_entered_says_so_and_promises_nothing(take_over, as_, sato):
    take_over()
    body = Email.objects.get(subject__startswith="【受付】").body
    assert "第2回DX推進部会の出欠の回答を、事務局が入力しました。" in body
    assert "回答の受付は終了しました。変更は、事務局（内線 2345）へ御連絡ください。" in body
    assert "何度でも変更できます" not in body
    shown = as_(sato).get(f"{PAGE}receipt/").content.decode()
    assert "この回答は事務局が入力しました。" in shown
    assert "回答の受付は終了しました。" in shown


def test_the_receipt_of_ones_own_answer_says_until_when_it_can_be_changed(give):
    give()
    body = Email.objects.get(subject__startswith="【受付】").body
    assert "の出欠の回答を受け付けました。" in body
    assert "までは、何度でも変更できます。" in body


def test_what_was_answered_for_another_day_is_not_said_of_this_one(as_, sato, give, meeting):
    give(mode=Mode.VENUE)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at + timedelta(days=1), ends_at=meeting.ends_at + timedelta(days=1)
    )
    shown = as_(sato).get(PAGE).content.decode()
    assert [
        "日時の変更前に「会場で出席」で受け付けています" in shown,
        "期限までは何度でも変更できます。" in shown,
    ] == [
        True,
        False,
    ]
    asked_again = "日時の変更前の回答です。変更後の日時について、もう一度回答してください。"
    assert [
        asked_again in as_(sato).get(page).content.decode()
        for page in (PAGE.removesuffix("answer/"), f"{PAGE}receipt/")
    ] == [
        True,
        True,
    ]


def test_who_comes_online_finds_the_address_on_the_page_that_the_link_opens(as_, sato, give, meeting, survey):
    Meeting.objects.filter(pk=meeting.pk).update(online_url="https://meet.example/dx")
    assert "https://meet.example/dx" not in as_(sato).get(PAGE).content.decode()
    give(mode=Mode.ONLINE)
    assert "https://meet.example/dx" in as_(sato).get(PAGE).content.decode()
    close(survey)
    assert "https://meet.example/dx" in as_(sato).get(PAGE).content.decode()
