"""A town that begins in the middle enters its meetings of before with the reports of before."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from meetings import proposals
from meetings.actions.meetings import create_meeting
from reports import actions as reports
from reports.actions import filed
from reports.compose.rows import Rows
from reports.formats.filed import Old
from reports.models import PublicReport, Report, ReportRevision
from tests import builders

BEGUN, ENDED = datetime(2024, 5, 10, 1, 0, tzinfo=UTC), datetime(2024, 5, 10, 3, 0, tzinfo=UTC)
TITLE = "第1回総合計画審議会 会議録"


@pytest.fixture
def group(db):
    return builders.make_group(slug="council", name="総合計画審議会")


@pytest.fixture
def suzuki(group):
    user = builders.make_user(family="鈴木")
    builders.make_grant(group=group, user=user)
    return user


def file_of(content=None, name="会議録.pdf"):
    return ContentFile(content or builders.pdf(), name)


def enter(group, by, number=1, text="", file=None, **more):
    old = Old(title=TITLE.replace("1", str(number)), text=text, file=file)
    held = {"held_from": BEGUN, "held_to": ENDED, "building": "市役所", "room": "", **more}
    return filed.file_report(group=group, by=Actor(by), number=number, old=old, **held)


def correct(revision, by, text="", shown=None, correction="日付"):
    return filed.correct_filed(
        meeting=revision.report.meeting,
        by=Actor(by),
        shown=shown or revision.sha256,
        old=Old(title=TITLE, text=text),
        correction=correction,
        held_from=BEGUN,
        held_to=ENDED,
        building="市役所",
        room="",
    )


def page(number=1, name="reports:report"):
    return reverse(name, args=["council", number])


def test_the_third_meeting_can_be_the_first_that_is_made_here(group, suzuki):
    enter(group, suzuki, 1, text="本文")
    enter(group, suzuki, 2, text="本文", held_from=BEGUN + timedelta(30), held_to=ENDED + timedelta(30))
    assert proposals.free_numbers(group) == [3]
    assert create_meeting(group=group, by=Actor(suzuki)).number == 3


def test_with_how_many_a_body_was_founded_is_not_known_of_a_meeting_of_before():
    """Else the third meeting's report would say that it was founded with nobody."""
    rows = SimpleNamespace(first_day={"members": {}}, day={"members": {"member": 7}})
    assert Rows.founders.fget(rows) == {"member": 7}


def test_it_stands_in_the_archive_with_its_mark_and_its_day(group, suzuki):
    enter(group, suzuki, file=file_of())
    row = PublicReport.objects.get()
    assert (row.title, str(row.held_on), row.summary) == (
        TITLE,
        "2024-05-10",
        "過去の会議録（ファイル）です。内容は、ファイルを御覧ください。",
    )


@pytest.mark.parametrize("asked", ["総合計画審議会", "令和6年5月10日", "将来像"])
def test_the_search_finds_title_and_day_and_the_text_where_it_is_given(group, suzuki, client, asked):
    enter(group, suzuki, text="将来像について説明があった。")
    assert TITLE in client.get(reverse("reports:archive"), {"q": asked}).content.decode()


def test_feed_and_sitemap_tell_of_it(group, suzuki, client):
    enter(group, suzuki, text="本文")
    assert TITLE in client.get(reverse("reports:feed")).content.decode()
    assert page() in client.get(reverse("sitemap")).content.decode()


def test_citizens_open_the_very_file(group, suzuki, client):
    content = builders.pdf("会議録の本文")
    enter(group, suzuki, file=file_of(content))
    assert page(name="reports:filed_file") in client.get(page()).content.decode()
    answer = client.get(page(name="reports:filed_file"))
    assert (answer["Content-Type"], b"".join(answer)) == ("application/pdf", content)


def test_the_folder_for_closed_networks_has_it_too(group, suzuki, tmp_path):
    content = builders.pdf()
    enter(group, suzuki, file=file_of(content))
    call_command("export_public", str(tmp_path / "public"))
    place = tmp_path / "public/groups/council/meetings/1/report"
    assert (place / "original.pdf").read_bytes() == content
    assert 'href="original.pdf"' in (place / "index.html").read_text(encoding="utf-8")


def test_it_is_corrected_like_the_others_and_keeps_its_file(group, suzuki, client):
    first = enter(group, suzuki, file=file_of())
    correct(first, suzuki, text="将来像について説明があった。")
    shown = client.get(page()).content.decode()
    assert "一部訂正（訂正箇所：日付）" in shown
    assert "将来像について説明があった。" in shown
    assert ReportRevision.objects.last().filed.sha256 == first.filed.sha256
    with pytest.raises(Conflict):
        correct(first, suzuki)


def test_a_correction_that_corrects_nothing_is_refused(group, suzuki):
    first = enter(group, suzuki, text="本文")
    with pytest.raises(ValidationError, match="変わったところがありません"):
        correct(first, suzuki, text="本文")
    assert ReportRevision.objects.count() == 1


def test_it_is_withheld_like_the_others_the_file_too(group, suzuki, client):
    revision = enter(group, suzuki, file=file_of())
    reports.withhold(
        meeting=revision.report.meeting, by=Actor(suzuki), shown=revision.sha256, reason="氏名が載っていたため"
    )
    names = ("reports:report", "reports:report_text", "reports:filed_file")
    assert [client.get(page(name=name)).status_code for name in names] == [410, 410, 410]
    assert not PublicReport.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "number"),
        ({"number": 2, "text": ""}, "file"),
        ({"number": 2, "held_to": timezone.now() + timedelta(1)}, "held_on"),
    ],
)
def test_what_cannot_be_is_refused_in_words(group, suzuki, more, field):
    enter(group, suzuki, text="本文")
    with pytest.raises(ValidationError) as refusal:
        enter(group, suzuki, **{"text": "本文", **more})
    assert list(refusal.value.message_dict) == [field]


def test_only_the_desk_enters_one(group):
    with pytest.raises(PermissionDenied):
        enter(group, builders.make_user(), text="本文")


def test_the_desk_enters_and_corrects_it_on_its_pages(group, suzuki, client):
    client.force_login(suzuki)
    typed = {"number": 1, "held_on": "R6.5.10", "starts": "10:00", "ends": "12:00", "title": TITLE, "text": ""}
    add = reverse("reports:file_report", args=["council"])
    assert "ファイルを選ぶか、本文を入力してください。" in client.post(add, typed).content.decode()
    upload = SimpleUploadedFile("会議録.pdf", builders.pdf())
    assert client.post(add, {**typed, "file": upload}).url == page()
    assert Event.objects.get(action="reports.file_report").by == suzuki
    draft = client.get(page(name="reports:draft"))
    assert draft.url == page(name="reports:correct_filed")
    shown = client.get(draft.url).context["form"].initial
    assert shown["title"] == TITLE
    again = {**typed, "title": f"{TITLE}（要旨）", "correction": "標題", "shown": shown["shown"]}
    assert client.post(draft.url, again).url == page()
    assert Report.objects.get().revisions.count() == 2
