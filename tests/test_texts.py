"""Japanese is the source language, and every text of a page is marked for translation."""

import ast
import re

import pytest

from tests.repository import JAPANESE, name, python_files, templates

MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "N_"}

# Documents and data stay Japanese in any interface language; what operators read in a terminal too.
NOT_PAGES = (
    "dxbukai/settings.py",
    "dxbukai/demo/",
    "foundation/calendar/",
    "reports/formats/",
    "reports/compose",
    "tablecheck/",
    "opendata/patterns.py",
    "management/commands/",
    "foundation/db/",
)


def is_page_text(path):
    return not any(part in name(path) for part in NOT_PAGES)


def needs_no_mark(node):
    """Marking calls; docstrings; the proper name of a thing (__str__); what a column begins with."""
    return (
        (isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.FunctionDef) and node.name == "__str__")
        or (isinstance(node, ast.keyword) and node.arg == "default")
    )


def unmarked_strings(tree):
    """Japanese literals that no translator would be shown."""
    marked = set()
    for node in ast.walk(tree):
        if needs_no_mark(node):
            marked.update(id(inner) for inner in ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in marked and JAPANESE.search(str(node.value)):
            yield node.lineno, node.value


def unmarked_text(source):
    """Japanese of a template that stands outside translate and blocktranslate."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{% translate .*?%\}", "", source)
    source = re.sub(r"_\(\"[^\"]*\"\)|_\('[^']*'\)", "", source)
    return [line.strip() for line in source.splitlines() if JAPANESE.search(line)]


def test_every_text_in_python_is_marked():
    unmarked = [
        f"{name(path)}:{line} {text}"
        for path in python_files()
        if is_page_text(path)
        for line, text in unmarked_strings(ast.parse(path.read_text()))
    ]
    assert unmarked == []


def test_every_text_in_templates_is_marked():
    unmarked = [f"{name(path)}: {line}" for path in templates() for line in unmarked_text(path.read_text())]
    assert unmarked == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('label = "氏名"', ["氏名"]),
        ('label = _("氏名")', []),
        ('def f():\n    """氏名を返す"""', []),
        ('raise ValueError(f"{n}行目")', ["行目"]),
    ],
)
def test_the_check_of_python_can_fail(source, found):
    assert [text for _line, text in unmarked_strings(ast.parse(source))] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>回答する</p>", ["<p>回答する</p>"]),
        ('<p>{% translate "回答する" %}</p>', []),
        ('{% notice title=_("回答する") %}', []),
        ("{% blocktranslate trimmed %}\n回答する\n{% endblocktranslate %}", []),
    ],
)
def test_the_check_of_templates_can_fail(source, found):
    assert unmarked_text(source) == found
