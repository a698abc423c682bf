"""A large file is read by the worker, while its page shows how far that is."""

import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from opendata import actions
from opendata.table import reading
from tests.opendata.conftest import CLEAN, TOILETS, codes


@pytest.fixture
def kept(kimura, environment_section, monkeypatch):
    """A file that is called large, kept and not yet read."""
    monkeypatch.setattr(reading, "AT_ONCE", 100)
    return actions.upload(
        department=environment_section,
        standard="public_toilet",
        name="一覧.csv",
        data=TOILETS.encode(),
        by=Actor(kimura),
    )


@pytest.fixture
def work(as_, kimura, kept):
    """`work()`: the text of the version's page as Kimura sees it."""

    def work_():
        response = as_(kimura).get(reverse("opendata:work", args=[kept.dataset.slug]))
        return response.content.decode()

    return work_


def test_the_page_answers_before_the_file_is_read(as_, kimura, kept, work):
    response = as_(kimura).post(reverse("opendata:read_again", args=[kept.dataset.slug]))
    assert response.url == reverse("opendata:work", args=[kept.dataset.slug])
    kept.refresh_from_db()
    assert (kept.is_read, "読み込みの順番を待っています" in work()) == (False, True)


def test_the_worker_reads_it(kimura, kept, work):
    actions.read_later(version=kept, by=Actor(kimura))
    Worker().run_once()
    kept.refresh_from_db()
    assert (kept.detected["rows"], codes(kept)) == (3, [("D4", "fullwidth"), ("F4", "choice-mark")])
    assert "提出までの手順" in work()


def test_asked_twice_it_is_read_once(kimura, kept):
    first = actions.read_later(version=kept, by=Actor(kimura))
    assert actions.read_later(version=kept, by=Actor(kimura)) == first


def test_the_page_tells_how_many_columns_are_judged(kimura, kept, work):
    job = actions.read_later(version=kept, by=Actor(kimura))
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, lease_until="2099-01-01T00:00Z", progress_done=3, progress_total=7
    )
    assert "7列のうち3列の確認が終わりました。" in work()


def test_before_the_columns_are_known_the_page_says_so(kimura, kept, work):
    job = actions.read_later(version=kept, by=Actor(kimura))
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, lease_until="2099-01-01T00:00Z")
    assert "ファイルを開いています。" in work()


def test_reading_tells_of_every_column(kimura, kept):
    told = []
    actions.read(version=kept, by=Actor(kimura), progress=lambda *step: told.append(step))
    assert told == [(column, 7) for column in range(1, 8)]


def test_a_file_that_was_replaced_before_its_turn_is_not_read(kimura, kept):
    job = actions.read_later(version=kept, by=Actor(kimura))
    actions.replace(dataset=kept.dataset, seen=kept.version, name="b.csv", data=CLEAN.encode(), by=Actor(kimura))
    Worker().run_once()
    job.refresh_from_db()
    kept.refresh_from_db()
    assert (job.state, kept.is_read) == (JobState.FAILED, False)
    assert job.last_error.startswith("読み込む前に、ファイルが差し替えられたか")


def test_a_reading_that_failed_says_why_and_can_be_asked_for_again(kimura, kept, work):
    job = actions.read_later(version=kept, by=Actor(kimura))
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, finished_at="2026-11-28T00:00Z", last_error="処理が途中で止まりました。"
    )
    assert ("処理が途中で止まりました。" in work(), "もう一度読み込む</button>" in work()) == (True, True)
    actions.read_later(version=kept, by=Actor(kimura))
    Worker().run_once()
    assert "提出までの手順" in work()


def test_a_sheet_that_could_not_be_read_leaves_what_was_read(kimura, kept, work):
    read = actions.read(version=kept, by=Actor(kimura))
    job = actions.read_later(version=read, by=Actor(kimura), way={"sheet": "別のシート"})
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, finished_at="2026-11-28T00:00Z", last_error="処理が途中で止まりました。"
    )
    body = work()
    assert [words in body for words in ("指定した読み取り方では読み込めませんでした", "提出までの手順")] == [
        True,
        True,
    ]


def test_who_may_no_longer_change_the_file_is_told_that_it_was_not_read(kimura, kept, work):
    """Between the press and the worker's turn the clerk has left the section."""
    job = actions.read_later(version=kept, by=Actor(kimura))
    kimura.postings.all().delete()
    Worker().run_once()
    job.refresh_from_db()
    assert (job.state, kept.rows.count()) == (JobState.FAILED, 0)
    assert job.last_error
