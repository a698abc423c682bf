"""Every action leaves one event in the audit log, in its own transaction; the others say why not."""

import ast
from collections import Counter

import pytest

from tests.repository import ROOT

MODULES = sorted(
    path
    for pattern in ("*/actions/*.py", "*/actions.py", "foundation/*/actions.py")
    for path in ROOT.glob(pattern)
)
# How often record() stands in an action, where it is not once.
OTHERS = {
    # What nobody else sees is nobody else's to know of.
    "meetings.actions.replies.save_draft": 0,
    "meetings.actions.replies.discard_draft": 0,
    "members.actions.sheets.save_draft": 0,
    # Recorded when the worker has done it.
    "opendata.actions.publishing.publish_later": 0,
    "opendata.actions.uploading.read_later": 0,
    "members.actions.rosters.preview_roster_later": 0,
    # Made of other actions, each of which leaves its own row.
    "members.actions.memberships.add_members": 0,
    "reports.actions.reopen": 0,
    # One row for each link, at once.
    "members.actions.links.personal_links": 0,
    "members.actions.links.ask_for_sheets": 0,
    "members.actions.links.make_slips": 0,
    "members.actions.links.reissue_link": 0,
    "members.actions.links.reissue_links": 0,
    # Two ways to end, each with its row.
    "members.actions.people.make_administrator": 2,
    "opendata.actions.uploading.read": 2,
    "opendata.actions.uploading.replace": 2,
    "retention.actions.carry_out": 2,
}


def tree_of(path):
    return {node.name: node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}


def is_action(function):
    return "action" in map(ast.unparse, function.decorator_list)


def named(call):
    return ast.unparse(call.func)


def rows_of(function, functions):
    """Calls of record() in a function and in the private ones beside it that it calls."""
    calls = Counter(named(node) for node in ast.walk(function) if isinstance(node, ast.Call))
    helpers = [name for name in calls if name in functions and name.startswith("_") and name != function.name]
    return calls["record"] + sum(rows_of(functions[name], functions) for name in helpers)


def actions():
    for path in MODULES:
        functions, module = tree_of(path), str(path.relative_to(ROOT).with_suffix("")).removesuffix("/__init__")
        for name, function in functions.items():
            if is_action(function):
                yield f"{module}.{name}".replace("/", "."), function, functions


ACTIONS = list(actions())


# ASVS V16.2.1, V16.3.3
def test_every_action_leaves_one_row():
    assert {name: rows_of(*rest) for name, *rest in ACTIONS if rows_of(*rest) != 1} == OTHERS


def test_every_action_says_who_does_it_and_takes_its_values_by_name():
    assert [name for name, action, _ in ACTIONS if action.args.args or "by" not in keywords(action)] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_is_recorded_outside_a_action(path):
    """A row without the transaction of its action could tell of something that never happened."""
    functions = tree_of(path)
    plain = [function for name, function in functions.items() if not (name.startswith("_") or is_action(function))]
    assert [function.name for function in plain if rows_of(function, functions)] == []


def keywords(action):
    return {argument.arg for argument in action.args.kwonlyargs}
