"""No pattern of ours takes more than linear time, whatever text is held against it.

Each pattern of the source, compiled or in its place, is run over texts of 100,000 characters. In linear time the
whole is a matter of seconds; one that tries again from each character takes minutes, and is ended by the clock.
"""

import ast
import importlib
import re
from collections import defaultdict
from functools import cache

import pytest

from tablecheck.columns import suspects
from tablecheck.rules import KINDS, rule_of
from tablecheck.standards import Field
from tests.repository import FLOORS, ROOT

pytestmark = pytest.mark.no_cover
LENGTH = 100_000
UNITS = [
    *(" ", "\u3000", "\n", "\t", "\r", "a", "A", "1", "０", "ア", "月", "年", "(", "（", "<", "[[", "@", ".", ","),
    *("-", "ー", "/", ":", "=", '"', "_", "0-", "A-", "a.", "a@", "1,", "1年", "1月", "月〜", "月、", "令和1"),
    *("https://", "<c r="),
]
HEADS = ["", "a@", "http://", "令和", "03-1234-5678 内線", "<a href=", "[[", "<c "]
TAILS = ["", "@", "<", "x", "\n", "。", "!", "\0"]
# How a pattern is held against a text, by what the source calls.
HOW = {"fullmatch": "fullmatch", "match": "match"} | dict.fromkeys(
    ["search", "sub", "subn", "split", "findall", "finditer"], "search"
)


def texts(heads=HEADS):
    for unit in UNITS:
        body = (unit * LENGTH)[:LENGTH]
        yield from (f"{head}{body}{tail}" for head, tail in zip(heads, TAILS, strict=False))


def sources():
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if not {"migrations", "management", "demo"} & set(path.parts):
                yield path


USES = re.compile(rf"\b(\w+)\.({'|'.join(HOW)})\b")


@cache
def used():
    """Name → how the source calls it, read once for all names."""
    found = defaultdict(set)
    for path in sources():
        for name, called in USES.findall(path.read_text()):
            found[name].add(HOW[called])
    return found


def in_place():
    """Literal patterns where they are used: (pattern, flags, how)."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
                called, first = ast.unparse(node.func)[3:], node.args[0]
                if called in HOW and isinstance(first, ast.Constant):
                    yield first.value, 0, HOW[called]


def by_name():
    """Those that stand compiled in a module, and how the source uses the name."""
    for path in sources():
        if path.stem in {"__main__", "settings", "wsgi"}:
            continue
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                for how in used().get(name) or {"search"}:
                    yield value.pattern, value.flags, how


def patterns():
    return sorted({*in_place(), *by_name()}, key=str)


def test_all_patterns_are_found():
    assert len(patterns()) >= 50


# ASVS V15.2.2
@pytest.mark.timeout(110)
def test_each_pattern_is_done_with_each_text():
    """Seconds: some sixty patterns, 300 texts of 100,000 characters each."""
    several = list(texts())
    for pattern, flags, how in patterns():
        held = getattr(re.compile(pattern, flags), how)
        for text in several:
            held(text.encode() if isinstance(pattern, bytes) else text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_rule_is_done_with_each_text(kind):
    field = Field("f", "列", kind, choices=("有", "無"))
    rule = rule_of(field)
    for text in texts(HEADS[:4]):
        for value in suspects(f"{text}\0", rule.clean):
            list(rule.examine(value, field))
