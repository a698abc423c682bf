"""Progress goes over a connection of its own, so these tests commit."""

import pytest
from django.db import connection, transaction

from foundation.jobs import progress, queue
from foundation.jobs.models import Job, Progress
from foundation.jobs.registry import Kind
from foundation.jobs.worker import Worker, reporting


def seen_by_a_page():
    return Job.objects.get().progress


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(progress, "PAUSE", 0)


@pytest.mark.parametrize(("done", "total", "percent"), [(1, 3, 33), (3, 3, 100), (5, 0, None), (4, 3, 100)])
def test_progress_in_hundredths(done, total, percent):
    assert Progress(done, total, "").percent == percent


@pytest.mark.django_db(transaction=True)
def test_a_page_sees_progress_while_the_work_is_still_uncommitted(queue_up, hurried):
    queue_up("a", "count")
    job = queue.take("count", Kind.lease)
    other = connection.copy()
    with transaction.atomic(), reporting(job, Kind.lease):
        job.report(1, 3, "数えています。")
        with other.cursor() as cursor:
            cursor.execute("SELECT progress_done, progress_total, progress_note FROM jobs_job")
            assert cursor.fetchall() == [(1, 3, "数えています。")]
    other.close()


@pytest.mark.django_db(transaction=True)
def test_each_report_gives_the_job_another_lease_and_the_end_is_still_ours(queue_up, hurried):
    queue_up("a", "count")
    job = queue.take("count", Kind.lease)
    before = job.lease_until
    with reporting(job, Kind.lease):
        job.report(1, 3)

    assert Job.objects.get().lease_until == job.lease_until > before
    assert queue.done(job)


@pytest.mark.django_db(transaction=True)
def test_who_lost_the_job_reports_no_more(queue_up, hurried):
    queue_up("a", "count")
    job = queue.take("count", Kind.lease)
    queue.cancel(job)
    with reporting(job, Kind.lease):
        job.report(1, 3)

    assert seen_by_a_page() == Progress(0, 0, "")


@pytest.mark.django_db(transaction=True)
def test_work_that_takes_no_time_opens_no_second_connection(queue_up):
    queue_up("a", "count")
    job = queue.take("count", Kind.lease)
    with reporting(job, Kind.lease) as reporter:
        job.report(3, 3)
        assert reporter.side.connection is None


def test_outside_a_worker_a_handler_may_report_and_nothing_is_written(queue_up):
    job = queue_up("a", "count")
    job.report(2, 3, "数えています。")

    assert job.progress == Progress(2, 3, "数えています。")
    assert seen_by_a_page() == Progress(0, 0, "")


def test_the_end_of_the_work_is_the_end_of_its_progress(queue_up):
    queue_up("a", "count")
    Worker().run_once()

    assert seen_by_a_page() == Progress(3, 3, "数えています。")
