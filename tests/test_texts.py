"""Japanese is the source language, and every text of a page is marked for translation."""

import ast
import re

import pytest

from tests.repository import JAPANESE, emails, name, python_files, templates

MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "N_"}

# Printed by itself, or as a fact, and not told to stay together. A deadline has its own style for that.
BROKEN_TIME = re.compile(
    r"{{ [\w.]+\|wareki_time }}"
    r"|{% fact [^%]*\|wareki_time [^%]*%}"
    r"|[\w.]+\|wareki_range:[\w.]+(?![\w.]|\|unbroken)"
)

# Documents and data stay Japanese in any interface language; what operators read in a terminal too.
NOT_PAGES = (
    "dxbukai/settings.py",
    "dxbukai/keys.py",
    "dxbukai/connections.py",
    "dxbukai/databases.py",
    "dxbukai/letterpress.py",
    "dxbukai/scanners.py",
    "dxbukai/starting.py",
    "dxbukai/stores.py",
    "members/passwords.py",
    "members/names/forms.py",
    "members/names/order.py",
    "members/names/search.py",
    "members/usual.py",
    "dxbukai/demo/",
    "foundation/calendar/",
    "reports/formats/",
    "reports/compose",
    "tablecheck/",
    "meetings/survey/headings.py",
    "meetings/record_lines.py",
    "meetings/transcripts.py",
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


# One way of saying each thing (公用文): what is not written, and what is.
SPELLINGS = {
    r"(?<![0-9])(?:1[3-9]|2[0-3])時(?!間)": "午後5時",
    r"[0-9]時00分": "午後5時",
    r"\bfiscal_year\b(?=[^\"]*[}%]\})": "令和8年度",
    r"うちの課": "所属課",
    r"※任意|（必須）|（任意）": "※必須",
    r"だれ": "誰",
    r"すでに": "既に",
    r"または": "又は",
    r"すべて": "全て",
    r"ほかの": "他の",
    r"確かめ": "確認",
    r"しだい": "次第",
    r"あて先": "宛先",
    r"取組み": "取組",
    r"見なす": "みなす",
    r"くり返": "繰り返",
    r"フォルダ(?!ー)": "フォルダー",
    r"[0-9]つ": "一つ",
    r"たあと": "た後",
    r"取り除": "削除",
    r"を加え(?:る|ま)": "追加する",
}


def misspelt(text):
    """What a text says in another way than the rest of the house."""
    return [found for pattern in SPELLINGS for found in re.findall(pattern, text)]


def strings(tree):
    """Every literal but the docstrings, which speak of the form and not in it."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


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


def test_a_day_with_its_time_breaks_at_its_blank_alone():
    """午後1時～3時 / 15分 in two lines is read wrong. In a sentence it is a word like any other."""
    broken = [f"{name(path)}: {cut}" for path in templates() for cut in BROKEN_TIME.findall(path.read_text())]
    assert broken == ["templates/_components/deadline.html: {{ moment|wareki_time }}"]


def test_each_thing_is_said_in_one_way():
    texts = [(path, string) for path in python_files() for string in strings(ast.parse(path.read_text()))]
    texts += [(path, path.read_text()) for path in (*templates(), *emails())]
    assert [f"{name(path)}: {found}" for path, text in texts for found in misspelt(text)] == []


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("回答期限は17時です。", ["17時"]),
        ("午後5時00分まで", ["5時00分"]),
        ("午後5時15分まで、24時間受け付けます。", []),
        ("{{ group.fiscal_year }}", ["fiscal_year"]),
        ('{% fact _("年度") group.fiscal_year %}', ["fiscal_year"]),
        ("公開すると、だれでも読めます。", ["だれ"]),
        ("すでに登録されています。", ["すでに"]),
        ("うちの課のデータ", ["うちの課"]),
        ("氏名（必須）", ["（必須）"]),
        ("このフォルダにファイルが1つあります。", ["フォルダ", "1つ"]),
    ],
)
def test_the_check_of_spelling_can_fail(text, found):
    assert misspelt(text) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('label = _("すでに")', ["すでに"]),
        ('label = f"すでに{n}件"', ["すでに", "件"]),
        ('def f():\n    """すでに"""', []),
    ],
)
def test_the_check_of_spelling_reads_all_but_docstrings(source, found):
    assert list(strings(ast.parse(source))) == found
