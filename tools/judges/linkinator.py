"""Linkinator follows every link, image, style sheet and #fragment, as a citizen and as a member."""

from tools.judges import Finding, Town, Verdict, tools
from tools.judges.crawl import name_of

MINIMUM, COUNTED = 60, "links"
ROLES = ["anonymous", "hanako", "clerk"]
# Other sites are not there to be asked; the doors lead to other people.
SKIPPED = [r"^(?!http://127\.0\.0\.1:)", "/demo/", r"://[^/]+/a/."]


def judge(town: Town) -> Verdict:
    met, found = 0, []
    for role in ROLES:
        links = [link for link in follow(town, role) if link["state"] != "SKIPPED"]
        met += len(links)
        found += [
            Finding(
                str(link["status"]),
                name_of(link.get("parent") or link["url"]),
                f"{role}: {link.get('parent')} → {link['url']}",
            )
            for link in links
            if link["state"] != "OK"
        ]
    return met, found


def follow(town: Town, role: str) -> list[dict]:
    return tools.answer(
        [
            *tools.node("linkinator/build/src/cli.js"), f"{town.address}/",
            "--recurse", "--check-fragments", "--header",
            f"Cookie:{town.cookies[role]}",
            "--check-css", "--concurrency", "4", "--format", "json",
            *[word for address in SKIPPED for word in ("--skip", address)],
        ]
    )["links"]  # fmt: skip
