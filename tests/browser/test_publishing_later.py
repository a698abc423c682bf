"""A reviewer approves a large version and waits on the page until it is public."""

import re

import pytest
from playwright.sync_api import expect

from foundation.actions import Actor
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.jobs.worker import Worker
from opendata import actions
from opendata.catalogue import publishing
from tests.opendata.conftest import TOILETS, publication

WIDTHS = [390, 1280]


@pytest.fixture
def look(axe, overflow, shot):
    def look_(page, name):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            shot(page, f"publishing-{name}-{width}")
            assert overflow(page) == 0
        assert axe(page) == []

    return look_


@pytest.fixture
def large(kimura, environment_section, suzuki, monkeypatch):
    monkeypatch.setattr(publishing, "AT_ONCE", 1)
    by, given = Actor(kimura), {"standard": "public_toilet", "name": "公衆トイレ.csv", "data": TOILETS.encode()}
    version = actions.upload(department=environment_section, by=by, **given)
    version = actions.read(version=version, by=by)
    actions.accept_repairs(version=version, by=by, seen=version.version)
    version.refresh_from_db()
    version = actions.describe(version=version, by=by, seen=version.version, publication=publication(version))
    return actions.submit(version=version, by=by, seen=version.version)


def test_who_approved_sees_how_far_it_is_and_then_what_is_public(page, log_in, look, large, suzuki, kimura):
    log_in(page, suzuki)
    page.goto("/data/review/public-toilet/publish/")
    look(page, "approve")
    page.get_by_label("確認した所属長の氏名").fill("環境 長")
    page.get_by_label("確認した日").fill("2026-11-20")
    page.get_by_role("button", name="承認して公開する").click()
    expect(page.get_by_text("承認を受け付けました")).to_be_visible()
    look(page, "waiting")
    job = Job.objects.filter(kind=publishing.KIND)
    job.update(state=JobState.RUNNING, lease_until="2099-01-01T00:00Z", progress_done=3, progress_total=12)
    expect(page.get_by_label("作成の進み具合")).to_be_visible()
    look(page, "running")
    job.update(state=JobState.WAITING, lease_until=None)
    Worker().run_once()
    expect(page).to_have_url(re.compile("/data/public-toilet/$"))


def test_who_approved_what_could_not_be_published_reads_why(page, log_in, look, large, suzuki, kimura):
    Job.objects.create(
        kind=publishing.KIND,
        key=publishing.key_of(large, {}),
        state=JobState.FAILED,
        finished_at="2026-11-28T00:00Z",
        last_error="公開を停止したデータセットです。",
    )
    log_in(page, suzuki)
    page.goto("/data/review/public-toilet/")
    expect(page.get_by_text("公開できませんでした")).to_be_visible()
    look(page, "failed")
    log_in(page, kimura)
    Job.objects.update(state=JobState.WAITING, finished_at=None)
    page.goto("/data/mine/public-toilet/")
    look(page, "section")
