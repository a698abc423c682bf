"""A version that was handed in and is kept instead of published."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from opendata import actions
from opendata.models import DatasetVersion
from opendata.states import VersionState
from opendata.todo import todo
from tests.opendata.conftest import CLEAN, page, publication, text

WHY = "利用者が特定されるおそれがあるため"


def keep(version, by):
    return actions.keep_unpublished(version=version, by=Actor(by), seen=version.version, reason=WHY)


@pytest.fixture
def kept(submitted, suzuki):
    return keep(submitted, suzuki)


def test_it_is_kept_with_its_reason_and_its_section_is_told(kept, suzuki, kimura):
    assert (kept.state, kept.kept_reason) == (VersionState.KEPT, WHY)
    (email,) = Email.objects.filter(to=kimura)
    assert (email.subject, WHY in email.body) == ("【公開しないで保管】データセット「公衆トイレ一覧」", True)
    assert Event.objects.latest("id").changes["reason"] == WHY
    assert [item.text for user in (suzuki, kimura) for item in todo(user) if "公衆トイレ" in item.text] == []


def test_a_reason_is_needed(as_, submitted, suzuki):
    with pytest.raises(ValidationError, match="公開しないで保管する理由を入力してください"):
        actions.keep_unpublished(version=submitted, by=Actor(suzuki), seen=submitted.version, reason="")
    sent = as_(suzuki).post(page("keep_unpublished"), {"reason": "", "seen": submitted.version})
    assert "公開しない理由を入力してください。" in text(sent)


def test_citizens_find_nothing_of_it(client, kept):
    assert client.get(page("dataset")).status_code == 404
    assert "公衆トイレ" not in text(client.get(reverse("opendata:catalogue")))


def test_what_was_public_before_stays_public(client, published, kimura, suzuki):
    version = actions.replace(
        dataset=published.dataset, seen=0, name="次.csv", data=CLEAN.encode(), by=Actor(kimura)
    )
    version = actions.read(version=version, by=Actor(kimura))
    described = actions.describe(
        version=version, by=Actor(kimura), seen=version.version, publication=publication(version)
    )
    keep(actions.submit(version=described, by=Actor(kimura), seen=described.version), suzuki)
    public = text(client.get(page("dataset")))
    assert ("第1版" in public, WHY in public) == (True, False)


def test_the_section_reads_why_and_takes_it_up_again(section, kept):
    shown = text(section.get(page("work")))
    assert (WHY in shown, "課題には、提出済みとして数えます" in shown) == (True, True)
    assert section.get(page("replace")).url == page("work")
    told = section.post(page("take_up"), {"seen": kept.version}, follow=True)
    assert "作業を再開しました。" in text(told)
    version = DatasetVersion.objects.get()
    assert (version.state, version.kept_reason, version.kept_at) == (VersionState.DRAFT, "", None)


def test_the_reviewer_finds_it_and_has_it_before_them_again(as_, kept, suzuki, kimura):
    desk = as_(suzuki)
    assert WHY in text(desk.get(reverse("opendata:review")))
    assert WHY in text(desk.get(page("review_version")))
    desk.post(page("review_again"), {"seen": kept.version})
    assert DatasetVersion.objects.get().state == VersionState.SUBMITTED
    assert Email.objects.filter(to=kimura).latest("pk").subject == "【確認の再開】データセット「公衆トイレ一覧」"


def test_nobody_else_keeps_or_takes_up(submitted, suzuki, kimura):
    with pytest.raises(PermissionDenied):
        keep(submitted, kimura)
    kept = keep(submitted, suzuki)
    with pytest.raises(PermissionDenied):
        actions.take_up(version=kept, by=Actor(suzuki), seen=kept.version)
    with pytest.raises(PermissionDenied):
        actions.review_again(version=kept, by=Actor(kimura), seen=kept.version)


def test_until_it_is_decided_the_section_takes_back_what_it_handed_in(section, submitted, suzuki):
    assert "提出を取り消して直す" in text(section.get(page("work")))
    section.post(page("take_up"), {"seen": submitted.version})
    assert DatasetVersion.objects.get().state == VersionState.DRAFT
    assert [email.job.state for email in Email.objects.filter(to=suzuki)] == [JobState.CANCELLED]


def test_a_new_file_waits_until_work_goes_on(kept, kimura):
    with pytest.raises(ValidationError, match="先に、その版の作業を再開してください"):
        actions.replace(
            dataset=kept.dataset, seen=kept.version, name="次.csv", data=CLEAN.encode(), by=Actor(kimura)
        )
