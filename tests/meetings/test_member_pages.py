"""What a member sees and sends, logged in."""

from uuid import uuid4

import pytest
from django.utils import timezone

from meetings.models import Reply, ReplyDraft, Survey
from meetings.states import MeetingState, Mode
from tests import builders

pytestmark = pytest.mark.django_db
MEETING = "/groups/dx-now/meetings/2/"
PAGE = f"{MEETING}answer/"
RECEIPT = f"{PAGE}receipt/"


def page(**values):
    return {"key": str(uuid4()), "seen": "0"} | values


@pytest.fixture
def sato_at(as_, sato, survey, member):
    return as_(sato)


# The form


def test_sato_answers_and_gets_a_receipt(sato_at):
    sent = sato_at.post(PAGE, page(mode="online", note="資料を持参します"))
    assert (sent.status_code, sent.url) == (302, RECEIPT)
    receipt = sato_at.get(RECEIPT).content.decode()
    assert Reply.objects.get().receipt_number in receipt
    assert "オンラインで出席" in receipt
    assert "資料を持参します" in receipt
    assert "までは、何度でも変更できます。" in receipt


def test_the_page_sent_twice_is_one_answer(sato_at):
    data = page(mode="venue")
    assert [sato_at.post(PAGE, data).status_code for _ in range(2)] == [302, 302]
    assert Reply.objects.get().version == 1


def test_the_form_shows_what_was_answered(sato_at, give):
    give(mode=Mode.ABSENT, written_opinion="賛成です。")
    survey = sato_at.get(PAGE).context["form"]
    assert (survey["mode"].value(), survey["written_opinion"].value(), survey["seen"].value()) == (
        "absent",
        "賛成です。",
        1,
    )


def test_an_empty_post_shows_the_error_and_keeps_the_text_as_a_draft(sato_at):
    answer = sato_at.post(PAGE, page(note="まだ決まりません"))
    assert answer.status_code == 200
    assert "エラー：" in answer.content.decode()
    assert ReplyDraft.objects.get().data["note"] == ["まだ決まりません"]


def test_too_long_a_text_is_kept_whole(sato_at):
    answer = sato_at.post(PAGE, page(mode="venue", note="あ" * 401))
    assert answer.status_code == 200
    assert not Reply.objects.exists()
    assert ReplyDraft.objects.get().data["note"] == ["あ" * 401]
    assert "あ" * 401 in sato_at.get(PAGE).content.decode()


@pytest.mark.parametrize("values", [{}, {"mode": "moon"}, {"mode": ["venue"], "key": "x"}, {"seen": "9" * 99}])
def test_whatever_is_sent_is_answered_with_the_form(sato_at, values):
    assert sato_at.post(PAGE, values).status_code == 200


# Drafts


def test_a_draft_is_saved_by_the_button(sato_at):
    sent = sato_at.post(PAGE, page(note="途中", draft="1"))
    assert (sent.status_code, sent.url) == (302, PAGE)
    shown = sato_at.get(PAGE)
    assert shown.context["form"]["note"].value() == "途中"
    assert "まだ送信していません。" in shown.content.decode()


def test_a_draft_is_saved_by_the_script(sato_at):
    assert sato_at.post(f"{PAGE}draft/", page(mode="venue", note="途")).status_code == 204
    assert ReplyDraft.objects.get().data == {"seen": ["0"], "mode": ["venue"], "note": ["途"]}


def test_a_draft_that_was_overtaken_is_shown_beside_the_answer(sato_at, give):
    sato_at.post(f"{PAGE}draft/", page(note="前に書いたもの"))
    draft = ReplyDraft.objects.get()
    give(mode=Mode.VENUE)
    ReplyDraft.objects.create(survey=draft.survey, membership=draft.membership, data=draft.data)
    shown = sato_at.get(PAGE)
    assert shown.context["form"]["mode"].value() == "venue"
    assert shown.context["overtaken"] == [("事務局への連絡", "前に書いたもの")]


# Two windows


def test_a_page_that_is_behind_shows_both_answers_and_lets_choose(sato_at, give):
    give(mode=Mode.VENUE, note="先の回答")
    both = sato_at.post(PAGE, page(mode="absent", note="後の回答"))
    assert both.status_code == 409
    assert both.context["stored"] == [("出欠", "会場で出席"), ("事務局への連絡", "先の回答")]
    assert both.context["typed"] == [("出欠", "欠席"), ("事務局への連絡", "後の回答")]

    assert sato_at.post(PAGE, dict(both.context["hidden"])).status_code == 302
    assert Reply.objects.get().note == "後の回答"


# After the deadline


@pytest.fixture
def closed(survey):
    now = timezone.now()
    Survey.objects.update(opens_at=now - timezone.timedelta(days=2), closes_at=now - timezone.timedelta(seconds=1))


def test_after_the_deadline_the_answer_stays_readable(sato_at, give, closed):
    builders.make_reply(survey=Survey.objects.get(), membership=sato_membership(), note="読めます")
    shown = sato_at.get(PAGE).content.decode()
    assert "を過ぎたため、受付は終了しました。\n回答や変更は、事務局（内線 2345）へ御連絡ください。" in shown
    assert "読めます" in shown


def sato_membership():
    from members.models import Membership

    return Membership.objects.get(user__email="sato@example.jp")


def test_what_comes_too_late_is_kept_as_a_draft(sato_at, closed):
    late = sato_at.post(PAGE, page(mode="venue", note="間に合わなかった"))
    assert late.status_code == 200
    assert "間に合わなかった" in late.content.decode()
    assert not Reply.objects.exists()
    assert ReplyDraft.objects.get().data["note"] == ["間に合わなかった"]


# Receipt


def test_without_an_answer_the_receipt_leads_to_the_form(sato_at):
    assert sato_at.get(RECEIPT).url == PAGE


# The meeting's page


def test_the_meeting_page_shows_agenda_and_ones_own_answer(sato_at, give, meeting):
    builders.make_item(meeting=meeting, title="申請の見直し")
    give(mode=Mode.VENUE)
    shown = sato_at.get(MEETING).content.decode()
    assert "申請の見直し" in shown
    assert "会場で出席" in shown
    assert "回答を変更する" in shown


def test_an_observer_is_told_that_the_desk_writes_it_down(as_, group, survey):
    observer = builders.make_membership(group=group, category="observer")
    answer = as_(observer.user).get(PAGE)
    assert answer.status_code == 403
    assert "オブザーバーの方の出欠は事務局が記録します" in answer.content.decode()


@pytest.mark.parametrize("path", ["", "answer/", "answer/receipt/", "calendar.ics"])
def test_a_draft_of_a_meeting_does_not_exist_for_members(sato_at, meeting, path):
    meeting.state, meeting.announced_at = MeetingState.DRAFT, None
    meeting.save()
    assert sato_at.get(MEETING + path).status_code == 404


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_form_takes_the_same_queries_for_any_number_of_sheets(
    sato_at, group, people, django_assert_num_queries, give
):
    for _ in range(people):
        builders.make_sheet(membership=builders.make_membership(group=group))
    give(mode=Mode.VENUE)
    with django_assert_num_queries(6):
        assert sato_at.get(PAGE).status_code == 200
