"""A large version is published by the worker: until its files are made it is not public, and its pages say so."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from foundation.actions import Actor, Conflict
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from foundation.mail.models import Email
from opendata import actions
from opendata.catalogue import publishing
from tests.opendata.conftest import CHECK, page, text

TYPED = {"head_name": "環境 長", "head_checked_on": "R8.11.20", "head_document_number": "環境第123号"}


@pytest.fixture
def large(submitted, monkeypatch):
    """Handed in, and called large."""
    monkeypatch.setattr(publishing, "AT_ONCE", 1)
    return submitted


@pytest.fixture
def later(suzuki):
    """`later(version, …)`: Suzuki has approved it."""

    def later_(version, **check):
        return actions.publish_later(version=version, by=Actor(suzuki), seen=version.version, **CHECK | check)

    return later_


@pytest.fixture
def desk(as_, suzuki):
    return as_(suzuki)


def during(job, **progress):
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, lease_until="2099-01-01T00:00Z", **progress)


def test_the_page_answers_before_anything_is_made(desk, client, large):
    answer = desk.post(page("publish"), TYPED | {"seen": large.version}, follow=True)
    assert answer.redirect_chain == [(page("review_version"), 302)]
    assert "公開するファイルの作成の順番を待っています。まだ公開していません。" in text(answer)
    large.refresh_from_db()
    assert (large.is_submitted, large.files.count()) == (True, 0)
    client.logout()
    assert client.get(page("dataset")).status_code == client.get(page("dataset_csv")).status_code == 404


def test_the_page_to_approve_says_that_it_takes_a_while(desk, large):
    assert "作成が終わると公開します。" in text(desk.get(page("publish")))


def test_the_worker_publishes_it_with_its_files_and_tells_the_section(large, later, suzuki, kimura):
    later(large)
    Worker().run_once()
    large.refresh_from_db()
    assert (large.is_published, large.published_by, large.head_name) == (True, suzuki, "環境 長")
    assert (large.head_checked_on, large.head_document_number) == (date(2026, 11, 20), "環境第123号")
    assert large.files.count() == 4
    assert Email.objects.filter(to=kimura, subject__contains="公開").count() == 1


def test_a_decision_is_carried_out_once_however_often_it_is_sent(large, later):
    assert later(large) == later(large)


def test_a_decision_that_was_mended_is_another(large, later):
    assert later(large) != later(large, head_name="環境 次長")


def test_while_it_waits_it_is_not_approved_again_but_can_be_returned(desk, large, later):
    later(large)
    assert desk.get(page("publish")).url == page("review_version")
    body = text(desk.get(page("review_version")))
    assert ("承認へ進む" in body, "差し戻す" in body) == (False, True)


def test_the_page_shows_how_far_it_is(desk, large, later):
    during(later(large), progress_done=3, progress_total=12)
    body = text(desk.get(page("review_version")))
    assert ("公開するファイルを作成しています" in body, 'max="100" value="25"' in body) == (True, True)


def test_before_it_is_known_how_much_there_is_the_page_shows_no_number(desk, large, later):
    during(later(large))
    assert '<progress class="progress" id="publishing-progress"></progress>' in text(
        desk.get(page("review_version"))
    )


def test_making_tells_of_every_block(large, suzuki):
    told = []
    actions.publish(
        version=large,
        by=Actor(suzuki),
        seen=large.version,
        **CHECK,
        progress=lambda *step: told.append(step),
    )
    assert told == [(1, 2), (2, 2), (2, 2)]


def test_the_section_reads_that_it_is_approved_and_not_yet_public(as_, kimura, large, later):
    later(large)
    body = text(as_(kimura).get(page("work")))
    assert ("承認されました" in body, "まだ公開していません。" in body, "確認し、所属長の" in body) == (
        True,
        True,
        False,
    )


def test_who_waited_on_the_page_comes_to_what_is_public(desk, large, later):
    later(large)
    Worker().run_once()
    assert desk.get(page("review_version")).url == page("dataset")


def test_who_waited_for_what_was_withdrawn_since_comes_to_why(desk, withdrawn):
    assert desk.get(page("review_version"), follow=True).status_code == 410


def test_what_was_returned_meanwhile_is_not_published(large, later, suzuki):
    job = later(large)
    actions.return_version(version=large, by=Actor(suzuki), seen=large.version, reason="緯度を確認してください。")
    Worker().run_once()
    job.refresh_from_db()
    large.refresh_from_db()
    assert (job.state, large.is_published, large.files.count()) == (JobState.FAILED, False, 0)
    assert job.last_error == "承認の後に、差し戻されたか内容が変更されたため、公開しませんでした。"


def test_what_changed_while_its_files_were_made_is_not_published(large, suzuki, monkeypatch):
    """The files are made before the version is held."""

    def meanwhile(done, _total):
        if done == 1:
            type(large).objects.filter(pk=large.pk).update(version=large.version + 1)

    with pytest.raises(Conflict):
        actions.publish(version=large, by=Actor(suzuki), seen=large.version, **CHECK, progress=meanwhile)


def test_why_it_was_not_published_is_told_and_it_can_be_approved_again(desk, large, later, suzuki):
    large.findings.create(row=4, column=1, code="required", level="error", message="必須の項目が空です。")
    job = Job.objects.create(
        kind=publishing.KIND,
        key=publishing.key_of(large, {}),
        state=JobState.FAILED,
        finished_at="2026-11-28T00:00Z",
        last_error="誤りが1か所残っています。",
    )
    body = text(desk.get(page("review_version")))
    assert [words in body for words in ("公開できませんでした", job.last_error, "承認へ進む")] == [True] * 3
    assert desk.get(page("publish")).status_code == 200


def test_an_attempt_that_failed_and_waits_for_the_next_is_told(desk, large, later):
    Job.objects.filter(pk=later(large).pk).update(last_error="OSError()")
    assert "しばらくしてからやり直します。" in text(desk.get(page("review_version")))


def test_what_would_be_refused_is_refused_at_once(desk, large):
    given = TYPED | {"head_checked_on": "2099-01-01", "seen": large.version}
    assert "確認した日に、先の日付は入力できません。" in text(desk.post(page("publish"), given))
    assert Job.objects.count() == 1  # the reviewers' email


def test_a_reviewer_who_is_one_no_longer_has_not_published(large, later, suzuki):
    job = later(large)
    suzuki.desk_grants.all().delete()
    Worker().run_once()
    job.refresh_from_db()
    large.refresh_from_db()
    assert (job.state, large.is_published) == (JobState.FAILED, False)


def test_what_is_refused_makes_no_files(submitted, kimura, settings):
    with pytest.raises(PermissionDenied):
        actions.publish(version=submitted, by=Actor(kimura), seen=submitted.version, **CHECK)
    assert not (settings.MEDIA_ROOT / "public").exists()


@pytest.mark.parametrize(("at_once", "later"), [(17, True), (18, False)])
def test_what_is_large_is_a_matter_of_cells(submitted, monkeypatch, at_once, later):
    """Three rows of six columns that are published."""
    monkeypatch.setattr(publishing, "AT_ONCE", at_once)
    assert publishing.takes_long(submitted) == later


def test_a_small_version_is_published_while_the_page_waits(desk, submitted):
    answer = desk.post(page("publish"), TYPED | {"seen": submitted.version})
    assert answer.url == reverse("opendata:dataset", args=["public-toilet"])
