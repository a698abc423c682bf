"""A real browser in front of a real server. What a page may not do is watched on every page of every test."""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

CHROMIUM = ["chromium", "chromium-browser", "google-chrome", "chrome"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=ja",
]
SHOTS = Path(__file__).parents[2] / "test-results"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}

# Playwright's loop runs in this thread; Django would take the fixtures' queries for asynchronous ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.exit("The browser tests need an installed Chromium (Debian: apt-get install chromium).", 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """`open_page(width=320, js=False)`: a page in a context of its own. No page may end with a complaint."""
    contexts, complaints = [], []

    def open_(width=None, *, js=True, **options):
        if width:
            options["viewport"] = {"width": width, "height": 900}
        options = {"timezone_id": "Asia/Tokyo"} | options
        context = chromium.new_context(base_url=live_server.url, locale="ja-JP", java_script_enabled=js, **options)
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        watch(page, live_server.url, complaints)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def watch(page, home, complaints):
    """Broken policies, script errors, missing files, and requests that leave the house."""
    page.on("console", lambda said: "Content Security Policy" in said.text and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda sent: leaves(sent.url, home) and complaints.append(sent.url))
    page.on(
        "response",
        lambda got: got.status >= 400 and got.request.resource_type != "document" and complaints.append(got.url),
    )


def leaves(url, home):
    return not url.startswith((home, "data:", "blob:", "about:"))


@pytest.fixture
def desktop(open_page):
    return open_page(**DESKTOP)


@pytest.fixture
def page(desktop):
    return desktop


@pytest.fixture
def phone(open_page):
    return open_page(**PHONE)


@pytest.fixture
def suzuki(suzuki):
    """Runs the desk, and reviews the data of every section."""
    suzuki.is_data_steward = True
    suzuki.save()
    return suzuki


@pytest.fixture
def log_in(live_server, client):
    """`log_in(page, suzuki)`: the browser goes on as that person."""

    def login(page, user):
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])

    return login


@pytest.fixture(scope="session")
def axe():
    """`axe(page) == []`: what axe finds against WCAG 2.2 AA and its own best practices, one line each."""
    engine = Axe()

    def found(page):
        violations = engine.run(page).response["violations"]
        return [f"{rule['id']}: {node['html']}" for rule in violations for node in rule["nodes"]]

    return found


@pytest.fixture(scope="session")
def shot():
    """`shot(page, "answer-phone")` leaves test-results/answer-phone.png."""
    SHOTS.mkdir(exist_ok=True)

    def take(page, name):
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    return take


@pytest.fixture(scope="session")
def overflow():
    """`overflow(page) == 0`: how many pixels a page is wider than its window."""
    return lambda page: page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
