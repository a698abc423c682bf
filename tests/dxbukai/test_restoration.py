"""Yesterday's backup comes back, and none of the doors that were shut since.

Slow, some two seconds each: a house is backed up, emptied and filled.
"""

import shutil
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor, Via
from foundation.audit.models import Event
from foundation.jobs.models import Job
from foundation.jobs.worker import Worker
from foundation.ledger import notes
from foundation.ledger.held import Known, is_held
from foundation.ledger.models import Restoration
from meetings.actions.materials import withdraw_material
from meetings.models import MaterialVersion
from meetings.states import MeetingState
from members import links
from members.actions import groups, memberships, people, sheets
from members.actions.factors import reset_factor
from members.actions.links import personal_link, revoke_link
from members.actions.photos import remove_photo
from members.models import DeskGrant, IntroSheet, PersonalLink, Posting, SheetPhoto, User, WorkingGroup
from members.states import Audience, Purpose
from members.taken_back import note_password
from opendata.actions import withdraw
from opendata.models import Dataset
from opendata.states import VersionState
from reports import actions as reports
from reports.formats.blocks import Block, BlockKind, generated, to_json
from reports.models import Report, ReportRevision
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
OLD, NEW = "old words of sato 2026", "new words of sato 2026"


class House:
    """Everything that can be taken back, and still stands open."""

    def __init__(self, sato, suzuki, kimura, abe, group):
        self.sato, self.suzuki, self.kimura, self.abe, self.group = sato, suzuki, kimura, abe, group
        self.desk, self.administrator = Actor(suzuki), Actor(abe)
        self.member = sato.memberships.get()
        sato.set_password(OLD)
        sato.save()
        User.objects.filter(pk=kimura.pk).update(is_data_steward=True)
        self.app = builders.make_app(user=abe)
        self.link = personal_link(membership=self.member, purpose=Purpose.MEETING, by=self.desk)
        self.token = links.token(self.link)
        sheet = builders.make_sheet(
            membership=self.member, is_example=True, offers_problem=True, problems="待ち時間"
        )
        builders.make_photo(sheet=sheet)
        self.later = builders.make_membership(group=group, valid_from=TODAY + timedelta(days=9))
        self.other = builders.make_group(slug="other", is_public=True)
        meeting = builders.make_meeting(group=group, state=MeetingState.HELD)
        self.material = builders.make_material(meeting=meeting, by=suzuki)
        builders.keep_file(builders.pdf())
        self.report = Report.objects.create(meeting=meeting)
        title = to_json([Block(BlockKind.TITLE, "title", (generated("結果報告"),))])
        self.revision = ReportRevision.objects.create(
            report=self.report,
            number=1,
            blocks=title,
            text="本文",
            sha256="0" * 64,
            published_by=suzuki,
        )
        department = sato.postings.get().department
        self.dataset = builders.make_dataset(department=department, by=sato, slug="toilets")
        builders.make_version(dataset=self.dataset, state=VersionState.PUBLISHED)

    def take_everything_back(self):
        revoke_link(link=self.link, by=self.desk)
        fields = {"is_active": True, "is_data_steward": False, "email": "kimura.new@example.jp"}
        people.edit_person(person=self.kimura, by=self.administrator, seen=self.kimura.version, **fields)
        self.choose_password(NEW)
        people.end_posting(posting=self.kimura.postings.get(), by=self.administrator, valid_to=YESTERDAY)
        texts = {"duties": "", "problems": "", "wants": "窓口", "skills": "", "message": ""}
        remove_photo(membership=self.member, by=Actor(self.sato))
        seen = IntroSheet.objects.get().version
        texts |= {"is_example": False, "offers_problem": False}
        sheets.submit_sheet(
            membership=self.member, by=Actor(self.sato), page=uuid4(), seen=seen, audience=Audience.DESK, **texts
        )
        memberships.end_membership(membership=self.member, by=self.desk, valid_to=YESTERDAY)
        term = self.later.terms.get()
        soon = {"valid_from": TODAY + timedelta(days=9), "valid_to": TODAY + timedelta(days=9)}
        memberships.correct_term(term=term, by=self.desk, seen=term.version, **soon)
        other = WorkingGroup.objects.get(pk=self.other.pk)
        groups.edit_group(group=other, by=self.administrator, seen=other.version, is_public=False)
        reports.withhold(
            meeting=self.report.meeting, by=self.desk, shown="0" * 64, reason="個人の氏名が含まれていたため"
        )
        withdraw_material(material=self.material, by=self.desk, seen=1)
        withdraw(dataset=self.dataset, by=Actor(self.sato), reason="誤りがあったため")
        reset_factor(person=self.abe, by=Actor(None, Via.COMMAND), reason="紛失")
        grant = DeskGrant.objects.get(user=self.suzuki)
        groups.end_grant(grant=grant, by=self.administrator, valid_to=YESTERDAY)

    @transaction.atomic
    def choose_password(self, password):
        self.sato.set_password(password)
        self.sato.save()
        note_password(self.sato)

    def open_doors(self):
        """What an old secret, an ended right or a citizen opens."""
        sato, kimura = User.objects.get(pk=self.sato.pk), User.objects.get(pk=self.kimura.pk)
        doors = {
            "link": links.find_by_token(self.token),
            "app": Authenticator.objects.filter(pk=self.app.pk).exists(),
            "password": sato.check_password(OLD),
            "steward": kimura.is_data_steward,
            "address": kimura.email == "kimura@example.jp",
            "posting": Posting.objects.current().filter(user=kimura).exists(),
            "membership": self.member.terms.current().exists(),
            "part to come": self.later.terms.on(TODAY + timedelta(days=10)).exists(),
            "sheet": IntroSheet.objects.shown().exists(),
            "photo": SheetPhoto.objects.exists(),
            "example": IntroSheet.objects.filter(is_example=True).exists(),
            "offer": IntroSheet.objects.filter(offers_problem=True).exists(),
            "desk": DeskGrant.objects.current().filter(user=self.suzuki).exists(),
            "group": WorkingGroup.objects.filter(pk=self.other.pk, is_public=True).exists(),
            "material": MaterialVersion.objects.for_people().exists(),
            "report": ReportRevision.objects.standing().exists(),
            "dataset": Dataset.objects.filter(withdrawn_at__isnull=True).exists(),
        }
        return sorted(name for name, is_open in doors.items() if is_open)


@pytest.fixture
def house(sato, suzuki, kimura, abe, group):
    return House(sato, suzuki, kimura, abe, group)


@pytest.fixture
def saved(tmp_path):
    return tmp_path / "saved"


def bring_back(folder):
    call_command("flush", interactive=False, verbosity=0)
    call_command("restore", folder)


def test_nothing_that_was_taken_back_since_stands_open(house, saved, capsys):
    call_command("backup", saved)
    everything = house.open_doors()
    house.take_everything_back()
    assert (len(everything), house.open_doors()) == (17, [])
    bring_back(saved)
    assert house.open_doors() == []
    restoration = Restoration.objects.get()
    assert restoration.ledger_was_whole
    assert restoration.shut_again == {
        "factors": 1,
        "grant": 1,
        "group": 1,
        "link": 1,
        "material": 1,
        "password": 1,
        "person": 1,
        "photo": 1,
        "posting": 1,
        "sheet": 1,
        "term": 2,
        "dataset": 1,
        "report": 1,
    }
    assert Event.objects.filter(action="ledger.shut_again").count() == 14
    told = "改めて取り消しました：データセットの公開1件、二段階認証の方法1件、事務局の権限1件、"
    assert told in capsys.readouterr().out


def test_without_a_note_each_of_them_would_stand_open(house, saved, settings):
    """The backup's mark is there, and nothing was noted since."""
    call_command("backup", saved)
    everything = house.open_doors()
    house.take_everything_back()
    shutil.rmtree(settings.MEDIA_ROOT / f"ledger/{TODAY.year}")
    bring_back(saved)
    assert (house.open_doors(), Restoration.objects.get().shut_again) == (everything, {})


def test_the_address_that_went_out_last_still_opens(house, saved):
    call_command("backup", saved)
    token = links.token(revoke_link(link=house.link, by=house.desk))
    bring_back(saved)
    assert links.find_by_token(token) == house.link


def test_what_was_given_again_is_not_taken(house, saved):
    """The steward of yesterday was none for an hour."""
    call_command("backup", saved)
    for is_data_steward in (False, True):
        kimura = User.objects.get(pk=house.kimura.pk)
        rights = {"is_data_steward": is_data_steward}
        people.edit_person(person=kimura, by=house.administrator, seen=kimura.version, **rights)
    bring_back(saved)
    assert (house.open_doors().count("steward"), Restoration.objects.get().shut_again) == (1, {})


def test_a_part_that_never_began_does_not_begin(house, saved):
    call_command("backup", saved)
    with pytest.raises(ValidationError):
        memberships.end_membership(membership=house.later, by=house.desk, valid_to=TODAY)
    now = house.later.terms.create(valid_from=TODAY, valid_to=TODAY, category="member")
    memberships.end_membership(membership=house.later, by=house.desk, valid_to=TODAY)
    bring_back(saved)
    assert not house.later.terms.exclude(pk=now.pk).exists()


def test_notes_from_before_the_backup_are_about_rows_that_another_restore_has_undone(house, saved):
    """The number of a link of that time is somebody else's link now."""
    revoke_link(link=house.link, by=house.desk)
    PersonalLink.objects.filter(pk=house.link.pk).update(nonce=7)
    call_command("backup", saved)
    bring_back(saved)
    assert (PersonalLink.objects.get().nonce, Restoration.objects.get().shut_again) == (7, {})


def test_a_note_that_could_not_be_written_is_written_by_the_worker(house, saved, settings):
    """The storage was away when the link was revoked."""
    call_command("backup", saved)
    place = settings.MEDIA_ROOT
    place.rename(place.with_name("away"))
    place.touch()
    revoke_link(link=house.link, by=house.desk)
    place.unlink()
    place.with_name("away").rename(place)
    assert list(notes.notes()) == []
    Job.objects.filter(kind=notes.NAME).update(due_at=timezone.now())
    Worker().run_once()
    assert [(note.kind, note.pk) for note in notes.notes()] == [("link", house.link.pk)]
    bring_back(saved)
    assert "link" not in house.open_doors()


def test_the_notes_are_in_no_backup(house, saved):
    """An old copy of them would say that nothing was taken back since."""
    revoke_link(link=house.link, by=house.desk)
    call_command("backup", saved)
    assert [note.kind for note in notes.notes()] == ["link"]
    assert list((saved / "files").glob("**/ledger*")) == []


def test_a_worker_writes_no_note_twice(house):
    revoke_link(link=house.link, by=house.desk)
    Job.objects.filter(kind=notes.NAME).update(due_at=timezone.now())
    Worker().run_once()
    assert [note.kind for note in notes.notes()] == ["link"]


def test_a_note_that_this_release_does_not_know_stops_the_restore(house, saved, settings):
    call_command("backup", saved)
    revoke_link(link=house.link, by=house.desk)
    settings.LEDGER = {}
    with pytest.raises(CommandError, match=r"この版のプログラムが知らない種類（link）"):
        bring_back(saved)
    assert not User.objects.exists()


# Where the notes are lost


@pytest.fixture
def lost(house, saved, settings, tmp_path, monkeypatch, capsys):
    """Restored on another machine, whose storage has no notes."""
    call_command("backup", saved)
    house.take_everything_back()
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    bring_back(saved)
    monkeypatch.setattr(Known, "is_open", False)
    return house


def test_without_the_notes_no_link_opens_and_the_command_says_so(lost, capsys):
    assert "link" not in lost.open_doors()
    assert (Restoration.objects.get().ledger_was_whole, Restoration.objects.get().shut_again) == (
        False,
        {"link": 1},
    )
    said = capsys.readouterr().out
    assert "取消しの控えがこのファイル置き場にないため" in said
    assert "回答用リンクを全て使えなくし（回答用リンク1件）、公開ページを止めています" in said


PUBLIC = ["/", "/groups/", "/data/", "/data/toilets/", "/groups/dx-now/meetings/1/report/"]


def test_without_the_notes_citizens_wait_until_somebody_has_looked(lost, client, as_):
    pages = [client.get(address) for address in PUBLIC]
    assert {(page.status_code, page["Retry-After"], page["Cache-Control"]) for page in pages} == {
        (503, "3600", "no-store")
    }
    assert "職員が確認しています" in pages[0].content.decode()
    assert client.get(reverse("account_login")).status_code == 200
    administrator = as_(lost.abe)
    assert "復元した内容を確認し、公開を再開する" in administrator.get("/").content.decode()
    page = administrator.get(reverse("restoration")).content.decode()
    assert "公衆トイレ一覧" in page
    done = administrator.post(reverse("restoration"), follow=True)
    assert [str(message) for message in done.context["messages"]] == ["公開を再開しました。"]
    client.logout()
    assert {client.get(address).status_code for address in PUBLIC} == {200}
    assert list(Event.objects.filter(action="ledger.release").values_list("by", flat=True)) == [lost.abe.pk]


def test_people_of_the_house_read_what_citizens_do_not_see_yet(lost, as_):
    sato = User.objects.get(pk=lost.sato.pk)
    assert {as_(sato).get(address).status_code for address in PUBLIC} == {200}


def test_a_second_press_changes_nothing(lost, as_):
    for _ in range(2):
        assert as_(lost.abe).post(reverse("restoration")).status_code == 302
    assert Event.objects.filter(action="ledger.release").count() == 1


def test_a_house_that_was_never_restored_has_nothing_to_release(abe, as_):
    page = as_(abe).get(reverse("restoration"))
    assert "復元した記録はありません" in page.content.decode()
    assert as_(abe).post(reverse("restoration")).status_code == 200
    assert not Restoration.objects.exists()


def test_an_empty_house_asks_again_each_time(town, monkeypatch):
    """It may yet be restored into."""
    monkeypatch.setattr(Known, "is_open", False)
    assert (is_held(), Known.is_open) == (False, False)
    builders.make_group()
    Event.objects.create(action="x", target_type="x", target_id=1, via="system")
    assert (is_held(), Known.is_open) == (False, True)
