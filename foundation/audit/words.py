"""What a deed is called on the page. Each app says it of its own deeds in deeds.py; this floor knows no app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


def words_of(deed: str) -> str:
    """members.add_person → 職員等の登録; a deed without words keeps its name."""
    label = deed.partition(".")[0]
    return str(_words(label).get(deed, deed))


def _words(label):
    name = next((app.name for app in apps.get_app_configs() if app.label == label), None)
    module = f"{name}.deeds"
    return import_module(module).WORDS if name and find_spec(module) else {}
