"""Whatever an answer is that is no page: it says what it is, is saved rather than shown, and has a name of ours.

Slow, because each page is asked for by those who have one.
"""

from email.message import EmailMessage
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse

from opendata.states import VersionState
from tests import builders
from tests.access import PAGES
from tests.hostile.strings import SCRIPT
from tests.world import World

WHO = ["desk", "member", "administrator", "anonymous"]
HOSTILE = f'../../a"; filename=x.exe\r\nBcc: all@example.jp\u202e公衆;トイレ%0d%0a{SCRIPT}'
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT, CSV, JSON = "text/plain; charset=utf-8", "text/csv; charset=utf-8", "application/json"
CALENDAR = "text/calendar; charset=utf-8"
# Plain words for machines and for reading: no browser makes anything else of them (nosniff, tests/walk.py).
SHOWN = {
    "healthz": TEXT,
    "readyz": JSON,
    "robots": TEXT,
    "reports:report_text": TEXT,
    "reports:feed": "application/atom+xml; charset=utf-8",
    "reports:group_feed": "application/atom+xml; charset=utf-8",
    "opendata:dataset_places": "application/json; charset=utf-8",
    "opendata:review_places": "application/json; charset=utf-8",
    "sitemap": "application/xml; charset=utf-8",
}
SAVED = {
    "meetings:tally_csv": (CSV, "answers-dx-own-1.csv"),
    "meetings:pay_basis_xlsx": (XLSX, "pay-dx-own.xlsx"),
    "meetings:tally_xlsx": (XLSX, "answers-dx-own-1.xlsx"),
    "meetings:notice_file": (DOCX, "dx-own-1-notice.docx"),
    "meetings:day_paper": (DOCX, "dx-own-1-roll.docx"),
    "meetings:notice_copies": (DOCX, "dx-own-1-copies.docx"),
    "reports:draft_file": (DOCX, "dx-own-2-draft.docx"),
    "reports:package": ("application/zip", "dx-own-2-package.zip"),
    "reports:report_file": (DOCX, "dx-own-2-report.docx"),
    "meetings:calendar": (CALENDAR, "meeting-1.ics"),
    "meetings:personal_calendar": (CALENDAR, "meeting-1.ics"),
    "meetings:personal_feed": (CALENDAR, "dx-own.ics"),
    "meetings:group_calendar": (CALENDAR, "dx-own.ics"),
    "opendata:dataset_csv": (CSV, "data.csv"),
    "opendata:version_csv": (CSV, "data.csv"),
    "opendata:template_file": (XLSX, "aed.xlsx"),
    "members:roster_csv": (CSV, "dx-own-roster.csv"),
    "members:sheets_xlsx": (XLSX, "dx-own-sheets.xlsx"),
    "opendata:dataset_json": ("application/json; charset=utf-8", "data.json"),
}

# A picture stands in the page; drawn anew by us.
PHOTOS = ["members:own_photo", "members:personal_own_photo", "members:sheet_photo"]


@pytest.fixture
def world(town):
    return World(town)


@pytest.fixture
def answers(world):
    """Every answer that is no page, by its name."""
    found = {}
    for role in WHO:
        client = Client()
        if role != "anonymous":
            client.force_login(getattr(world, role))
        for name in PAGES:
            answer = client.get(world.url(name, "own"))
            if answer.status_code == 200 and not answer["Content-Type"].startswith("text/html"):
                found[name] = answer.headers
            answer.getvalue()
    return found


def name_in(disposition):
    """As a browser takes the header apart that knows only the plain name."""
    message = EmailMessage()
    message["Content-Disposition"] = disposition.partition("; filename*=")[0]
    return message["Content-Disposition"].content_disposition, message.get_filename()


# ASVS V3.2.1, V4.1.1, V5.4.1, V5.4.2
def test_each_says_what_it_is_and_is_saved_under_a_name_of_ours(answers):
    shown = {name: said["Content-Type"] for name, said in answers.items() if "Content-Disposition" not in said}
    saved = {
        name: (said["Content-Type"], *name_in(said["Content-Disposition"]))
        for name, said in answers.items()
        if name not in shown
    }
    assert shown == SHOWN
    files = {name: (kind, "attachment", file) for name, (kind, file) in SAVED.items()}
    assert saved == files | dict.fromkeys(PHOTOS, ("image/jpeg", "inline", "photo.jpg"))
    assert {said["X-Content-Type-Options"] for said in answers.values()} == {"nosniff"}


# ASVS V5.4.2
def test_a_hostile_title_stays_inside_its_part_of_the_header(world, client):
    dataset = builders.make_dataset(department=world.own.department, by=world.staff)
    builders.make_version(dataset=dataset, state=VersionState.PUBLISHED, title=HOSTILE)
    answer = client.get(reverse("opendata:dataset_csv", args=[dataset.slug]))
    plain, long = answer["Content-Disposition"].split("; filename*=UTF-8''")
    assert plain == 'attachment; filename="data.csv"'
    assert (long.isascii(), set(long) & set('";\r\n/ \\<>')) == (True, set())
    assert unquote(long) == f"{HOSTILE}_v1.csv"
