"""Wapiti attacks the forms and parameters of a page of each kind: as nobody, as a member, as the desk.

Left to find its way alone it spends its time on the same button of thirty members.

It types into every form it meets, so that the demo is not the same afterwards: it is the last judge.
"""

import json
import subprocess
from http import HTTPStatus

from tools.judges import Finding, Town, Verdict, tools
from tools.judges.crawl import name_of

MINIMUM, COUNTED = 300, "addresses"
ROLES = ["anonymous", "hanako", "desk"]
# What works without a second server outside, and without lists from the network.
MODULES = "cookieflags,crlf,csp,csrf,exec,file,http_headers,permanentxss,redirect,sql,upload,xss"
LIMITS = [
    "--depth", "1",
    "--max-files-per-dir", "10",
    "--max-scan-time", "45",
    "--max-attack-time", "30",
    "--scan-force", "sneaky",
]  # fmt: skip
# Doors to other people, and the way out.
EXCLUDED = ["/demo/*", "/a/*", "/accounts/logout/*"]


def judge(town: Town) -> Verdict:
    met, found = 0, []
    for role in ROLES:
        report = attack(town, role)
        met += report["infos"]["crawled_pages_nbr"]
        found += findings(role, report)
    return met, found


def attack(town: Town, role: str) -> dict:
    out = tools.HOME / f"wapiti {role}.json"
    out.unlink(missing_ok=True)
    ran = subprocess.run(
        [
            tools.venv("wapiti"), "--url", f"{town.address}/", "--scope", "domain", "--module", MODULES, *LIMITS,
            *[word for path in EXCLUDED for word in ("--exclude", town.address + path)],
            *[word for url in starts(town, role) for word in ("--start", url)],
            "--header", f"Cookie: {town.cookies[role]}", "--flush-session",
            "--no-bugreport", "--store-session", tools.HOME / "wapiti",
            "--store-config", tools.HOME / "wapiti", "--format", "json", "--output", out,
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    if not out.exists():
        raise RuntimeError(ran.stdout + ran.stderr)
    return json.loads(out.read_text())


def starts(town: Town, role: str) -> list[str]:
    pages = [page for page in town.html if page.role == role and page.status == HTTPStatus.OK]
    return list({page.name: page.url for page in reversed(pages)}.values())


def findings(role: str, report: dict) -> list[Finding]:
    kinds = report["vulnerabilities"] | report["anomalies"]
    return [
        Finding(kind.replace(" ", "-"), name_of(item["path"]), f"{role}: {item['method']} {item['info']}")
        for kind, items in kinds.items()
        for item in items
    ]
