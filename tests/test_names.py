"""A page, its view, its template and its action bear one name. Those that do not are listed here."""

import ast
import inspect
import textwrap
from collections import Counter

import pytest
from django.urls import URLPattern, get_resolver

from tests.repository import FLOORS, python_files

# Pages of an audience say so in their name; their view and template stand in a folder that says it.
AUDIENCES = ("account_", "desk_", "manage_", "personal_")
# Named after their object: one form for adding and for changing it.
SHARED = {
    "members:add_department": "department",
    "members:edit_department": "department",
    "members:edit_person": "person",
    "members:add_posting": "posting",
    "members:end_posting": "posting",
    "members:correct_posting": "posting",
    "members:add_group": "edit_group",
    "members:grant_desk": "grant",
    "members:end_grant": "grant",
    "meetings:add_answer": "reword_answer",
    "statements:add_test": "edit_test",
}
# Pages that are a thing, on which something is done: the word of what is done.
THINGS = {
    "members:desk_slips": ["make_slips"],
    "members:spare_codes": ["renew_spare_codes"],
    "meetings:agenda": ["add_item"],
    "meetings:fields": ["add_field"],
    "meetings:materials": ["add_material"],
    "meetings:roll": ["correct_times", "hold"],
    "restoration": ["release"],
    "meetings:edit_mark": ["mark"],
    "meetings:questions": ["ask"],
    "meetings:themes": ["add_theme"],
    "reports:draft": ["write_outcome"],
    "opendata:publication": ["describe"],
    "opendata:way": ["read"],
}
# A personal link leads on to the page of its purpose.
OTHER_VIEWS = {"personal": "page"}
# On the ground floor it is plain that what is sent is an email.
OF_THE_OUTBOX = {"members:resend_email": ["resend"], "members:cancel_email": ["cancel"]}


def pages():
    """(full name, plain name, view) of every pattern of ours."""

    def walk(resolver, namespaces=()):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLPattern):
                yield ":".join([*namespaces, entry.name or ""]), entry.name or "", inspect.unwrap(entry.callback)
            else:
                inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
                yield from walk(entry, inner)

    return [page for page in walk(get_resolver()) if page[2].__module__.split(".")[0] in FLOORS]


def short(name):
    return next((name.removeprefix(audience) for audience in AUDIENCES if name.startswith(audience)), name)


def tree_of(view):
    return ast.walk(ast.parse(textwrap.dedent(inspect.getsource(view))))


def templates_of(view):
    texts = (node.value for node in tree_of(view) if isinstance(node, ast.Constant))
    return {text.rpartition("/")[2].removesuffix(".html") for text in texts if str(text).endswith(".html")}


def actions_of(view):
    """The actions that a view names, whichever way their module is called there."""
    names = vars(inspect.getmodule(view))
    found = []
    for node in tree_of(view):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = names.get(node.value.id)
            if inspect.ismodule(module) and ".actions" in module.__name__:
                found.append(node.attr)
    return found


PAGES = pages()


def test_a_view_is_called_like_its_page():
    others = {full: view.__name__ for full, name, view in PAGES if short(view.__name__) not in {name, short(name)}}
    assert others == OTHER_VIEWS


def test_a_template_is_called_like_its_page():
    others = {}
    for full, name, view in PAGES:
        templates = templates_of(view)
        if templates and not templates & {name, short(name)}:
            (others[full],) = templates
    assert others == SHARED


def test_an_action_is_called_like_its_page():
    done = {full: sorted(actions_of(view)) for full, _name, view in PAGES}
    others = {
        full: actions for full, actions in done.items() if actions and full.rpartition(":")[2] not in actions
    }
    assert others == THINGS | OF_THE_OUTBOX


@pytest.mark.parametrize("view", ["meetings.views.desk.record.edit_entry"])
def test_the_look_at_a_view_sees_its_template_and_its_action(view):
    (found,) = [each for _full, _name, each in PAGES if f"{each.__module__}.{each.__name__}" == view]
    assert (templates_of(found), actions_of(found)) == ({"edit_entry"}, ["edit_entry"])


# What the engine says of a file, and the same as a row; every command is a Command.
TWICE = {"Command", "Finding", "Repair"}


def test_no_class_is_called_like_another():
    found = Counter(
        node.name
        for path in python_files()
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in found.items() if times > 1} == TWICE
