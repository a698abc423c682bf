"""Whether citizens may read a material: said by who presents it or noted by the desk, of the day's version."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor, Conflict
from meetings import taken_back
from meetings.actions import consents, materials
from meetings.models import MaterialConsent
from meetings.models.material import for_citizens, of_the_day
from meetings.states import MaterialAudience, MaterialKind
from members import links
from members.actions.links import personal_link
from members.states import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
OWN = "/groups/dx-now/meetings/2/materials/own/"


@pytest.fixture
def talk(meeting, expert):
    """Tanaka's, on the agenda of the second meeting."""
    return builders.make_item(meeting=meeting, title="他市の取組", presenter=expert)


@pytest.fixture
def slides(meeting, suzuki, talk):
    """Brought for it by the desk."""
    return builders.make_material(meeting=meeting, by=suzuki, title="紹介", item=talk)


@pytest.fixture
def say(slides, tanaka):
    def do(yes=True, by=None, seen=1):
        return consents.consent_to_material(material=slides, by=by or Actor(tanaka), seen=seen, consents=yes)

    return do


@pytest.fixture
def note(slides, suzuki):
    def do(yes=True, by=None, **fields):
        said = {"name": "例田花子", "given_on": builders.LONG_AGO, "how": "電話", "seen": 1} | fields
        return consents.note_consent(material=slides, by=by or Actor(suzuki), consents=yes, **said)

    return do


def titles(versions):
    return [(version.material.title, version.number) for version in versions]


def test_nothing_is_for_citizens_until_its_presenter_says_so(meeting, say):
    assert for_citizens(meeting) == []
    say()
    assert titles(for_citizens(meeting)) == [("紹介", 1)]
    say(False)
    assert for_citizens(meeting) == []


def test_a_presenter_says_so_after_logging_in_and_takes_it_back(as_, tanaka, slides):
    browser = as_(tanaka)
    address = f"{OWN}{slides.pk}/consent/"
    assert "公開に同意する" in browser.get(OWN).content.decode()
    browser.post(address, {"consents": "yes", "seen": 1})
    assert "同意を取り消す" in browser.get(OWN).content.decode()
    browser.post(address, {"seen": 1})
    said = MaterialConsent.objects.values_list("consents", "membership__user", "way", "recorded_by")
    assert list(said) == [(True, tanaka.pk, "login", tanaka.pk), (False, tanaka.pk, "login", tanaka.pk)]


def test_by_link_it_is_noted_that_it_was_by_link(client, suzuki, meeting, expert, slides):
    link = personal_link(membership=expert, purpose=Purpose.MEETING, by=Actor(suzuki))
    address = reverse("meetings:personal_consent_to_material", args=[links.token(link), 2, slides.pk])
    client.post(address, {"consents": "yes", "seen": 1})
    assert [(said.way, said.who) for said in MaterialConsent.objects.all()] == [("link", str(expert.user))]


def test_the_desk_notes_who_said_so_when_and_how(as_, suzuki, slides):
    desk, address = as_(suzuki), f"/groups/dx-now/desk/meetings/2/materials/{slides.pk}/consent/"
    desk.post(address, {"seen": 1, "consents": "yes", "name": "例田花子", "given_on": "R3.5.18", "how": "電話"})
    said = MaterialConsent.objects.get()
    assert (said.name, str(said.given_on), said.way, said.how) == ("例田花子", "2021-05-18", "noted", "電話")
    assert "例田花子" in desk.get(address).content.decode()


def test_what_was_said_twice_is_kept_once(say, note):
    assert (say() == say(), note() == note()) == (True, True)
    assert MaterialConsent.objects.count() == 2


def test_nobody_says_so_for_another_presenter(say, sato, suzuki):
    for user in (sato, suzuki):
        with pytest.raises(PermissionDenied, match="その議題の説明者の方だけです"):
            say(by=Actor(user))


def test_only_the_desk_notes_it(note, tanaka):
    with pytest.raises(PermissionDenied, match="事務局の担当者だけが行えます"):
        note(by=Actor(tanaka))


def test_what_somebody_will_say_tomorrow_is_not_noted(note):
    with pytest.raises(ValidationError, match="今日までの日付"):
        note(given_on=timezone.localdate() + timedelta(days=1))


def test_of_another_version_it_needs_to_be_said_anew(meeting, suzuki, say, slides):
    say()
    builders.make_material_version(material=slides, by=suzuki, data=builders.pdf("改め"))
    assert for_citizens(meeting) == []
    assert titles(of_the_day(meeting)) == [("紹介", 2)]


def test_a_page_that_somebody_overtook_says_nothing_and_what_is_no_file_is_not_asked_about(
    say, note, suzuki, slides
):
    given = materials.Given(kind=MaterialKind.LINK, url="https://example.jp/")
    materials.replace_material(material=slides, by=Actor(suzuki), seen=1, given=given)
    for do in (say, note):
        with pytest.raises(Conflict):
            do()
        with pytest.raises(ValidationError, match="ファイルで登録したものだけです"):
            do(seen=2)


def test_after_the_meeting_the_version_of_the_day_stays_it(meeting, suzuki, slides):
    """What was brought afterwards is of the day as it was brought first."""
    until = timezone.now()
    after = until + timedelta(hours=1)
    slides.versions.update(made_at=until)
    late = builders.make_material(meeting=meeting, by=suzuki, title="席上配布")
    late.versions.update(made_at=after)
    for material in (slides, late):
        builders.make_material_version(material=material, by=suzuki, data=builders.pdf("改め"), made_at=after)
    meeting.held_to = until
    assert titles(of_the_day(meeting)) == [("紹介", 1), ("席上配布", 1)]
    meeting.held_to = None
    assert titles(of_the_day(meeting)) == [("紹介", 2), ("席上配布", 2)]


def test_what_stands_in_public_is_neither_taken_back_nor_kept_from_the_meeting_s_people(
    meeting, say, note, suzuki, slides
):
    say()
    consents.enter_public(for_citizens(meeting))
    for do in (say, note):
        with pytest.raises(ValidationError, match="先に、結果報告の公開を停止する必要があります"):
            do(False)
    by = {"material": slides, "by": Actor(suzuki), "seen": 1}
    with pytest.raises(ValidationError, match="先に、結果報告の公開を停止してください"):
        materials.withdraw_material(**by)
    with pytest.raises(ValidationError, match="先に、結果報告の公開を停止してください"):
        materials.edit_material(title="紹介", item=slides.item, audience=MaterialAudience.DESK, **by)
    consents.leave_public(meeting)
    say(False)
    assert for_citizens(meeting) == []


def test_what_was_taken_back_stays_so_after_a_restore(say, slides):
    say()
    said = {
        "membership": None,
        "by": None,
        "name": "例田",
        "way": "noted",
        "how": "電話",
        "given_on": "2021-05-18",
    }
    version = slides.versions.get()
    assert taken_back.consent(version.pk, said) == version.consents.last()
    assert not version.consents.last().consents
    assert taken_back.consent(version.pk, said) is None
