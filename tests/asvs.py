"""What docs/security.md claims of OWASP ASVS 5.0, and what the comments of the tests say of the same numbers.

Of the 345 requirements 184 are of level 1 or 2 and ask for something that the portal has. The others of these
levels ask for what is not here. V1: no LDAP, XPath, LaTeX, Java, memcached; no language without memory safety.
V3: no request from other sites that a browser would ask about first, no postMessage. V4: no GraphQL, no WebSocket.
V6, V7, V10: no code by telephone, no authorization or resource server of its own; what the town's own login adds
stands in BEYOND as far as it is proved. V8: one town an installation. V9: no second service reads a token. V11:
nothing is encrypted but the seeds of second factors. V12: no certificates of visitors. V15: the portal calls no
other service. V17: no WebRTC.
"""

import ast
import re
from pathlib import Path

from tests.repository import ROOT, name

NUMBER = r"V\d+\.\d+\.\d+"
COMMENT = re.compile(rf"# ASVS ({NUMBER}(?:, {NUMBER})*)")
ROW = re.compile(rf"^\| ({NUMBER}) \| (.+?) \| (.+) \|$", re.MULTILINE)
EXCEPTION = re.compile(rf"^(\d+)\. ({NUMBER}(?:, {NUMBER})*): ", re.MULTILINE)
MOST_EXCEPTIONS = 12


def _numbers(text: str) -> set[str]:
    return set(re.findall(NUMBER, text))


APPLIES = _numbers("""
    V1.1.1 V1.1.2 V1.2.1 V1.2.2 V1.2.3 V1.2.4 V1.2.5 V1.2.9 V1.3.1 V1.3.2 V1.3.3 V1.3.4 V1.3.5 V1.3.6 V1.3.7
    V1.3.10 V1.3.11 V1.4.2 V1.5.1 V1.5.2
    V2.1.1 V2.1.2 V2.1.3 V2.2.1 V2.2.2 V2.2.3 V2.3.1 V2.3.2 V2.3.3 V2.3.4 V2.4.1
    V3.2.1 V3.2.2 V3.3.1 V3.3.2 V3.3.3 V3.3.4 V3.4.1 V3.4.2 V3.4.3 V3.4.4 V3.4.5 V3.4.6 V3.5.1 V3.5.3 V3.5.4
    V3.7.1 V3.7.2
    V4.1.1 V4.1.2 V4.1.3 V4.2.1
    V5.1.1 V5.2.1 V5.2.2 V5.2.3 V5.3.1 V5.3.2 V5.4.1 V5.4.2 V5.4.3
    V6.1.1 V6.1.2 V6.1.3 V6.2.1 V6.2.2 V6.2.3 V6.2.4 V6.2.5 V6.2.6 V6.2.7 V6.2.8 V6.2.9 V6.2.10 V6.2.11
    V6.2.12 V6.3.1 V6.3.2 V6.3.3 V6.3.4 V6.4.1 V6.4.2 V6.4.3 V6.4.4 V6.5.1 V6.5.2 V6.5.3 V6.5.4 V6.5.5
    V6.6.2 V6.6.3
    V7.1.1 V7.1.2 V7.2.1 V7.2.2 V7.2.3 V7.2.4 V7.3.1 V7.3.2 V7.4.1 V7.4.2 V7.4.3 V7.4.4 V7.4.5 V7.5.1 V7.5.2
    V8.1.1 V8.1.2 V8.2.1 V8.2.2 V8.2.3 V8.3.1
    V9.1.1 V9.1.2 V9.1.3 V9.2.1 V9.2.2
    V11.1.1 V11.1.2 V11.2.1 V11.2.2 V11.2.3 V11.4.1 V11.4.2 V11.4.3 V11.5.1
    V12.1.1 V12.1.2 V12.2.1 V12.2.2 V12.3.1 V12.3.2 V12.3.3 V12.3.4
    V13.1.1 V13.2.1 V13.2.2 V13.2.3 V13.2.4 V13.2.5 V13.3.1 V13.3.2 V13.4.1 V13.4.2 V13.4.3 V13.4.4 V13.4.5
    V14.1.1 V14.1.2 V14.2.1 V14.2.2 V14.2.3 V14.2.4 V14.3.1 V14.3.2 V14.3.3
    V15.1.1 V15.1.2 V15.1.3 V15.2.1 V15.2.2 V15.2.3 V15.3.1 V15.3.3 V15.3.4 V15.3.5 V15.3.6 V15.3.7
    V16.1.1 V16.2.1 V16.2.2 V16.2.3 V16.2.4 V16.2.5 V16.3.1 V16.3.2 V16.3.3 V16.3.4 V16.4.1 V16.4.2 V16.4.3
    V16.5.1 V16.5.2 V16.5.3
    """)

# Of level 3, or of the town's own login: claimed as well.
BEYOND = _numbers("""
    V1.2.10
    V3.4.8
    V6.3.7 V6.3.8 V6.5.6
    V7.5.3 V7.6.2
    V8.3.2
    V10.1.2 V10.2.1 V10.5.1 V10.5.3 V10.5.4
    """)


def proofs() -> list[tuple[str, str]]:
    """Number and proof of each row, in the order of the document."""
    return [(number, proof) for number, _words, proof in ROW.findall(_security())]


def files_in_the_table() -> dict[str, set[str]]:
    """The rows that are proved by tests."""
    return {number: set(re.findall(r"`(.+?)`", proof)) for number, proof in proofs() if proof.startswith("`")}


def files_by_the_comments() -> dict[str, set[str]]:
    claimed: dict[str, set[str]] = {}
    for path, _line, comment in _comments():
        for number in comment.removeprefix("# ASVS ").split(", "):
            claimed.setdefault(number, set()).add(name(path))
    return claimed


def misplaced_comments() -> list[str]:
    """Comments that stand on no test, or that no reader of them would understand."""
    return [
        f"{name(path)}:{line}"
        for path, line, comment in _comments()
        if not COMMENT.fullmatch(comment) or line + 1 not in _first_lines_of_tests(path)
    ]


def lost_links() -> list[str]:
    """Proofs that name a heading which their document does not have."""
    return [proof for _number, proof in proofs() if proof.startswith("[") and not _leads_somewhere(proof)]


def exceptions_in_the_table() -> dict[int, set[str]]:
    named: dict[int, set[str]] = {}
    for number, proof in proofs():
        if proof.startswith("exception "):
            named.setdefault(int(proof.removeprefix("exception ")), set()).add(number)
    return named


def exceptions_in_the_list() -> dict[int, set[str]]:
    section = _security().partition("## Exceptions\n")[2].partition("\n## ")[0]
    return {int(entry): set(numbers.split(", ")) for entry, numbers in EXCEPTION.findall(section)}


def in_order(number: str) -> list[int]:
    return [int(part) for part in number.removeprefix("V").split(".")]


def _security() -> str:
    return (ROOT / "docs" / "security.md").read_text()


def _comments() -> list[tuple[Path, int, str]]:
    return [
        (path, number, line)
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if line.lstrip().startswith("# ASVS")
    ]


def _first_lines_of_tests(path: Path) -> set[int]:
    tests = [
        node
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    return {min(part.lineno for part in [test, *test.decorator_list]) for test in tests}


def _leads_somewhere(link: str) -> bool:
    match = re.fullmatch(r"\[[^]]+\]\(([a-z/]+\.md)?#(.+)\)", link)
    if not match:
        return False
    page = ROOT / "docs" / (match[1] or "security.md")
    return page.exists() and match[2] in anchors(page)


def anchors(page: Path) -> set[str]:
    """The fragments that a forge gives the headings: small letters, no signs, hyphens for blanks."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
