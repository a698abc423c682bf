"""What an action is called on the page: each app says it in action_names.py; this floor knows no app."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def words_of(action: str) -> str:
    """members.add_person → 職員等の登録; an action without words keeps its name."""
    label = action.partition(".")[0]
    return str(_words(label).get(action, action))


def _words(label: str) -> "Mapping[str, StrOrPromise]":
    name = next((app.name for app in apps.get_app_configs() if app.label == label), None)
    module = f"{name}.action_names"
    return import_module(module).NAMES if name and find_spec(module) else {}
