"""What no source of ours calls or imports: others were broken into that way.

Seconds, once: every source is parsed.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from tests.repository import ROOT, name, python_files, templates

EVALUATES = {"eval", "exec", "compile", "__import__"}
SHELLS = re.compile(r"os\.(system|popen|exec\w*|spawn\w*|posix_spawn\w*)|subprocess\.(getoutput|getstatusoutput)")
# Whoever can choose what these read runs code of their own.
UNPACKS_CODE = {"pickle", "cPickle", "dill", "marshal", "shelve", "jsonpickle", "yaml", "copyreg"}
READS_XML = {"xml", "lxml", "defusedxml", "xmltodict"}
CALLS_OUT = {"socket", "urllib", "http", "requests", "httpx", "aiohttp", "urllib3", "smtplib", "ftplib", "boto3"}
CALLS_OUT |= {"botocore", "storages"}
# Of these packages, what only takes addresses apart or names numbers.
CALLS_NOBODY = {"urllib.parse", "urllib.error", "http"}
SQL = {"execute", "executemany", "raw", "extra", "RawSQL", "mogrify", "copy_expert"}


@cache
def nodes():
    return [(name(path), node) for path in python_files() for node in ast.walk(ast.parse(path.read_text()))]


@cache
def calls():
    return [(path, ast.unparse(node.func), node) for path, node in nodes() if isinstance(node, ast.Call)]


def imports_of(packages):
    found = set()
    for path, node in nodes():
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        named += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        found |= {(path, module) for module in named if module.partition(".")[0] in packages}
    return found


def is_constant(node):
    """Written in the source: a literal, a name in capitals, or a literal made of such."""
    if isinstance(node, ast.JoinedStr):
        return all(is_constant(part.value) for part in node.values if isinstance(part, ast.FormattedValue))
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "re.escape"
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


# ASVS V1.3.2
def test_no_text_is_run_as_code():
    assert [(path, called) for path, called, _node in calls() if called in EVALUATES] == []


# ASVS V1.2.5
def test_no_command_goes_through_a_shell():
    """A program and its arguments are a list; a shell would read signs in them."""
    shells = [(path, called) for path, called, _node in calls() if SHELLS.fullmatch(called)]
    words = [path for path, _called, node in calls() if "shell" in {keyword.arg for keyword in node.keywords}]
    texts = [
        path
        for path, called, node in calls()
        if called.startswith("subprocess.")
        and node.args
        and isinstance(node.args[0], (ast.Constant, ast.JoinedStr))
    ]
    assert (shells, words, texts) == ([], [], [])


# ASVS V1.5.2
def test_nothing_is_unpacked_that_could_be_code():
    assert imports_of(UNPACKS_CODE) == set()
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


# ASVS V1.2.4
def test_no_query_is_put_together_from_what_was_typed():
    """foundation/db copies and empties tables by the names of the catalogue; the others send parameters."""
    found = {
        (path, called)
        for path, called, node in calls()
        if called.rpartition(".")[2] in SQL and not path.startswith("foundation/db/")
        if not (node.args and is_constant(node.args[0]))
    }
    assert found == set()


# ASVS V1.2.9
def test_no_pattern_is_made_of_what_was_typed():
    """These come from the definitions of the standards, which are files of ours, or from lists beside them."""
    found = {
        (path, ast.unparse(node.args[0]))
        for path, called, node in calls()
        if called.startswith("re.") and called != "re.escape" and node.args and not is_constant(node.args[0])
    }
    assert found == {
        ("members/sessions.py", "sign"),
        # Of constants of ours: names of prefectures, kinds of columns and what they look like.
        ("tablecheck/relations/addresses.py", "f'{END}((?:{others})[^{END}]*)'"),
        ("tablecheck/relations/spans.py", "CLEAN[kind]"),
        ("tablecheck/rules/losses.py", "f'[ぁ-んァ-ヶー々{_frequent()}]'"),
        ("tablecheck/standards/guessing.py", "kind.sign"),
        ("tablecheck/standards/guessing.py", "kind.titles"),
        ("tablecheck/standards/guessing.py", "shape"),
        ("tablecheck/columns.py", "f'(?:(?:{clean}){END}){{0,1000}}'"),
        ("tablecheck/profile.py", "shape"),
        ("tablecheck/rules/codes.py", "pattern"),
        ("tablecheck/rules/prose.py", "f'[{_machine_dependent()}]'"),
        ("tablecheck/rules/prose.py", "field.pattern"),
        ("tablecheck/standards/field.py", "pattern"),
    }
    queried = {
        keyword.arg
        for path, _called, node in calls()
        for keyword in node.keywords
        if "regex" in (keyword.arg or "") and "/models/" not in path and not path.endswith("models.py")
    }
    assert queried == set()


# ASVS V1.3.7
def test_no_template_is_made_of_text():
    made = {"Template", "from_string", "Engine", "SafeString", "SafeText", "mark_safe", "html_safe"}
    assert [(path, called) for path, called, _node in calls() if called.rpartition(".")[2] in made] == []
    assert imports_of({"jinja2", "mako", "string"}) == set()


# ASVS V1.5.1
def test_xml_is_looked_at_by_a_parser_that_follows_nothing():
    """expat opens nothing by itself, and is stopped at the first entity that is declared; calamine knows none."""
    assert imports_of(READS_XML) == {("tablecheck/bombs.py", "xml.parsers")}


# ASVS V1.3.6
def test_only_these_modules_call_another_machine():
    """By addresses of the settings alone: the mail server, the bucket, the town's own login, the demo itself."""
    found = {(path, module) for path, module in imports_of(CALLS_OUT) if module not in CALLS_NOBODY}
    assert found == {
        ("dxbukai/demo/management/commands/demo.py", "socket"),
        ("dxbukai/demo/management/commands/demo.py", "urllib.request"),
        ("foundation/files/bucket.py", "botocore.config"),
        ("foundation/files/bucket.py", "botocore.exceptions"),
        ("foundation/files/bucket.py", "storages.backends.s3"),
        ("foundation/mail/delivery.py", "smtplib"),
        ("members/views/sso.py", "requests"),
    }


SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
# A text that becomes markup or code; a key that is somebody's text, in an object that has a prototype.
MARKUP = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\b|new Function"
POLLUTION = (
    r"__proto__|\.prototype\b|Object\.(assign|setPrototypeOf|defineProperty)|\w\[[^\]\"'0-9][^\]]*\]\s*=[^=]"
)


# ASVS V3.2.2, V15.3.6
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_of_text_or_writes_to_an_object_by_a_key_it_was_given(path: Path):
    lines = [line for line in path.read_text().splitlines() if re.search(f"{MARKUP}|{POLLUTION}", line)]
    assert lines == []


# ASVS V3.7.1
def test_no_page_asks_for_a_plugin():
    plugins = re.compile(r"<(object|embed|applet|iframe|frame|param)\b")
    assert [name(path) for path in templates() if plugins.search(path.read_text())] == []
