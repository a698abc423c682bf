"""What must hold on every page that somebody can open: as nobody, by personal link, and as each kind of person.

All pages are opened once for this module; that is what is slow here.
"""

import re
from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from members.models import User
from tests.access import PAGES, THIRD_PARTY
from tests.repository import ROOT, name as name_of, templates
from tests.walk import undone

pytestmark = pytest.mark.django_db
READERS = ["anonymous", "desk", "staff", "administrator_inside"]
BY_MAIL = "account_reset_password_from_key"
# Pages that ask for no login: whoever is logged in beside is somebody else there.
BY_TOKEN = {name for name in PAGES if "personal" in name} | {BY_MAIL}
OURS = "https://portal.example.jp/"
# Tags that make a browser ask for something, or send it somewhere, by themselves.
LOADING = {
    "script",
    "img",
    "iframe",
    "video",
    "audio",
    "source",
    "track",
    "object",
    "embed",
    "form",
    "input",
    "button",
}
LOADING_BY = ("src", "srcset", "data", "poster", "action", "formaction", "background", "ping")


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def opened(planted):
    """Each page that answered: (who, its name) → its tags, as a browser reads them."""
    planted.desk.set_unusable_password()
    planted.desk.save()
    pages = {}
    for role in READERS:
        client = Client()
        if role != "anonymous":
            client.force_login(getattr(planted, role))
        for name, address in addresses(planted, role):
            with undone(read_only=name != BY_MAIL):
                page = (Client() if name == BY_MAIL else client).get(address, follow=name == BY_MAIL)
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                pages[role, name] = Tags(page.content.decode()).found
    assert len(pages) > 130, len(pages)
    return pages


def addresses(world, role):
    """Of what this one can open, and of allauth's pages; one of those chooses a password by a living link."""
    yield from (
        (name, world.url(name, "own")) for name, page in PAGES.items() if page.outcome(role, "get", "own") == "200"
    )
    user = world.own.newcomer
    key = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    for name in THIRD_PARTY:
        yield name, reverse(name, args=key if name == BY_MAIL else [])


def tags(opened, *wanted):
    for page, found in opened.items():
        yield from ((page, tag, attributes) for tag, attributes in found if tag in wanted)


# ASVS V6.2.6, V6.2.7
def test_passwords_are_hidden_and_password_managers_know_which_is_which(opened):
    found = defaultdict(set)
    for (_who, page), _tag, field in tags(opened, "input"):
        if field.get("type") == "password" or "password" in field.get("name", ""):
            found[page].add((field["name"], field.get("type"), field.get("autocomplete")))
    now, new = ("password", "current-password"), ("password", "new-password")
    assert found == {
        "account_login": {("password", *now)},
        "account_reauthenticate": {("password", *now)},
        "account_change_password": {("oldpassword", *now), ("password1", *new), ("password2", *new)},
        "account_reset_password_from_key": {("password1", *new), ("password2", *new)},
        "account_set_password": {("password1", *new), ("password2", *new)},
    }


# ASVS V6.2.7
def test_nothing_of_ours_stands_in_the_way_of_pasting(opened):
    handlers = {
        attribute for found in opened.values() for _tag, row in found for attribute in row if attribute[:2] == "on"
    }
    assert handlers == set()
    scripts = {path.name: path.read_text() for path in sorted((ROOT / "static" / "js").glob("*.js"))}
    assert sorted(scripts) == [
        "in-place.js",
        "key.js",
        "live.js",
        "map.js",
        "own-device.js",
        "portal.js",
        "preview.js",
    ]
    assert [name for name, text in scripts.items() if re.search(r"paste|clipboard|beforeinput", text)] == []


# ASVS V6.4.2
def test_doors_ask_for_these_and_for_no_hint_or_secret_question(opened):
    asked = defaultdict(set)
    for (_who, page), _tag, field in tags(opened, "input", "select", "textarea"):
        if page in THIRD_PARTY and field.get("type") != "hidden":
            asked[page].add(field["name"])
    assert asked == {
        "account_login": {"login", "password"},
        "account_request_login_code": {"email"},
        "account_reset_password": {"email"},
        "account_reset_password_from_key": {"password1", "password2"},
        "account_change_password": {"oldpassword", "password1", "password2"},
        "account_set_password": {"password1", "password2"},
        "account_reauthenticate": {"password"},
    }


# ASVS V7.4.4
def test_whoever_is_logged_in_finds_the_logout_on_every_page(opened):
    inside = {page: found for page, found in opened.items() if page[0] != "anonymous" and page[1] not in BY_TOKEN}
    leads_out = ("form", reverse("account_logout"))
    without = [
        page for page, found in inside.items() if leads_out not in {(tag, row.get("action")) for tag, row in found}
    ]
    assert (without, len(inside) > 100) == ([], True)


# ASVS V14.2.3
def test_no_page_asks_another_house_for_anything_or_sends_it_something(opened):
    """The lasting address that a page says of itself is nothing that a browser asks for."""
    asked, met = set(), 0
    for page, tag, row in tags(opened, *LOADING, "link"):
        if row.get("rel") == "canonical":
            continue
        for attribute in (*LOADING_BY, *(["href"] if tag == "link" else [])):
            met += attribute in row
            address = urlsplit(urljoin(OURS, row.get(attribute) or ""))
            if address.scheme != "data" and f"{address.scheme}://{address.netloc}/" != OURS:
                asked.add((*page, tag, row[attribute]))
    assert (asked, met > 1_000) == (set(), True)


# ASVS V14.2.3
def test_no_style_and_no_script_does_so():
    files = [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js"), *templates()]
    foreign = re.compile(r"(?:url\(|@import|fetch\(|import )\s*[\"'(]*\s*(?:https?:)?//[^\s\"')]+")
    assert [(name_of(path), found) for path in files for found in foreign.findall(path.read_text())] == []
    assert len(files) > 200


def asked_for(found):
    """What stands after the ? of a page's links, and the fields of its forms that search: word → values."""
    method = ""
    for tag, row in found:
        method = row.get("method", "get").lower() if tag == "form" else method
        if tag == "a":
            address = urlsplit(row.get("href") or "")
            yield from parse_qs("" if address.scheme else address.query).items()
        elif tag in {"input", "select"} and method == "get" and row.get("name"):
            yield row["name"], [row.get("value") or ""]


def test_an_address_asks_by_these_words_and_names_no_person_and_no_token(planted, opened):
    """A personal link bears its token in the path, and what is searched for stands behind q (docs/security.md)."""
    words = defaultdict(set)
    for found in opened.values():
        for word, values in asked_for(found):
            words[word] |= set(values)
    people = {str(user) for user in User.objects.all()}
    secret = {sentence for sentence, _readers in planted.secrets.values()} | people
    told = {value for values in words.values() for value in values if any(one in value for one in {"@", *secret})}
    assert told == set()
    ours = "category ended from group kind order page q refused show start state target user way year"
    assert sorted(words) == ours.split()


# ASVS V14.3.3
def test_no_script_keeps_anything_in_the_browser_but_a_draft_on_the_device_that_is_said_to_be_ones_own():
    kept = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\b|serviceWorker|storage\.")
    paths = [*(ROOT / "static" / "js").glob("*.js"), *templates()]
    assert [name_of(path) for path in paths if kept.search(path.read_text())] == ["static/js/own-device.js"]
