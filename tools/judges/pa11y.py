"""HTML CodeSniffer, by pa11y: WCAG 2 AA, errors only. Its warnings are questions to a reader, not findings."""

import json
from itertools import groupby

from tools.judges import Finding, Page, Town, Verdict, tools
from tools.judges.browser import ARGUMENTS, chromium

MINIMUM, COUNTED = 90, "pages"


def judge(town: Town) -> Verdict:
    found: list[Finding] = []
    for role, group in groupby(town.looks, key=lambda page: page.role):
        pages = list(group)
        said = ask(pages, town.cookies[role])
        found += [finding(page, issue) for page in pages for issue in said[page.url]]
    return len(town.looks), found


def ask(pages: list[Page], cookie: str) -> dict[str, list[dict[str, str]]]:
    config = tools.HOME / "pa11y.json"
    config.write_text(json.dumps({"defaults": defaults(cookie), "urls": [page.url for page in pages]}))
    return tools.answer([*tools.node("pa11y-ci/bin/pa11y-ci.js"), "--json", "--config", config])["results"]


def defaults(cookie: str) -> dict[str, object]:
    return {
        "standard": "WCAG2AA",
        "runners": ["htmlcs"],
        "concurrency": 1,
        "timeout": 60_000,
        "useIncognitoBrowserContext": True,
        "chromeLaunchConfig": {"executablePath": chromium(), "args": ARGUMENTS},
        "headers": {"Cookie": cookie},
    }


def finding(page: Page, issue: dict[str, str]) -> Finding:
    """A page that could not be opened is said in the same place, without a rule."""
    detail = f"{page.role}: {issue.get('message', '')} {issue.get('selector', '')} {issue.get('context', '')}"
    return Finding(issue.get("code", "not opened"), page.name, detail)
