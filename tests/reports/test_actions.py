"""The report from its draft to its publication: decided on, frozen, corrected, withheld."""

import copy
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.actions import Actor, Conflict
from meetings.actions import question_states, record
from reports import actions as reports
from reports.compose import compose
from reports.models import ReportRevision
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS


@pytest.fixture(scope="module")
def approved_once(for_the_module):
    first = FirstMeeting(OUR_WORDS, members=3)
    first.approve()
    return first


@pytest.fixture
def approved(db, approved_once):
    return copy.deepcopy(approved_once)


@pytest.fixture
def published(approved):
    approved.publish()
    return approved


def test_only_the_desk_publishes(published, sato):
    with pytest.raises(PermissionDenied):
        reports.publish(meeting=published.meeting, by=Actor(sato), shown="")


def test_a_revision_freezes_text_blocks_and_hash(published):
    revision = ReportRevision.objects.get()
    assert revision.text == published.text()
    assert revision.sha256 == compose(published.meeting).sha256
    assert published.report.approvals.get().sha256 == revision.sha256


def test_the_database_refuses_to_change_what_was_published(published):
    for change in ({"text": "書き換え"}, {"blocks": []}, {"sha256": "0" * 64}):
        with pytest.raises(IntegrityError, match="a published report is never changed"), transaction.atomic():
            ReportRevision.objects.update(**change)
    with pytest.raises(IntegrityError, match="a published report is never changed"), transaction.atomic():
        ReportRevision.objects.all().delete()


def test_the_same_text_is_not_published_twice(published):
    with pytest.raises(ValidationError, match="公開中の内容から変わったところがありません。"):
        published.publish(correction="なし")


def test_a_correction_is_named(published):
    record.add_entry(meeting=published.meeting, by=Actor(published.desk), item=published.items[0], text="あとの行")
    published.take_back()
    published.approve()
    with pytest.raises(ValidationError, match="訂正箇所を入力してください。"):
        published.publish()


def test_a_question_that_was_published_is_not_taken_out_silently(published):
    one, other = published.meeting.questions.in_report()[:2]
    question_states.merge_question(question=one, by=Actor(published.desk), seen=one.version, into=other)
    assert one.text in ReportRevision.objects.get().text
    assert one.text not in compose(published.meeting).text
    published.take_back()
    published.approve()
    with pytest.raises(ValidationError, match="訂正箇所を入力してください。"):
        published.publish()


def test_the_first_publication_corrects_nothing(approved):
    with pytest.raises(ValidationError, match="最初の公開に訂正箇所はありません。"):
        approved.publish(correction="一行")


def test_a_decision_is_not_of_tomorrow(published):
    published.take_back()
    reports.send_for_review(meeting=published.meeting, by=Actor(published.desk), seen=published.report.version)
    with pytest.raises(ValidationError, match="今日までの日付にしてください"):
        approve(published, decided_on=timezone.localdate() + timedelta(days=1))


def test_a_withheld_text_comes_back_by_a_new_decision_and_for_a_reason_alone(published):
    published.withhold("確認のため")
    with pytest.raises(ValidationError, match="決裁・供覧を記録してから公開してください。"):
        published.publish(resumed_reason="確認を終えたため")
    published.approve()
    for said in ({}, {"correction": "なし"}):
        with pytest.raises(ValidationError, match="公開を再開する理由を入力してください。"):
            published.publish(**said)
    again = published.publish(resumed_reason="確認を終えたため")
    assert (again.number, again.correction, again.resumed_reason) == (2, "", "確認を終えたため")


def test_a_withheld_text_that_was_corrected_names_what_was_corrected(published):
    published.withhold("個人名を含むため")
    record.add_entry(meeting=published.meeting, by=Actor(published.desk), item=published.items[0], text="直した行")
    published.approve()
    with pytest.raises(ValidationError, match="訂正箇所を入力してください。"):
        published.publish(resumed_reason="直したため")
    assert published.publish(correction="議題1").number == 2


def test_withholding_takes_every_revision_away(published):
    published.correct("もう一行")
    published.withhold()
    assert ReportRevision.objects.standing().count() == 0
    with pytest.raises(ValidationError, match="公開中の結果報告がありません。"):
        published.withhold("もう一度")


DECISION = {"kind": "decision", "decided_on": date(2021, 5, 25), "decided_by": "部長"}


def approve(first, shown=None, **changes):
    shown = compose(first.meeting).sha256 if shown is None else shown
    return reports.approve(meeting=first.meeting, by=Actor(first.desk), shown=shown, **DECISION | changes)


def test_a_decision_is_recorded_on_a_proof_only(published):
    with pytest.raises(ValidationError, match="決裁・供覧を記録できるのは「確認中」の結果報告だけです。"):
        approve(published)


def test_a_draft_is_not_decided_on(published):
    reports.take_back(meeting=published.meeting, by=Actor(published.desk), seen=published.report.version)
    with pytest.raises(ValidationError, match="決裁・供覧を記録できるのは「確認中」の結果報告だけです。"):
        approve(published)


def test_nobody_decides_on_a_text_that_their_page_did_not_show(published):
    published.take_back()
    shown = compose(published.meeting).sha256
    reports.send_for_review(meeting=published.meeting, by=Actor(published.desk), seen=published.report.version)
    record.add_entry(meeting=published.meeting, by=Actor(published.desk), item=published.items[0], text="あとの行")
    with pytest.raises(Conflict) as conflict:
        approve(published, shown)
    assert conflict.value.stored == compose(published.meeting).sha256


def test_nobody_publishes_or_withholds_a_text_that_their_page_did_not_show(published):
    for act, more in ((reports.publish, {"correction": "一行"}), (reports.withhold, {"reason": "確認のため"})):
        with pytest.raises(Conflict):
            act(meeting=published.meeting, by=Actor(published.desk), shown="another", **more)


def test_a_report_is_not_moved_past_its_decision(published):
    with pytest.raises(ValidationError, match="「決裁・供覧済み」の結果報告は、この操作ができません。"):
        reports.send_for_review(meeting=published.meeting, by=Actor(published.desk), seen=published.report.version)


def test_a_stale_page_does_not_move_the_report(published):
    with pytest.raises(Conflict):
        reports.take_back(meeting=published.meeting, by=Actor(published.desk), seen=published.report.version - 1)


def test_a_meeting_to_come_has_no_report_to_handle(published):
    with pytest.raises(ValidationError, match="会議を「開催済み」にした後に扱えます。"):
        reports.write_outcome(meeting=published.next_meeting, by=Actor(published.desk), seen=1, outcome="x")
