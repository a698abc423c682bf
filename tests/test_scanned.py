"""No file comes in past the virus scanner, by whatever door, and who sent one that is refused loses no word.

Slow, because every page of every role is opened to find the doors.
"""

import re

import pytest
from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from foundation.audit.models import Event
from foundation.ui.forms import Portal, PortalForm
from foundation.ui.incoming import REFUSED, Outcome
from opendata.models import Dataset
from opendata.table import originals
from tests import scanners
from tests.access import ROLES
from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk, undone, visitor
from tests.repository import name, python_files
from tests.world import World

FOUND, UNDECIDED = str(REFUSED[Outcome.FOUND]), str(REFUSED[Outcome.UNDECIDED])
TOILETS = "名称\n中央公園\n".encode()
# By role: how many forms have a place for a file, for the walk that meets fewer has lost its way.
DOORS = {"staff": 2, "administrator": 1, "desk": 2, "member": 2}


@pytest.fixture
def scanner(settings, tmp_path):
    def install(script=scanners.KNOWS_ONE):
        settings.VAR_DIR, settings.SCAN_COMMAND = tmp_path, scanners.write(tmp_path, script)

    return install


def file_of(data, title="公衆トイレ.csv"):
    return SimpleUploadedFile(title, data)


def scans():
    return list(Event.objects.filter(action="audit.scan").values_list("by", "target_label", "changes"))


def send(client, data, **fields):
    return client.post(reverse("opendata:upload"), {"file": file_of(data)} | fields)


# ASVS V5.4.3
def test_a_file_in_which_a_virus_was_found_is_not_taken(as_, kimura, scanner):
    scanner()
    page = send(as_(kimura), TOILETS + scanners.EICAR).content.decode()
    assert (FOUND in page, "EICAR" in page, Dataset.objects.count()) == (True, False, 0)
    assert not default_storage.exists(f"originals/{originals.digest(TOILETS + scanners.EICAR)}")


def test_the_audit_log_says_what_the_scanner_said_and_who_sent_it(as_, kimura, scanner):
    scanner()
    send(as_(kimura), scanners.EICAR)
    label = f"検出：{scanners.SAYS}（公衆トイレ.csv）"
    assert scans() == [(kimura.pk, label, {"接続元": "127.0.0.1"})]


# ASVS V5.4.3
def test_a_file_that_could_not_be_scanned_is_not_taken(as_, kimura, scanner):
    scanner("echo 'ERROR: Could not connect to clamd'; exit 2")
    page = send(as_(kimura), TOILETS).content.decode()
    assert (UNDECIDED in page, FOUND in page, Dataset.objects.count()) == (True, False, 0)
    assert scans()[0][1] == "検査できず：ended with 2: ERROR: Could not connect to clamd（公衆トイレ.csv）"


def test_a_clean_file_is_taken_and_read(as_, kimura, scanner):
    scanner()
    assert send(as_(kimura), TOILETS).status_code == 302
    assert (Dataset.objects.get().versions.get().rows.count(), scans()) == (1, [])


def test_a_refused_shape_of_the_town_is_not_even_read(as_, abe, scanner):
    """It would be no GeoJSON, and said to be none."""
    scanner()
    typed = {"name": "新見本市", "prefecture": "見本県", "code": "999997", "licence": "cc-by-4.0", "seen": 1}
    sent = typed | {"boundary": file_of(scanners.EICAR, "area.geojson")}
    page = as_(abe).post(reverse("members:edit_municipality"), sent).content.decode()
    assert (FOUND in page, "GeoJSON" in page.partition("error-summary")[2][:600]) == (True, False)
    assert 'value="新見本市"' in page


def holds_a_file(form):
    return any(isinstance(field, forms.FileField) for field in getattr(form, "base_fields", {}).values())


class SeveralAtOnce(forms.FileInput):
    allow_multiple_selected = True


class Readers(forms.FileField):
    """As a picture's, it reads in the file to judge it; and as some do, it takes several."""

    widget = SeveralAtOnce

    def __init__(self, *, read):
        super().__init__(required=False)
        self.read = read

    def clean(self, data, initial=None):
        self.read.extend(file.read() for file in data)
        return data


@pytest.mark.parametrize("place", [0, 1])
def test_no_field_reads_what_was_not_scanned_and_none_of_several_slips_by(scanner, place, db):
    scanner()
    read, files = [], [file_of(TOILETS), file_of(TOILETS)]

    class Sheets(PortalForm):
        sheets = Readers(read=read)

    assert Sheets({}, MultiValueDict({"sheets": files})).is_valid()
    assert read == [TOILETS, TOILETS]
    files[place] = file_of(scanners.EICAR)
    form = Sheets({}, MultiValueDict({"sheets": files}))
    assert (form.errors, len(read)) == ({"sheets": [FOUND]}, 2)
    assert scans() == [(None, f"検出：{scanners.SAYS}（公衆トイレ.csv）", {})]


# Every door there is, and every one there will be


@pytest.mark.parametrize("role", ROLES)
def test_no_form_that_anybody_can_open_takes_a_file_past_the_scanner(town, scanner, role):
    scanner("exit 1")
    world = World(town)
    walk = Walk(visitor(world, role))
    # The gallery of parts takes nothing.
    pages = [page for page in opened_by(role, world) if page != reverse("components")]
    doors = [form for form in walk.forms_on(pages) if form.files]
    for form in doors:
        sent = form.fields | {field: file_of(TOILETS) for field in form.files}
        with undone(walk.client):
            answer = walk.client.post(form.address, sent)
        assert (str(form), FOUND in answer.content.decode()) == (str(form), True)
    assert len(doors) >= DOORS.get(role, 0)


def test_every_form_of_ours_with_a_place_for_a_file_asks_the_scanner():
    def below(kind):
        return [found for sub in kind.__subclasses__() for found in (sub, *below(sub))]

    ours = [form for form in below(forms.BaseForm) if not form.__module__.startswith(("django.", "tests."))]
    takes = [form for form in ours if holds_a_file(form)]
    assert [form for form in takes if not issubclass(form, Portal)] == []
    assert len(takes) >= 6


def test_nobody_takes_a_file_out_of_a_request_but_a_form():
    """Where it stands, it is handed to a form as it is, or its name alone is asked for."""
    knows = {
        "foundation/http/typed.py",
        "foundation/http/middleware.py",
        "foundation/http/refusals.py",
        "meetings/views/desk/imports.py",
        "meetings/views/desk/materials.py",
        "meetings/views/desk/transcripts.py",
        "meetings/views/handouts.py",
        "members/views/_rosters.py",
        "members/views/_sheet.py",
        "members/views/manage/municipality.py",
        "opendata/views/staff.py",
        "reports/views/filed.py",
    }
    touches = {name(path) for path in python_files() if re.search(r"\.FILES\b", path.read_text())}
    assert touches == knows
