"""IBM's Equal Access rules. Their `accessibility-checker` fetches its rules from the network before it looks at
anything; the engine inside is a package of its own, and is put into each page here.
"""

from itertools import groupby

from playwright.sync_api import Browser, Page as Tab, sync_playwright

from tools.judges import Finding, Page, Town, Verdict, tools
from tools.judges.browser import ARGUMENTS, chromium

MINIMUM, COUNTED = 90, "pages"
RULES = "IBM_Accessibility"
# Folds are opened: what is in a closed one counts as not there.
OPEN = """() => document.querySelectorAll("details").forEach(fold => { fold.open = true })"""
ASK = """rules => new ace.Checker().check(document, [rules]).then(report => report.results
    .filter(result => result.value[0] === "VIOLATION" && result.value[1] === "FAIL")
    .map(result => [result.ruleId, result.message + " " + result.snippet]))"""


def judge(town: Town) -> Verdict:
    engine = tools.package("accessibility-checker-engine/ace.js").read_text()
    found: list[Finding] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for role, pages in groupby(town.looks, key=lambda page: page.role):
            found += look(browser, list(pages), town.cookies[role], engine)
        browser.close()
    return len(town.looks), found


def look(browser: Browser, pages: list[Page], cookie: str, engine: str) -> list[Finding]:
    context = browser.new_context(bypass_csp=True, locale="ja-JP", viewport={"width": 1280, "height": 900})
    context.set_extra_http_headers({"Cookie": cookie})
    tab = context.new_page()
    found = [finding for page in pages for finding in of_one(tab, page, engine)]
    context.close()
    return found


def of_one(tab: Tab, page: Page, engine: str) -> list[Finding]:
    tab.goto(page.url)
    tab.evaluate(OPEN)
    tab.evaluate(f"() => {{ {engine}\n; window.ace = ace }}")
    return [Finding(rule, page.name, f"{page.role}: {said}") for rule, said in tab.evaluate(ASK, RULES)]
