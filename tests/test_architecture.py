"""What the import contracts in pyproject.toml cannot see."""

import re

import pytest
from django.urls import URLPattern, get_resolver

from tests.repository import FLOORS, name, python_files, templates

# Pages without a login, by name. A new one is added here on purpose, with its reason beside the view.
PUBLIC = {
    "account_confirm_login_code",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "enter_code",
    "mfa_authenticate",
    "members:personal_edit_photo",
    "members:personal_own_photo",
    "members:personal_remove_photo",
    "members:personal_save_sheet_draft",
    "members:personal_sheet",
    "members:personal_withdraw_consent",
    "members:sign_on",
    "members:sign_on_callback",
    "personal",
    "about",
    "howto",
    "howto_sheet",
    "statement",
    "statements:results",
    "components",
    "healthz",
    "robots",
    "security",
    "sitemap",
    "home",
    "readyz",
    "group",
    "groups",
    "meetings:personal_answer_dates",
    "meetings:personal_answer_questions",
    "meetings:personal_withdraw_question",
    "meetings:personal_for_superior",
    "meetings:group_calendar",
    "meetings:public_notice",
    "meetings:personal_calendar",
    "meetings:personal_discard_draft",
    "meetings:personal_calendar_address",
    "meetings:personal_feed",
    "meetings:personal_renew_calendar_address",
    "meetings:personal_draft",
    "meetings:personal_introduction",
    "meetings:personal_leave_with_desk",
    "meetings:personal_material",
    "meetings:personal_consent_to_material",
    "meetings:personal_offer_material",
    "meetings:personal_replace_own_material",
    "meetings:personal_meeting",
    "meetings:personal_receipt",
    "meetings:personal_withdraw_reply",
    "reports:archive",
    "reports:personal_own_words",
    "reports:personal_take_back_words",
    "reports:feed",
    "reports:group_feed",
    "reports:report",
    "reports:report_file",
    "reports:report_material",
    "reports:filed_file",
    "reports:report_text",
    "opendata:catalogue",
    "opendata:dataset",
    "opendata:dataset_csv",
    "opendata:dataset_json",
    "opendata:dataset_places",
    "opendata:version",
    "opendata:version_csv",
}


def test_every_address_in_a_template_is_one_of_ours():
    """`{% url … as x %}` would say nothing of a name that is none, and leave a link that leads nowhere."""
    known = {full for full, _view in views()}
    named = {found for path in templates() for found in re.findall(r'{% url "([\w:]+)"', path.read_text())}
    # The demo's own pages are there in the demo alone.
    assert {name for name in named - known if not name.startswith("demo:")} == set()


def views():
    """Every pattern of ours as (full name, view)."""

    def walk(resolver, namespaces=()):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield ":".join([*namespaces, entry.name or ""]), entry.callback
            else:
                inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
                yield from walk(entry, inner)

    return list(walk(get_resolver()))


def test_public_pages_are_these():
    assert {url for url, view in views() if not getattr(view, "login_required", True)} == PUBLIC


def test_every_page_has_a_name():
    assert [view for url, view in views() if not url] == []


@pytest.mark.parametrize("floor", FLOORS)
def test_templates_reverse_only_their_own_floor_and_below(floor):
    above = FLOORS[: FLOORS.index(floor)]
    upward = [
        f"{name(path)}: {url}"
        for path in templates()
        if f"templates/{floor}/" in name(path)
        for url in re.findall(r"{% url ['\"]([\w:-]+)['\"]", path.read_text())
        if url.partition(":")[0] in above
    ]
    assert upward == []


# ASVS V1.1.2, V1.2.3
def test_no_template_trusts_text_or_carries_style_or_script():
    forbidden = re.compile(
        r"\|\s*safe\b|\bautoescape off\b|<style|\sstyle=|<script(?![^>]*\bsrc=)|\son\w+=|javascript:"
    )
    found = [
        f"{name(path)}: {match.group()}" for path in templates() for match in forbidden.finditer(path.read_text())
    ]
    assert found == []


def test_no_paragraph_holds_a_block():
    """A browser ends the paragraph before the form, the list or the notice, and begins an empty one after it."""
    ours = "post_button|confirm|crispy|notice|table|facts|figures|steps|pager|empty_state"
    block = rf"{{% (?:{ours})\b|\|linebreaks\b|<(?:form|ul|ol|dl|div|table|details)\b"
    held = re.compile(rf"<p(?:\s[^>]*)?>(?:(?!</p>).)*?({block})", re.DOTALL)
    found = [f"{name(path)}: {match[1]}" for path in templates() for match in held.finditer(path.read_text())]
    assert found == []


# ASVS V1.1.2
def test_no_code_marks_text_as_safe():
    found = [name(path) for path in python_files() if re.search(r"mark_safe|SafeString", path.read_text())]
    assert found == []


def test_no_template_or_style_names_another_host():
    """Links to other hosts are data; what the browser loads by itself stands in src, link and url()."""
    loads = re.compile(r"(?:src=|<link[^>]*href=|url\()['\"]?(?:https?:)?//")
    assert [name(path) for path in templates() if loads.search(path.read_text())] == []


def test_files_tell_one_story():
    long = {name(path): lines for path in python_files() if (lines := code_lines(path)) > 350}
    assert long == {}


def test_no_line_of_a_template_is_too_long_to_read():
    """A line breaks only where a blank does not show: between blocks, or inside a tag between attributes."""
    long = [
        f"{name(path)}:{number}"
        for path in templates()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > 120
    ]
    assert long == []


def code_lines(path):
    return sum(1 for line in path.read_text().splitlines() if line.strip() and not line.strip().startswith("#"))


def test_all_tabs_of_an_area_have_one_left_edge():
    """A page with tabs that was centred by itself would jump sideways from tab to tab."""
    tabs = re.compile(r'include "(?:\w+/)+(?:_(?:\w+_)?tabs|rosters/_head)\.html"')
    whole = (page for page in templates() if not page.name.startswith("_"))
    pages = [page for page in whole if tabs.search(page.read_text("utf-8"))]
    wide = re.compile(r"{% block width %}(?:wide|area){% endblock %}")
    jumps = sorted(name(page) for page in pages if not wide.search(page.read_text("utf-8")))
    assert (jumps, len(pages) > 15) == ([], True)
