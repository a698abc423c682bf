"""Inside the group: the roster, and one's own sheet by login and by link."""

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor
from foundation.audit.models import Event
from members import links
from members.actions.links import personal_link, revoke_link
from members.models import IntroSheet
from members.states import Audience, Office, Purpose, SheetState
from members.views import _roster
from tests import builders
from tests.walk import undone

PAGE = "6f0f5a4e-6d53-4d7c-9a0c-3a3c1d7c2b11"
OTHER_PAGE = "00000000-6d53-4d7c-9a0c-3a3c1d7c2b11"


def typed(wants="窓口の待ち時間を減らしたい", *, page=PAGE, seen=0, **more):
    return {
        "duties": "",
        "problems": "",
        "wants": wants,
        "skills": "",
        "message": "",
        "audience": Audience.GROUP,
        "page": page,
        "seen": seen,
        **more,
    }


@pytest.fixture
def here(group):
    return reverse("members:edit_sheet", args=[group.slug])


@pytest.fixture
def link(member, suzuki):
    return personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki))


# The roster


def test_the_roster_names_everybody_in_order(as_, sato, tanaka, group):
    page = as_(sato).get(reverse("members:roster", args=[group.slug]))
    assert [row[0] for row in page.context["rows"]] == [str(sato), str(tanaka)]


def test_the_roster_says_how_many_they_are_where_the_page_shows_all(as_, sato, group, monkeypatch):
    for _ in range(2):
        builders.make_membership(group=group)
    address = reverse("members:roster", args=[group.slug])
    assert "参加している3名です" in as_(sato).get(address).content.decode()
    monkeypatch.setattr(_roster, "PEOPLE_PER_PAGE", 2)
    assert "名です" not in as_(sato).get(address).content.decode()


def test_the_roster_leads_to_the_sheets_that_one_may_read(as_, sato, member, expert, group):
    own = builders.make_sheet(membership=member, state=SheetState.DRAFT)
    page = as_(sato).get(reverse("members:roster", args=[group.slug]))
    assert [row[-1] for row in page.context["rows"]] == ["", ""]
    IntroSheet.objects.filter(pk=own.pk).update(state=SheetState.SUBMITTED, submitted_at=timezone.now())
    builders.make_sheet(membership=expert, state=SheetState.SUBMITTED)
    page = as_(sato).get(reverse("members:roster", args=[group.slug]))
    assert [row[-1] for row in page.context["rows"]] == [
        reverse("members:sheet", args=[group.slug, own.pk]),
        "",
    ]


def test_the_roster_shows_the_office(as_, sato, member, group):
    member.office_terms.create(group=group, office=Office.CHAIR, valid_from="2026-04-01")
    assert "部会長" in as_(sato).get(reverse("members:roster", args=[group.slug])).content.decode()


def test_an_outsider_does_not_learn_that_there_is_a_roster(as_, kimura, stranger, group):
    for person in (kimura, stranger):
        assert as_(person).get(reverse("members:roster", args=[group.slug])).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_roster_asks_the_database_as_often_for_many(as_, sato, group, count, django_assert_num_queries):
    for _ in range(count):
        builders.make_sheet(membership=builders.make_membership(group=group))
    client = as_(sato)
    with django_assert_num_queries(6):
        client.get(reverse("members:roster", args=[group.slug]))


# One's own sheet


def test_a_member_hands_in_a_sheet_and_sees_that_it_arrived(as_, sato, member, here):
    page = as_(sato).post(here, typed(), follow=True)
    assert page.redirect_chain == [(here, 302)]
    assert "自己紹介シートを受け付けました。" in page.content.decode()
    sheet = member.sheet
    assert (sheet.state, sheet.wants) == (SheetState.SUBMITTED, "窓口の待ち時間を減らしたい")


def test_each_page_is_of_ones_own_sheet_in_that_group(as_, sato, member, expert, here):
    """Sato takes part in two groups; Tanaka has handed in already."""
    other = builders.make_group(slug="elsewhere")
    builders.make_sheet(membership=expert, wants="地域と役所をつなぐ")
    builders.make_sheet(membership=builders.make_membership(group=other, user=sato), wants="別の部会の文章")
    pages = [as_(sato).get(address) for address in (here, reverse("members:edit_sheet", args=[other.slug]))]
    found = [(page.context["membership"].group, page.context["form"]["wants"].value()) for page in pages]
    assert found == [(member.group, ""), (other, "別の部会の文章")]


def test_a_second_press_is_the_same_action(as_, sato, member, here):
    for _ in range(2):
        assert as_(sato).post(here, typed()).status_code == 302
    assert IntroSheet.objects.count() == 1
    assert list(Event.objects.values_list("action", flat=True)) == ["members.submit_sheet"]


def test_a_sheet_that_wants_nothing_is_asked_for_a_word(as_, sato, here):
    page = as_(sato).post(here, typed(wants="", duties="窓口"))
    assert page.context["form"].errors == {
        "wants": ["提出するには、「取り組みたいこと」を入力してください。一言でも構いません。"]
    }
    assert not IntroSheet.objects.exists()


def test_a_draft_may_be_empty_and_is_kept(as_, sato, member, here):
    as_(sato).post(here, typed(wants="", duties="窓口", draft="1"))
    assert (member.sheet.state, member.sheet.duties) == (SheetState.DRAFT, "窓口")


def test_a_preview_writes_nothing_and_keeps_the_text_in_the_form(as_, sato, here):
    page = as_(sato).post(here, typed(preview="1"))
    assert not IntroSheet.objects.exists()
    assert not Event.objects.exists()
    assert page.context["preview"].wants == "窓口の待ち時間を減らしたい"
    assert page.context["form"]["wants"].value() == "窓口の待ち時間を減らしたい"


def test_only_what_was_not_handed_in_yet_is_kept_as_a_draft(as_, sato, member, here):
    offered = []
    for state in (SheetState.DRAFT, SheetState.SUBMITTED):
        IntroSheet.objects.all().delete()
        builders.make_sheet(membership=member, state=state)
        form = as_(sato).get(here).context["form"]
        offered.append(
            [form.submit_label, *(str(button.label) for button in form.extra_buttons), form.autosave_url]
        )
    assert offered == [
        ["提出する", "下書きを保存する", "見え方を確認する", f"{here}draft/"],
        ["変更を提出する", "見え方を確認する", ""],
    ]


def test_the_script_saves_drafts_again_and_again(as_, sato, member, group):
    client, url = as_(sato), reverse("members:save_sheet_draft", args=[group.slug])
    answers = [client.post(url, typed(wants=text)).status_code for text in ("窓", "窓口", "窓口の")]
    assert answers == [204, 204, 204]
    assert member.sheet.wants == "窓口の"


def test_the_script_is_told_when_another_page_wrote(as_, sato, member, group):
    client, url = as_(sato), reverse("members:save_sheet_draft", args=[group.slug])
    assert client.post(url, typed(wants="こちら")).status_code == 204
    assert client.post(url, typed(wants="あちら", page=OTHER_PAGE)).status_code == 409
    assert member.sheet.wants == "こちら"


def test_two_tabs_show_both_texts_and_the_person_chooses(as_, sato, member, here):
    client = as_(sato)
    client.post(here, typed(wants="こちらの文章"))
    page = client.post(here, typed(wants="あちらの文章", page=OTHER_PAGE))
    assert page.status_code == 409
    assert page.context["form"].conflict == [("取り組みたいこと", "こちらの文章", "あちらの文章")]
    assert page.context["form"]["wants"].value() == "あちらの文章"
    seen = page.context["form"]["seen"].value()
    client.post(here, typed(wants="あちらの文章", page=OTHER_PAGE, seen=seen))
    member.sheet.refresh_from_db()
    assert member.sheet.wants == "あちらの文章"


def test_a_draft_saved_after_handing_in_takes_nothing_back(as_, sato, member, here):
    client = as_(sato)
    client.post(here, typed(wants="提出した文章"))
    page = client.post(here, typed(wants="戻って書いた文章", draft="1"))
    assert (page.status_code, page.context["form"]["wants"].value()) == (409, "戻って書いた文章")
    member.sheet.refresh_from_db()
    assert (member.sheet.state, member.sheet.wants) == (SheetState.SUBMITTED, "提出した文章")


@pytest.mark.parametrize("broken", [{"page": "x"}, {"seen": "-1"}, {"seen": "9" * 40}, {"audience": "all"}])
def test_a_forged_form_is_answered_with_its_errors(as_, sato, here, broken):
    assert as_(sato).post(here, typed() | broken).status_code == 200
    assert not IntroSheet.objects.exists()


def test_a_sheet_longer_than_its_limit_is_kept_in_the_form(as_, sato, here):
    page = as_(sato).post(here, typed(wants="長" * 401))
    assert page.context["form"].errors == {"wants": ["400文字以内で入力してください（現在は401文字です）。"]}
    assert page.context["form"]["wants"].value() == "長" * 401


def test_who_left_the_group_reads_what_was_written_and_changes_nothing(as_, sato, member, here):
    builders.make_sheet(membership=member, wants="在任中の文章")
    member.terms.update(valid_to="2026-04-01")
    assert "在任中の文章" in as_(sato).get(here).content.decode()
    page = as_(sato).post(here, typed(wants="後から書いた文章", seen=1))
    assert "後から書いた文章" in page.content.decode()
    member.sheet.refresh_from_db()
    assert member.sheet.wants == "在任中の文章"


def test_of_a_draft_it_is_not_said_that_it_was_handed_in(as_, sato, member, here):
    builders.make_sheet(membership=member, state=SheetState.DRAFT)
    member.terms.update(valid_to=builders.LONG_AGO)
    page = as_(sato).get(here).content.decode()
    assert ("提出した内容" in page, "下書き（提出していません）" in page) == (False, True)


def test_nobody_writes_a_sheet_in_a_group_of_others(as_, suzuki, kimura, here):
    for person in (suzuki, kimura):
        assert as_(person).get(here).status_code == 404


# By personal link


def test_a_link_opens_the_sheet_without_a_login(client, link, sato):
    page = client.get(links.path_of(link))
    assert page.status_code == 200
    assert "佐藤 花子 さんのページです。" in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_by_link_one_hands_in_as_that_person(client, link, sato, member):
    page = client.post(links.path_of(link), typed(), follow=True)
    assert page.redirect_chain == [(links.path_of(link), 302)]
    assert member.sheet.state == SheetState.SUBMITTED
    event = Event.objects.filter(action="members.submit_sheet").get()
    assert (event.by, event.via) == (sato, "link")


def test_by_link_drafts_are_saved(client, link, member):
    url = reverse("members:personal_save_sheet_draft", args=[links.token(link)])
    assert client.post(url, typed(wants="下書き")).status_code == 204
    assert member.sheet.wants == "下書き"


def test_opening_a_link_records_nothing(client, link):
    with undone(read_only=True):
        assert client.get(links.path_of(link)).status_code == 200


def test_the_link_is_its_persons_even_in_the_browser_of_another(as_, tanaka, link, sato):
    as_(tanaka).post(links.path_of(link), typed())
    assert IntroSheet.objects.get().membership.user == sato


def test_a_revoked_link_answers_like_a_forged_one(client, link, suzuki):
    old = links.path_of(link)
    revoke_link(link=link, by=Actor(suzuki))
    revoked, forged = client.get(old), client.get("/a/forged/")
    assert (revoked.status_code, forged.status_code) == (404, 404)
    assert "このリンクでは開けません" in revoked.content.decode()
    assert revoked.content == forged.content


@pytest.mark.parametrize("address", ["/a/forged/", "/a/"])
def test_who_has_lost_link_and_code_is_led_to_one_that_goes_to_the_registered_address(client, db, address):
    assert f'href="{reverse("account_request_login_code")}"' in client.get(address).content.decode()


def test_a_code_leads_to_the_page(client, link):
    page = client.post(reverse("enter_code"), {"code": links.slip(link)["code"].lower()})
    assert (page.status_code, page["Location"]) == (302, links.path_of(link))


def test_a_wrong_code_is_answered_neutrally(client, link):
    page = client.post(reverse("enter_code"), {"code": "0000-0000"})
    assert page.status_code == 200
    assert [*page.context["form"].errors] == ["code"]


def test_codes_cannot_be_tried_without_end(client, link, settings):
    settings.BRAKES = {**settings.BRAKES, "enter_code": "3/m/address"}
    answers = [client.post(reverse("enter_code"), {"code": "x"}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_looking_at_the_page_for_codes_is_no_try(client, town, settings):
    settings.BRAKES = {**settings.BRAKES, "enter_code": "1/m/address"}
    here = reverse("enter_code")
    answers = [getattr(client, method)(here).status_code for method in ("get", "head", "head", "get")]
    assert answers == [200, 200, 200, 200]
