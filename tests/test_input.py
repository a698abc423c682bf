"""docs/input.md says what is taken, what must fit together and where it ends; the code is held to it here."""

import re
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db.models import UniqueConstraint
from django.urls import get_resolver

from meetings.forms.imports import ImportFileForm
from meetings.forms.materials import GivenForm
from members.forms import rosters
from members.forms.municipality import MOST_BYTES, MunicipalityForm
from members.forms.rosters import RosterForm
from members.forms.sheets import MOST_PHOTO_BYTES, PhotoForm
from opendata.forms.file import FileForm, UploadForm
from tests.repository import ROOT

INPUT = (ROOT / "docs" / "input.md").read_text()
OURS = {"members", "meetings", "reports", "opendata", "statements"}
# Text that has no longest length of its own: passwords, what a key answers, lists of which each line has one, and
# the cell that a page showed, and a list of people that is pasted (MOST_PASTED).
UNBOUNDED = {"PasswordField", "SetPasswordField", "Hidden", "DaysField", "UUIDField"}
UNBOUNDED_BY_NAME = {"before", "pasted", "themes", "titles"}


def section(title):
    return INPUT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def rows(title):
    """The first two cells of each row, without their marks."""
    return dict(re.findall(r"^\| `([^`]+)` \| (.+?) \|", section(title), re.MULTILINE))


def forms_of_ours():
    def below(form):
        return {form} | {found for child in form.__subclasses__() for found in below(child)}

    assert get_resolver().url_patterns
    return {form for form in below(forms.BaseForm) if form.__module__.partition(".")[0] in OURS}


def fields():
    """(form, name, field) of every form of ours."""
    return [
        (form, name, field) for form in forms_of_ours() for name, field in getattr(form, "base_fields", {}).items()
    ]


# ASVS V2.1.1
def test_every_kind_of_field_is_explained():
    assert {type(field).__name__ for _form, _name, field in fields()} == set(rows("What may be typed"))


# ASVS V1.3.3, V2.2.1
def test_every_text_has_a_longest_length():
    endless = {
        (type(field).__name__, name)
        for _form, name, field in fields()
        if isinstance(field, forms.CharField) and not getattr(field, "max_length", None)
    }
    assert {name for kind, name in endless if kind not in UNBOUNDED} == UNBOUNDED_BY_NAME


# ASVS V2.1.2
def test_what_must_fit_together_is_explained_for_each_form_and_each_promise_of_the_database():
    models = [model for model in apps.get_models() if model._meta.app_label in {*OURS, "mail", "jobs"}]
    kept = {
        constraint.name
        for model in models
        for constraint in model._meta.constraints
        if not isinstance(constraint, UniqueConstraint)
    }
    looking = {form.__name__ for form in forms_of_ours() if "clean" in vars(form)}
    assert set(rows("What must fit together")) == kept | looking


# ASVS V2.1.3
@pytest.mark.parametrize(("path", "value"), rows("Limits").items())
def test_every_limit_is_what_the_document_says(path, value):
    """A setting is read as it stands in the file; a test may have changed the one of this process."""
    module, _, name = path.rpartition(".")
    if module.endswith((".Limits", ".Allowance")):
        module, _, kind = module.rpartition(".")
        found = getattr(import_module(module), kind).__dataclass_fields__[name].default
    else:
        found = getattr(import_module(module), name)
    assert str(found) == value


# ASVS V5.1.1
def test_every_field_that_takes_a_file_is_explained():
    taking = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form, name, field in fields()
        if isinstance(field, forms.FileField) and form is not FileForm
    }
    assert set(rows("Files")) == taking


# ASVS V5.1.1
@pytest.mark.parametrize(
    ("form", "name", "most"),
    [
        (UploadForm, "file", settings.MAX_UPLOAD_BYTES),
        (GivenForm, "file", settings.MAX_UPLOAD_BYTES),
        (MunicipalityForm, "boundary", MOST_BYTES),
        (PhotoForm, "photo", MOST_PHOTO_BYTES),
        (RosterForm, "file", rosters.MOST_BYTES),
        (ImportFileForm, "file", rosters.MOST_BYTES),
    ],
)
def test_a_person_reads_of_a_file_what_the_document_says(form, name, most):
    told = re.search(rf"^\| `{form.__module__}.{form.__name__}.{name}` \|(.+)$", section("Files"), re.MULTILINE)[1]
    hint = str(form.base_fields[name].help_text)
    assert set(re.findall(r"\.[a-z]+", hint)) - set(re.findall(r"\.[a-z]+", told)) == set()
    assert (f"{most >> 20}MB" in hint, f"| {most >> 20} MB" in told) == (True, True)
