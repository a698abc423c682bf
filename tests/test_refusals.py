"""What was refused: the page tells nobody what there is, the audit log knows who asked."""

import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.audit import stamp
from foundation.audit.models import Event
from members import links
from members.actions.links import personal_link, revoke_link
from members.models import MembershipTerm
from members.states import Purpose
from tests import builders
from tests.world import World


@pytest.fixture
def limits(settings):
    def chosen(**words):
        settings.BRAKES = {**settings.BRAKES, **words}

    return chosen


@pytest.fixture
def link(member, suzuki):
    return personal_link(membership=member, purpose=Purpose.SHEET, by=Actor(suzuki))


def refusals():
    rows = Event.objects.exclude(refusal=None).order_by("id")
    return list(rows.values_list("action", "by", "target_label"))


def main_of(page):
    return page.content.decode().partition("<main")[2].partition("</main>")[0]


# ASVS V16.3.2
def test_who_asks_for_what_is_not_theirs_gets_the_same_page_as_for_nothing_and_is_noted(as_, sato, stranger):
    client = as_(sato)
    theirs, nothing = (client.get(f"/groups/{slug}/members/") for slug in ("elsewhere", "nowhere"))
    assert (theirs.status_code, main_of(theirs)) == (404, main_of(nothing))
    assert refusals() == [
        ("audit.refuse", sato.pk, "GET /groups/elsewhere/members/"),
        ("audit.refuse", sato.pk, "GET /groups/nowhere/members/"),
    ]


def test_who_may_not_is_noted_too(as_, sato, stranger):
    upload = reverse("opendata:upload")
    assert as_(sato).get(upload).status_code == 200
    assert as_(stranger).get(upload).status_code == 403
    assert refusals() == [("audit.refuse", stranger.pk, f"GET {upload}")]


def test_the_same_refusal_is_one_row_a_minute(as_, sato, town):
    for _ in range(20):
        as_(sato).get("/manage/")
    assert refusals() == [("audit.refuse", sato.pk, "GET /manage/")]


def test_of_somebody_unknown_each_kind_of_page_is_one_row_a_minute(client, town):
    for number in range(20):
        client.get(f"/groups/closed-{number}/")
    assert refusals() == [("audit.refuse", None, "GET /groups/closed-0/")]
    assert Event.objects.get().changes == {"接続元": "127.0.0.1"}


def test_an_address_that_is_no_page_is_no_row(client, town):
    client.get("/wp-login.php")
    assert refusals() == []


def test_a_link_that_opens_nothing_is_noted_without_the_link(client, link):
    client.get(f"/a/{links.token(link)}x/")
    client.post(reverse("enter_code"), {"code": "0000-0000"})
    assert refusals() == [
        ("audit.refuse", None, "回答用リンク（無効なもの）"),
        ("audit.refuse", None, "回答用コード（無効なもの）"),
    ]


def test_a_link_whose_person_may_not_any_more_is_noted_as_theirs(client, town):
    world = World(town)
    MembershipTerm.objects.filter(membership=world.own.membership).update(valid_to=builders.LONG_AGO)
    assert client.get(f"/a/{links.token(world.own.link)}/meetings/1/").status_code == 403
    assert refusals() == [("audit.refuse", world.member.pk, "GET /a/********/meetings/1/")]


def test_the_audit_page_shows_in_words_who_was_refused_what(as_, abe, sato, client, limits):
    limits(enter_code="1/m/address")
    for _ in range(2):
        client.post(reverse("enter_code"), {"code": "0000-0000"})
    as_(sato).get("/manage/")
    page = as_(abe).get(reverse("members:audit"), {"refused": "on"}).content.decode()
    for words in (
        "断った閲覧・操作",
        "回数の制限による受付停止",
        "ログインしていない方",
        "回答用コードの入力",
        "佐藤",
    ):
        assert words in page


def test_what_was_refused_makes_no_public_page_anew(client, town):
    before = stamp.of_house()
    client.get("/groups/closed/")
    assert (refusals() != [], stamp.of_house()) == (True, before)


def test_so_does_who_comes_by_link(client, link, sato, expert, suzuki, limits):
    limits(post_by_link="1/h/link")
    client.post(links.path_of(link), {"wants": "窓口の待ち時間を減らしたい"})
    page = client.post(links.path_of(link), {"wants": "窓口の待ち時間を減らしたい"})
    assert page.status_code == 429
    assert "窓口の待ち時間を減らしたい" in page.content.decode()
    assert refusals() == [("audit.brake", sato.pk, "回答用リンクからの送信")]
    other = personal_link(membership=expert, purpose=Purpose.SHEET, by=Actor(suzuki))
    assert client.post(links.path_of(other), {"wants": "x"}).status_code != 429


def test_so_does_who_tries_links(client, link, limits):
    limits(post_unknown="1/h/address")
    answers = [client.post(f"/a/{links.token(link)}{n}/", {"wants": "x"}).status_code for n in range(2)]
    assert answers == [404, 429]


# Who lost a right while typing


TYPED = {"wants": "窓口の待ち時間を減らしたい。\r\n番号札を配る。"}
NOT_STORED = "入力した内容は、保存していません"


def kept_in(page):
    text = page.content.decode()
    assert NOT_STORED in text
    assert "窓口の待ち時間を減らしたい。\r\n番号札を配る。</pre>" in text


def test_whose_link_was_revoked_meanwhile_finds_what_was_typed(client, link, suzuki):
    here = links.path_of(link)
    revoke_link(link=link, by=Actor(suzuki))
    page = client.post(here, TYPED)
    assert page.status_code == 404
    kept_in(page)


def test_who_does_not_run_the_desk_any_more_finds_what_was_typed(as_, suzuki, group):
    suzuki.desk_grants.update(valid_to=builders.LONG_AGO)
    page = as_(suzuki).post(reverse("meetings:create_meeting", args=[group.slug]), TYPED)
    assert page.status_code == 404
    kept_in(page)


def test_who_may_not_any_more_finds_what_was_typed(as_, stranger):
    page = as_(stranger).post(reverse("opendata:upload"), TYPED)
    assert page.status_code == 403
    kept_in(page)


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_typed_nothing_is_told_nothing_of_it(as_, sato, group, method):
    page = getattr(as_(sato), method)("/groups/nowhere/members/")
    assert NOT_STORED not in page.content.decode()
