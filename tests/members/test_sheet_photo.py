"""顔写真: put there by its person, drawn anew, read by whoever reads the sheet, and gone when its person says so.

Slow where a file is read: a process of its own draws it.
"""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.db import clock
from members import links
from members.actions.links import personal_link
from members.actions.photos import put_photo, remove_photo
from members.forms import sheets as forms
from members.models import SheetPhoto
from members.states import Audience, Purpose, SheetState
from tests import builders, photos
from tests.members.test_member_pages import typed

JPEG = b"\xff\xd8\xff"


def url(name, *args):
    return reverse(f"members:{name}", args=args)


def sent(data, name="IMG_0001.HEIC"):
    return {"photo": SimpleUploadedFile(name, data)}


@pytest.fixture
def link(member, suzuki):
    return personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki))


def test_a_member_puts_the_photo_of_a_phone_there(as_, sato, member, group):
    client = as_(sato)
    page = client.post(url("edit_photo", group.slug), sent(photos.heic()), follow=True)
    assert page.redirect_chain == [(url("edit_sheet", group.slug), 302)]
    assert "顔写真を登録しました。" in page.content.decode()
    picture = client.get(url("own_photo", group.slug))
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store")
    assert (picture.content[:3], b"PHONE 4711" in picture.content) == (JPEG, False)
    assert list(Event.objects.values_list("action", flat=True)) == ["members.put_photo"]


def test_by_link_one_puts_it_there_as_that_person(client, link, member):
    token = links.token(link)
    page = client.post(url("personal_edit_photo", token), sent(photos.jpeg()), follow=True)
    assert page.redirect_chain == [(url("personal_sheet", token), 302)]
    assert client.get(url("personal_own_photo", token)).content[:3] == JPEG
    assert SheetPhoto.objects.get().sheet.membership == member


def test_what_is_no_photo_is_told_in_a_sentence_and_the_old_one_stays(as_, sato, member, group):
    photo = builders.make_photo(sheet=builders.make_sheet(membership=member))
    page = as_(sato).post(url("edit_photo", group.slug), sent(b"%PDF-1.7"))
    assert page.context["form"].errors == {
        "photo": [
            (
                "このファイルは写真として読み取れませんでした。"
                "写真（JPEG、PNG、HEIC、WebP）を選び直してください。登録済みの写真は変わっていません。"
            )
        ]
    }
    assert SheetPhoto.objects.get().sha256 == photo.sha256


def test_a_photo_of_too_many_bytes_is_not_even_opened(as_, sato, member, group, monkeypatch):
    monkeypatch.setattr(forms, "MOST_PHOTO_BYTES", 10)
    page = as_(sato).post(url("edit_photo", group.slug), sent(photos.bomb()))
    assert [sentence[:9] for sentence in page.context["form"].errors["photo"]] == ["写真が大きすぎます"]


def test_with_no_file_chosen_one_is_asked_for(as_, sato, member, group):
    page = as_(sato).post(url("edit_photo", group.slug))
    assert page.context["form"].errors == {"photo": ["写真を選択してください。"]}


def test_a_photo_before_the_first_word_does_not_stop_the_page_that_is_open(as_, sato, member, group):
    """The page was opened before there was a sheet, and is sent after the photo has begun one."""
    put_photo(membership=member, by=Actor(sato), jpeg=builders.drawn())
    assert as_(sato).post(url("edit_sheet", group.slug), typed(seen=0)).status_code == 302
    assert (member.sheet.state, SheetPhoto.objects.get().sheet) == (SheetState.SUBMITTED, member.sheet)


def test_another_photo_takes_the_place_of_the_first(member, sato):
    for colour in ((10, 10, 10), (200, 200, 200)):
        put_photo(membership=member, by=Actor(sato), jpeg=builders.drawn(colour))
    assert bytes(SheetPhoto.objects.get().jpeg) == builders.drawn((200, 200, 200))


def test_nobody_puts_a_photo_into_the_sheet_of_another(member, suzuki, tanaka):
    for other in (suzuki, tanaka):
        with pytest.raises(PermissionDenied):
            put_photo(membership=member, by=Actor(other), jpeg=builders.drawn())
        with pytest.raises(PermissionDenied):
            remove_photo(membership=member, by=Actor(other))


@pytest.mark.parametrize(
    ("state", "audience", "readers"),
    [
        (SheetState.SHOWN, Audience.GROUP, ["sato", "tanaka", "suzuki"]),
        (SheetState.SUBMITTED, Audience.GROUP, ["sato", "suzuki"]),
        (SheetState.SUBMITTED, Audience.DESK, ["sato", "suzuki"]),
        (SheetState.DRAFT, Audience.GROUP, ["sato"]),
    ],
)
def test_the_photo_is_read_by_whoever_reads_the_sheet(
    as_, sato, tanaka, suzuki, kimura, stranger, abe, member, group, state, audience, readers
):
    sheet = builders.make_sheet(membership=member, state=state, audience=audience)
    builders.make_photo(sheet=sheet)
    people = {"sato": sato, "tanaka": tanaka, "suzuki": suzuki, "kimura": kimura, "other": stranger, "abe": abe}
    address = url("sheet_photo", group.slug, sheet.pk)
    assert [name for name, person in people.items() if as_(person).get(address).status_code == 200] == readers


def test_a_sheet_without_a_photo_has_none(as_, sato, member, group):
    sheet = builders.make_sheet(membership=member)
    assert as_(sato).get(url("sheet_photo", group.slug, sheet.pk)).status_code == 404
    assert as_(sato).get(url("own_photo", group.slug)).status_code == 404


def test_pages_show_the_photo_where_there_is_one(as_, sato, member, expert, group):
    builders.make_sheet(membership=member)
    sheet = builders.make_sheet(membership=expert)
    builders.make_photo(sheet=sheet)
    photo = url("sheet_photo", group.slug, sheet.pk)
    showing = [("sheets", group.slug), ("sheet", group.slug, sheet.pk)]
    pages = [as_(sato).get(url(*args)).content.decode() for args in showing]
    assert [page.count(f'src="{photo}"') for page in pages] == [1, 1]
    assert [page.count("田中 三郎さんの顔写真") for page in pages] == [1, 1]
    assert [page.count('class="portrait"') for page in pages] == [1, 1]


def test_its_person_takes_it_away_also_when_nothing_else_can_be_changed(as_, sato, member, group):
    builders.make_photo(sheet=builders.make_sheet(membership=member))
    member.terms.update(valid_to="2026-04-01")
    page = as_(sato).post(url("remove_photo", group.slug), follow=True)
    assert ("顔写真を削除しました。" in page.content.decode(), SheetPhoto.objects.count()) == (True, 0)


def test_to_take_away_what_is_not_there_is_no_deed(as_, sato, member, group):
    builders.make_sheet(membership=member)
    as_(sato).post(url("remove_photo", group.slug))
    assert not Event.objects.exists()


def test_after_the_last_day_no_photo_is_put_there(as_, sato, member, group):
    group.sheets_lock_on = clock.today().replace(year=2020)
    group.save()
    page = as_(sato).post(url("edit_photo", group.slug), sent(photos.jpeg()))
    assert (page["Location"], SheetPhoto.objects.count()) == (url("edit_sheet", group.slug), 0)
    with pytest.raises(PermissionDenied):
        put_photo(membership=member, by=Actor(sato), jpeg=builders.drawn())
