"""What is read at a meeting: brought by the desk or by who presents, replaced, taken away, and told of."""

import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from meetings import taken_back
from meetings.actions import materials
from meetings.actions.materials import Given
from meetings.models import Material, MaterialVersion, Meeting
from meetings.models.material import handouts
from meetings.states import MaterialAudience, MaterialKind, MeetingState
from members import links
from members.actions.links import personal_link
from members.states import Purpose
from tests import builders

pytestmark = pytest.mark.django_db
DESK = "/groups/dx-now/desk/meetings/2/materials/"
PAGE = "/groups/dx-now/meetings/2/"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def file_of(data=None, name="素案.pdf"):
    return Given(kind=MaterialKind.FILE, file=ContentFile(builders.pdf() if data is None else data, name=name))


def link_to(url="https://example.jp/"):
    return Given(kind=MaterialKind.LINK, url=url)


@pytest.fixture
def bring(meeting, suzuki):
    """`bring("基本構想")`: by the desk, as a PDF that says its title."""

    def do(title="基本構想（素案）", given=None, **fields):
        given = given or file_of(builders.pdf(title))
        return materials.add_material(meeting=meeting, by=Actor(suzuki), title=title, given=given, **fields)

    return do


@pytest.fixture
def talk_of_today(meeting, expert):
    """Tanaka's, on the agenda of the second meeting."""
    return builders.make_item(meeting=meeting, title="他市の取組", presenter=expert)


def listed(meeting):
    return [(each.label, each.material.title) for each in handouts(meeting)]


def change_meeting(meeting, **fields):
    Meeting.objects.filter(pk=meeting.pk).update(**fields)


# At the desk


def test_the_desk_brings_a_file_and_the_group_reads_it(as_, suzuki, sato, meeting):
    sent = {"title": "基本構想（素案）", "kind": "file", "audience": "group", "file": pdf_upload()}
    assert as_(suzuki).post(DESK, sent).url == DESK
    assert listed(meeting) == [("資料1", "基本構想（素案）")]
    assert "資料1　基本構想（素案）" in as_(sato).get(PAGE).content.decode()


def pdf_upload(name="素案.pdf", data=None):
    return SimpleUploadedFile(name, builders.pdf() if data is None else data)


def test_a_button_that_was_pressed_twice_brings_one(bring, meeting):
    assert bring() == bring()
    assert (meeting.materials.count(), MaterialVersion.objects.count()) == (1, 1)


def test_a_link_and_a_paper_are_listed_as_what_they_are(as_, sato, bring):
    bring("統計", link_to())
    bring("記入用紙", Given(kind=MaterialKind.PAPER))
    page = as_(sato).get(PAGE).content.decode().partition("<h2>資料</h2>")[2]
    assert " ".join(page.partition("</ul>")[0].split()) == (
        '<ul> <li> <a href="https://example.jp/" rel="noreferrer"> 資料1 統計</a> '
        '<span class="hint"> 外部のページ </span> </li> '
        '<li> 資料2 記入用紙 <span class="hint"> 当日、紙で配布します </span> </li>'
    )


def test_the_numbers_follow_the_order_and_count_what_people_see(bring, meeting, suzuki):
    bring("第一")
    bring("手持ち", audience=MaterialAudience.DESK)
    third = bring("第三")
    assert listed(meeting) == [("資料1", "第一"), ("資料2", "第三")]
    for _press in range(3):
        materials.move_material(material=third, by=Actor(suzuki), step=-1)
    assert listed(meeting) == [("資料1", "第三"), ("資料2", "第一")]


def test_the_newest_version_is_read_and_the_desk_sees_who_brought_which_when(as_, suzuki, sato, bring):
    material = bring()
    materials.replace_material(material=material, by=Actor(suzuki), seen=1, given=file_of(builders.pdf("改め")))
    assert "改め" in body(as_(sato).get(f"{PAGE}materials/{material.pk}/"))
    desk = as_(suzuki)
    shown = desk.get(DESK).context["standing"][0]
    assert [(each.number, each.made_by) for each in (shown.newest, *shown.earlier)] == [(2, suzuki), (1, suzuki)]
    assert "基本構想（素案）" in body(desk.get(f"{DESK}{material.pk}/1/"))


def body(response):
    assert response.status_code == 200, response.status_code
    return b"".join(response).decode()


def test_the_same_file_again_is_no_version(bring, suzuki):
    material = bring()
    with pytest.raises(ValidationError, match="登録済みのものと同じ内容です"):
        materials.replace_material(
            material=material, by=Actor(suzuki), seen=1, given=file_of(builders.pdf("基本構想（素案）"))
        )


def test_a_page_that_somebody_overtook_replaces_nothing(bring, suzuki):
    material = bring()
    materials.replace_material(material=material, by=Actor(suzuki), seen=1, given=link_to())
    with pytest.raises(Conflict):
        materials.replace_material(material=material, by=Actor(suzuki), seen=1, given=link_to("https://other.jp/"))
    assert material.versions.count() == 2


def test_the_page_of_whoever_was_overtaken_shows_what_stands_there_and_replaces_it_when_sent_again(
    as_, suzuki, bring
):
    material, desk = bring(), as_(suzuki)
    page = f"{DESK}{material.pk}/replace/"
    mine = {"kind": "link", "url": "https://mine.jp/", "seen": 1}
    desk.post(page, mine | {"url": "https://first.jp/"})
    refused = desk.post(page, mine)
    both = [(each.label, each.stored, each.typed) for each in refused.context["form"].conflict]
    assert (refused.status_code, both) == (409, [("アドレス", "https://first.jp/", "https://mine.jp/")])
    assert refused.context["form"]["seen"].value() == "2"
    assert desk.post(page, mine | {"seen": 2}).status_code == 302
    assert material.versions.last().url == "https://mine.jp/"


def test_what_was_taken_away_nobody_but_the_desk_reads_and_it_comes_back(as_, suzuki, sato, bring, meeting):
    material = bring()
    as_(suzuki).post(f"{DESK}{material.pk}/withdraw/", {"seen": 1})
    assert (listed(meeting), as_(sato).get(f"{PAGE}materials/{material.pk}/").status_code) == ([], 404)
    desk = as_(suzuki)
    (away,) = desk.get(DESK).context["withdrawn"]
    assert (away, away.withdrawn_by, away.withdrawn_at.date()) == (material, suzuki, timezone.now().date())
    assert "基本構想（素案）" in body(desk.get(f"{DESK}{material.pk}/1/"))
    desk.post(f"{DESK}{material.pk}/restore/", {"seen": away.version})
    assert listed(meeting) == [("資料1", "基本構想（素案）")]


def test_a_page_that_was_overtaken_brings_nothing_back(bring, suzuki):
    material = bring()
    materials.withdraw_material(material=material, by=Actor(suzuki), seen=1)
    with pytest.raises(Conflict):
        materials.restore_material(material=material, by=Actor(suzuki), seen=1)


def test_of_a_draft_nobody_reads_anything_where_members_do_not_even_the_desk(as_, suzuki, bring, meeting):
    material = bring()
    change_meeting(meeting, state=MeetingState.DRAFT)
    assert as_(suzuki).get(f"{PAGE}materials/{material.pk}/").status_code == 404
    assert "資料1" not in as_(suzuki).get(PAGE).content.decode()


def test_title_item_and_readers_are_corrected(as_, suzuki, bring, meeting):
    material, item = bring(), builders.make_item(meeting=meeting)
    sent = {"title": "素案", "item": item.pk, "audience": "desk", "seen": 1}
    assert as_(suzuki).post(f"{DESK}{material.pk}/", sent).status_code == 302
    material.refresh_from_db()
    assert (material.title, material.item, listed(meeting)) == ("素案", item, [])


def test_an_item_of_another_meeting_is_none(bring, first_meeting):
    with pytest.raises(ValidationError, match="この会議の議題から選んでください"):
        bring(item=builders.make_item(meeting=first_meeting))


def test_without_its_item_it_stays_a_material_of_the_meeting(as_, suzuki, bring, meeting):
    item = builders.make_item(meeting=meeting)
    material = bring(item=item)
    as_(suzuki).post(f"/groups/dx-now/desk/meetings/2/agenda/{item.pk}/remove/", {"seen": 1})
    material.refresh_from_db()
    assert (meeting.items.count(), material.item) == (0, None)


def test_nobody_but_the_desk_takes_one_away(bring, sato):
    material = bring()
    with pytest.raises(PermissionDenied, match="事務局の担当者だけです"):
        materials.withdraw_material(material=material, by=Actor(sato), seen=1)


def test_after_the_meeting_the_desk_adds_what_was_handed_out(bring, meeting):
    times = {"held_from": meeting.starts_at, "held_to": meeting.ends_at}
    change_meeting(meeting, state=MeetingState.HELD, snapshot={}, **times)
    bring("当日配布したもの")
    assert listed(meeting) == [("資料1", "当日配布したもの")]


def test_the_check_page_of_a_call_is_stale_when_a_material_came(bring, meeting):
    change_meeting(meeting, state=MeetingState.DRAFT)
    bring()
    assert Meeting.objects.get(pk=meeting.pk).version == meeting.version + 1


# What is taken


def office(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in ("[Content_Types].xml", *names):
            packed.writestr(name, "x")
    return out.getvalue()


def ole(*streams):
    return OLE + bytes(512) + b"".join(name.encode("utf-16-le") for name in streams)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("素案.pdf", builders.pdf()),
        ("素案.PDF", builders.pdf()),
        ("素案.docx", office("word/document.xml")),
        ("表.xlsx", office("xl/workbook.xml")),
        ("発表.pptx", office("ppt/presentation.xml")),
        ("素案.doc", ole("WordDocument")),
        ("表.xls", ole("Workbook")),
        ("古い表.xls", ole("Book")),
        ("発表.ppt", ole("PowerPoint Document")),
        ("地図.png", b"\x89PNG\r\n\x1a\n"),
        ("写真.jpg", b"\xff\xd8\xff\xe0"),
        ("写真.jpeg", b"\xff\xd8\xff\xe0"),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(as_, suzuki, meeting, name, data):
    sent = {"title": "資料", "kind": "file", "audience": "group", "file": pdf_upload(name, data)}
    assert as_(suzuki).post(DESK, sent).status_code == 302
    assert MaterialVersion.objects.get().name == name


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("まとめ.zip", office(), "この種類のファイル（まとめ.zip）は登録できません"),
        ("名前だけ", builders.pdf(), "この種類のファイル（名前だけ）は登録できません"),
        ("偽物.pdf", b"\x89PNG\r\n\x1a\n", "中身はPDFではありません（画像ファイル（PNG）のようです）"),
        ("偽物.pdf", b"<html><script>", "中身はPDFではありません（ウェブページ（HTML）のようです）"),
        ("偽物.png", b"<svg>", "中身は画像（PNG）ではありません（画像ファイル（SVG）のようです）"),
        ("偽物.docx", office("xl/workbook.xml"), "ファイル名は「.docx」ですが、中身はWordではありません"),
        ("偽物.doc", ole("Workbook"), "ファイル名は「.doc」ですが、中身はWordではありません"),
        ("鍵.docx", ole("EncryptedPackage"), "パスワードで保護されたファイルは"),
        ("マクロ.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "マクロを含むファイルは登録できません"),
        ("空.pdf", b"", "選択したファイルは空（0バイト）です"),
    ],
)
def test_what_is_something_else_is_refused_in_words(as_, suzuki, meeting, name, data, sentence):
    sent = {"title": "資料", "kind": "file", "audience": "group", "file": pdf_upload(name, data)}
    page = as_(suzuki).post(DESK, sent).content.decode()
    assert (sentence in page, meeting.materials.count()) == (True, 0)


def test_a_mark_that_lies_on_the_edge_of_two_blocks_is_found(as_, suzuki, meeting):
    data = b"PK\x03\x04".ljust((1 << 20) - 5, b"\0") + b"word/document.xml"
    sent = {"title": "資料", "kind": "file", "audience": "group", "file": pdf_upload("大.docx", data)}
    assert as_(suzuki).post(DESK, sent).status_code == 302


def test_a_file_that_is_too_large_is_refused_with_the_limit(as_, suzuki, meeting, settings):
    settings.MAX_UPLOAD_BYTES = 10
    sent = {"title": "資料", "kind": "file", "audience": "group", "file": pdf_upload()}
    page = as_(suzuki).post(DESK, sent).content.decode()
    assert ("登録できるのは10 バイトまでです" in page.replace("\xa0", " "), meeting.materials.count()) == (True, 0)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "file"}, "登録するファイルを選択してください。"),
        ({"kind": "link"}, "資料のあるページのアドレスを入力してください。"),
        ({"kind": "link", "url": "javascript:alert(1)"}, "URL"),
    ],
)
def test_what_the_chosen_form_needs_is_asked_for(as_, suzuki, meeting, sent, sentence):
    page = as_(suzuki).post(DESK, {"title": "資料", "audience": "group"} | sent).content.decode()
    assert (sentence in page.partition("error-summary")[2], meeting.materials.count()) == (True, 0)


# How it is handed over


def test_a_file_is_saved_under_a_name_of_ours_and_shown_by_no_browser(as_, sato, bring):
    material = bring("構想\r\n/素案")
    answer = as_(sato).get(f"{PAGE}materials/{material.pk}/")
    name = "%E7%AC%AC2%E5%9B%9E_%E6%A7%8B%E6%83%B3___%E7%B4%A0%E6%A1%88.pdf"
    plain = f"material-{material.pk}-1.pdf"
    assert answer["Content-Disposition"] == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{name}"
    told = (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Cache-Control"])
    assert told == ("application/pdf", "nosniff", "no-store")


def test_of_a_link_there_is_no_file(as_, sato, bring):
    assert as_(sato).get(f"{PAGE}materials/{bring(given=link_to()).pk}/").status_code == 404


@pytest.mark.parametrize("harm", ["gone", "damaged"])
def test_a_file_that_is_gone_or_damaged_is_told_of_with_whom_to_call(as_, sato, bring, harm):
    material = bring()
    name = material.versions.get().stored
    default_storage.delete(name)
    if harm == "damaged":
        default_storage.save(name, ContentFile(b"%PDF-"))
    answer = as_(sato).get(f"{PAGE}materials/{material.pk}/")
    assert answer.status_code == 410
    assert "「基本構想（素案）」のファイルが見つからないか、壊れています。" in answer.content.decode()


# By link


@pytest.fixture
def door(meeting, survey, suzuki):
    """`door(expert)`: where the personal link of this person leads."""

    def of(membership):
        link = personal_link(membership=membership, purpose=Purpose.MEETING, by=Actor(suzuki))
        return f"/a/{links.token(link)}/meetings/2/"

    return of


def test_by_link_the_materials_stand_folded_on_the_answer_page_and_open(client, door, member, bring):
    material, page = bring(), door(member)
    shown = client.get(page).content.decode()
    assert ("資料（1件）" in shown, f'href="{page}materials/{material.pk}/"' in shown) == (True, True)
    assert "基本構想（素案）" in body(client.get(f"{page}materials/{material.pk}/"))


def test_where_there_is_none_the_answer_page_has_no_fold(client, door, member):
    assert "資料（" not in client.get(door(member)).content.decode()


def test_after_the_deadline_they_stand_on_the_page_still(client, door, member, bring, survey):
    from tests.meetings.conftest import close

    bring()
    close(survey)
    assert "資料1　基本構想（素案）" in client.get(door(member)).content.decode()


def test_by_link_what_the_desk_keeps_and_another_group_s_are_not_there(client, door, member, bring, suzuki):
    for_desk = bring(audience=MaterialAudience.DESK)
    elsewhere = builders.make_meeting(group=builders.make_group(), number=2)
    other = builders.make_material(meeting=elsewhere, by=suzuki)
    pages = [f"{door(member)}materials/{each.pk}/" for each in (for_desk, other)]
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_by_link_who_left_the_group_reads_nothing(client, door, member, bring):
    material, page = bring(), door(member)
    member.terms.update(valid_to=builders.LONG_AGO)
    assert client.get(f"{page}materials/{material.pk}/").status_code == 404


# Who presents


def test_an_expert_brings_slides_by_link_and_the_desk_sees_who_did(
    client, door, expert, tanaka, talk_of_today, meeting
):
    page = door(expert)
    assert f"{page}materials/own/" in client.get(page).content.decode()
    sent = {"title": "紹介スライド", "item": talk_of_today.pk, "kind": "file", "file": pdf_upload()}
    client.post(f"{page}materials/own/", sent)
    material = meeting.materials.get()
    event = Event.objects.get(action="meetings.offer_material")
    assert (material.offered_by, material.item, event.by, event.via) == (expert, talk_of_today, tanaka, "link")
    assert listed(meeting) == [("資料1", "紹介スライド")]


def test_a_member_brings_and_replaces_their_own_after_logging_in(as_, sato, member, meeting):
    item = builders.make_item(meeting=meeting, presenter=member)
    page, browser = f"{PAGE}materials/own/", as_(sato)
    browser.post(page, {"title": "報告", "item": item.pk, "kind": "link", "url": "https://example.jp/1"})
    material = meeting.materials.get()
    browser.post(f"{page}{material.pk}/", {"kind": "link", "url": "https://example.jp/2", "seen": 1})
    assert list(material.versions.values_list("url", "made_by")) == [
        ("https://example.jp/1", sato.pk),
        ("https://example.jp/2", sato.pk),
    ]


def test_what_the_desk_brought_for_an_item_its_presenter_does_not_replace(
    as_, bring, tanaka, expert, talk_of_today
):
    material = bring(item=talk_of_today)
    assert as_(tanaka).get(f"{PAGE}materials/own/{material.pk}/").status_code == 404
    with pytest.raises(PermissionDenied, match="その資料を登録した説明者の方だけです"):
        materials.replace_own_material(material=material, by=Actor(tanaka), seen=1, given=link_to())


def test_whose_item_it_was_does_not_replace_what_is_another_s_now(tanaka, member, talk_of_today):
    by = Actor(tanaka)
    material = materials.offer_material(item=talk_of_today, by=by, title="紹介", given=link_to())
    talk_of_today.presenter = member
    talk_of_today.save()
    with pytest.raises(PermissionDenied):
        materials.replace_own_material(material=material, by=by, seen=1, given=link_to("https://other.jp/"))


def test_who_presents_now_does_not_replace_what_another_brought(tanaka, sato, member, talk_of_today):
    material = materials.offer_material(item=talk_of_today, by=Actor(tanaka), title="紹介", given=link_to())
    talk_of_today.presenter = member
    talk_of_today.save()
    with pytest.raises(PermissionDenied):
        materials.replace_own_material(material=material, by=Actor(sato), seen=1, given=link_to("https://o.jp/"))


def test_of_ones_own_too_a_page_that_was_overtaken_replaces_nothing(tanaka, talk_of_today):
    by = Actor(tanaka)
    material = materials.offer_material(item=talk_of_today, by=by, title="紹介", given=link_to())
    materials.replace_own_material(material=material, by=by, seen=1, given=link_to("https://second.jp/"))
    with pytest.raises(Conflict):
        materials.replace_own_material(material=material, by=by, seen=1, given=link_to("https://third.jp/"))


def test_nobody_brings_anything_for_another_s_item(sato, talk_of_today):
    with pytest.raises(PermissionDenied, match="その議題の説明者の方だけです"):
        materials.offer_material(item=talk_of_today, by=Actor(sato), title="紹介", given=link_to())


def test_who_takes_part_no_more_presents_nothing(as_, tanaka, expert, talk_of_today):
    expert.terms.update(valid_to=builders.LONG_AGO)
    assert as_(tanaka).get(f"{PAGE}materials/own/").status_code == 404
    with pytest.raises(PermissionDenied):
        materials.offer_material(item=talk_of_today, by=Actor(tanaka), title="紹介", given=link_to())


def test_once_the_meeting_has_begun_presenters_bring_nothing_and_are_told_where_to_send_it(
    as_, tanaka, expert, talk_of_today, meeting
):
    material = materials.offer_material(item=talk_of_today, by=Actor(tanaka), title="紹介", given=link_to())
    change_meeting(meeting, starts_at=timezone.now(), ends_at=timezone.now() + timezone.timedelta(hours=2))
    assert "会議の開始時刻を過ぎたため" in as_(tanaka).get(f"{PAGE}materials/own/").content.decode()
    talk_of_today.refresh_from_db()
    for do, given in (
        (materials.offer_material, {"item": talk_of_today, "title": "追加"}),
        (materials.replace_own_material, {"material": material, "seen": 1}),
    ):
        with pytest.raises(ValidationError, match="会議の開始時刻を過ぎたため"):
            do(by=Actor(tanaka), given=link_to("https://other.jp/"), **given)


def test_a_presenter_s_button_pressed_twice_brings_one_and_never_the_desk_s(bring, tanaka, expert, talk_of_today):
    desks = bring("紹介", link_to())
    given = {"item": talk_of_today, "by": Actor(tanaka), "title": "紹介", "given": link_to()}
    own = materials.offer_material(**given)
    assert (materials.offer_material(**given) == own, own.offered_by, own == desks) == (True, expert, False)


def test_of_a_meeting_that_was_called_off_a_presenter_is_told_so(tanaka, talk_of_today, meeting):
    change_meeting(meeting, state=MeetingState.CANCELLED)
    talk_of_today.refresh_from_db()
    with pytest.raises(ValidationError, match="この会議は中止になったため"):
        materials.offer_material(item=talk_of_today, by=Actor(tanaka), title="紹介", given=link_to())


# After a restore


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"shown": True, "number": 1}, True),
        ({"shown": False, "number": 1}, False),
        # A later version was lost: the earlier one had been replaced for a reason.
        ({"shown": True, "number": 2}, False),
    ],
)
def test_what_people_were_no_longer_to_read_is_not_shown_by_a_restore(bring, meeting, suzuki, said, shown):
    material = bring()
    changed = taken_back.material(material.pk, said | {"by": suzuki.pk})
    assert (bool(listed(meeting)), changed is None) == (shown, shown)


def test_what_was_taken_away_already_stays_so(bring, suzuki):
    material = bring()
    materials.withdraw_material(material=material, by=Actor(suzuki), seen=1)
    at = Material.objects.get().withdrawn_at
    assert taken_back.material(material.pk, {"shown": False, "number": 1, "by": suzuki.pk}) is None
    assert Material.objects.get().withdrawn_at == at


# Costs


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_desk_s_page_takes_the_same_queries_for_any_number(
    as_, suzuki, bring, number, django_assert_num_queries
):
    for place in range(number):
        bring(f"資料の{place}", link_to(f"https://example.jp/{place}"))
    desk = as_(suzuki)
    desk.get(DESK)
    with django_assert_num_queries(16):
        assert len(desk.get(DESK).context["standing"]) == number
