"""What anything can be, it is in some state that the walks go through: a new value needs a state there.

Slow, some seconds: every state is set up once.
"""

import pytest
from django.apps import apps

from tests.states import STATES
from tests.test_states import world_in
from tests.walk import undone

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
COLUMNS = [(model, field) for model in apps.get_models() for field in model._meta.concrete_fields if field.choices]
# Told on pages, and asked by none: no right and no page depends on it.
LABELS = {
    "members.EntryRequest.purpose",
    "mfa.Authenticator.type",
    "opendata.PublicFile.coding",
    "opendata.PublicFile.kind",
    "audit.Event.via",
    "meetings.AttendanceRecord.category",
    "meetings.Letter.kind",
    "meetings.MaterialConsent.way",
    "meetings.ReplyRevision.via",
    "members.Municipality.licence",
    "members.OfficeTerm.office",
    "members.Department.level",
    "members.Posting.kind",
    "meetings.Meeting.openness",
    *(f"reports.Style.{name}" for name in ("facts_look", "heading_look", "subheading_look", "names_look")),
    *(f"meetings.PayRules.{name}" for name in ("unit", "rounding")),
    *(f"reports.DueRules.{name}" for name in ("summary_count", "record_count")),
    *(f"reports.Style.{name}" for name in ("era", "weekday", "clock", "span")),
}


def name_of(model, field):
    return f"{model._meta.label}.{field.name}"


def possible():
    return {
        (name_of(model, field), value)
        for model, field in COLUMNS
        if name_of(model, field) not in LABELS
        for value, _label in field.flatchoices
        if value != ""
    }


def found():
    return {
        (name_of(model, field), value)
        for model, field in COLUMNS
        for value in model._base_manager.order_by().values_list(field.name, flat=True).distinct()
    }


def test_everything_that_a_thing_can_be_it_is_in_some_state(planted, settings, tmp_path):
    met = found()
    for name, state in STATES.items():
        settings.MEDIA_ROOT = tmp_path / name
        with undone():
            world_in(planted, state)
            met |= found()
    assert sorted(possible() - met) == []
    assert len(possible()) >= 70


def test_the_labels_are_columns():
    assert {name_of(model, field) for model, field in COLUMNS} >= LABELS
