"""The documents name what there is."""

import re

from tests.repository import FLOORS, ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_operations_lists_every_environment_variable_of_the_settings():
    settings = (ROOT / "dxbukai" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*["\'](\w+)["\']', settings))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert listed == read


def test_operations_names_every_command_of_ours():
    commands = {path.stem for floor in FLOORS for path in (ROOT / floor).rglob("management/commands/[!_]*.py")}
    named = set(re.findall(r"manage\.py (\w+)", OPERATIONS))
    assert sorted(commands - named) == []


def test_operations_names_every_table_that_holds_people():
    """Each prefix in the retention table is one of a real table."""
    from django.apps import apps

    tables = {model._meta.db_table for model in apps.get_models()}
    named = set(re.findall(r"`((?:members|meetings|mail|django|audit)_[a-z]+)", OPERATIONS))
    assert sorted(named - tables) == []


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
