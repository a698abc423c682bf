"""The documents name what there is."""

import re
import ssl

import pytest
from django.urls import reverse

from dxbukai import __version__
from foundation.http import PERSONAL_PATH, RESET_PATH
from tests.asvs import anchors
from tests.repository import FLOORS, ROOT, name
from tools.manual.run import commands

PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "static").rglob("*.md")),
]
SSL = ["ssl_protocols", "ssl_ciphers"]
OPERATIONS = "".join((ROOT / "docs" / page).read_text() for page in ("operations.md", "reference.md"))
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()


def test_operations_lists_every_environment_variable_of_the_settings():
    settings = "".join(path.read_text() for path in (ROOT / "dxbukai").glob("*.py"))
    read = set(re.findall(r'(?:env\.\w+|number|flag)\(\s*(?:env, )?["\'](\w+)["\']', settings))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert listed == read


def test_operations_names_every_command_of_ours():
    commands = {path.stem for floor in FLOORS for path in (ROOT / floor).rglob("management/commands/[!_]*.py")}
    named = set(re.findall(r"(?:manage\.py|dxbukai-admin|dxbukai) (\w+)", OPERATIONS))
    assert sorted(commands - named) == []


def test_operations_names_every_table_that_holds_people():
    """Each prefix in the retention table is one of a real table."""
    from django.apps import apps

    tables = {model._meta.db_table for model in apps.get_models()}
    named = set(re.findall(r"`((?:members|meetings|mail|jobs|django|audit)_[a-z]+)", OPERATIONS))
    assert sorted(named - tables) == []


def test_each_release_says_what_whoever_upgrades_must_do():
    """The first is the one that is here; `dxbukai --version`, /readyz and the footer say its number."""
    first, *others = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[1:]
    assert first.splitlines()[0] == __version__
    assert all("\n### 版を上げるとき\n" in release for release in (first, *others))


def test_the_manual_that_is_tried_is_the_one_that_is_read():
    """From the packages to the answer of the running portal: what `make manual` follows on a bare Debian."""
    lines = commands()
    assert lines[0].startswith("sudo apt-get install ")
    assert lines[-1].endswith(" https://dx.city.example.jp/readyz")
    assert sum("dxbukai-admin" in line for line in lines) == 6


def test_what_opens_for_its_holder_stands_in_no_log_of_nginx():
    masked = re.findall(r'^    "~\^(/\S+)" ', NGINX, re.MULTILINE)
    assert masked == [PERSONAL_PATH, RESET_PATH]
    assert reverse("account_reset_password_from_key", args=["x", "y"]).startswith(RESET_PATH)


def test_nginx_is_told_of_strong_ciphers_alone():
    """As OpenSSL understands the line; those of TLS 1.3 it always has."""
    protocols, ciphers = (re.search(rf"^    {name} (.+);$", NGINX, re.MULTILINE)[1] for name in SSL)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(ciphers)
    of_1_2 = [one for one in context.get_ciphers() if one["protocol"] == "TLSv1.2"]
    assert protocols == "TLSv1.2 TLSv1.3"
    assert sorted(one["name"] for one in of_1_2) == sorted(ciphers.split(":"))
    assert {(one["kea"], one["aead"], one["strength_bits"] >= 128) for one in of_1_2} == {("kx-ecdhe", True, True)}


def test_what_a_server_is_given_sets_variables_that_there_are():
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    given = {
        name
        for file in ("env.example", "owner.env.example")
        for name in re.findall(r"^#?([A-Z_]+)=", (ROOT / "deploy" / file).read_text(), re.MULTILINE)
    }
    assert given - listed == set()


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_relative_link_leads_to_a_file(page):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text())
    relative = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert [target for target in relative if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_to_a_heading(page):
    found = re.findall(r"\]\(([\w/.-]*\.md)?#([^)\s]+)\)", page.read_text())
    lost = [link for link in found if link[1] not in anchors(page.parent / (link[0] or page.name))]
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_make_target_that_is_named_exists(page):
    """In a sentence `make check test`; in a block of commands, a line that begins with make."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    sentences, *blocks = re.split(r"^```", page.read_text(), flags=re.MULTILINE)
    commands = re.findall(r"`make ([a-z -]+)", "".join([sentences, *blocks[1::2]]))
    commands += re.findall(r"^\s*make ([a-z -]+)", "".join(blocks[::2]), re.MULTILINE)
    named = {target for command in commands for target in command.split()}
    assert sorted(named - targets) == []


def test_the_glossary_stays_short():
    """What a newcomer must learn before the first change."""
    rows = re.findall(r"^\| (?!日本語|-)", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    assert 0 < len(rows) <= 45


def test_the_rules_homes_are_there():
    table = (
        (ROOT / "docs" / "architecture.md")
        .read_text()
        .partition("## Where a rule stands")[2]
        .partition("\n## ")[0]
    )
    homes = {home for home in re.findall(r"`([a-z_]+/[a-z_./]*)`", table) if not (ROOT / home).exists()}
    assert homes == set()


PROMISES = re.findall(
    r"^\| (\w+) \| .+? \| (`.+`) \|$", (ROOT / "docs" / "testing.md").read_text(encoding="utf-8"), re.MULTILINE
)


def test_each_promise_names_tests_that_exist():
    named = {one for _document, tests in PROMISES for one in re.findall(r"`([^`]+)`", tests)}
    lost = [one for one in sorted(named) if not _stands(*one.split("::"))]
    assert (lost, len(named) > 40) == ([], True)


def test_no_document_that_promises_is_left_out():
    """corpus.md and figures.md tell what was counted; the tools that they name count it again."""
    documents = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"testing", "corpus", "figures"}
    assert {document for document, _tests in PROMISES} == documents | {"README"}


def _stands(path, test):
    place = ROOT / "tests" / path
    return place.is_file() and f"def {test}(" in place.read_text(encoding="utf-8")
