"""A form takes what it asks for, from its body, once: no field beside it, nothing of the address, no first value.

Slow, because each form that is taken is sent five times; what it does is read in the audit log.
"""

import pytest
from django import forms
from django.apps import apps

from foundation.audit.models import Event
from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk, undone, visitor
from tests.world import World

OURS = {"members", "meetings", "reports", "opendata", "retention", "statements"}
# What the same button sends where it does the other thing.
BUTTON = {"reviews_data"}
LEAST = {"member": 4, "desk": 36, "staff": 2, "administrator": 15}


def columns():
    """Everything that is stored of anything of ours, by the name a form would give it."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    fields = {field for model in models for field in model._meta.concrete_fields}
    return {name for field in fields for name in (field.name, field.attname)}


def doing(walk, form, fields, query=""):
    """What the audit log says after it was sent; taken back."""
    with undone(walk.client):
        newest = Event.objects.order_by("id").values_list("id", flat=True).last() or 0
        walk.client.post(form.address + query, fields)
        done = Event.objects.filter(id__gt=newest, refusal=None).order_by("id")
        return [(event.action, event.target_type, event.changes) for event in done]


def doubled(form):
    """Each field twice, with something else first; of boxes to tick several may be meant."""
    return {
        name: value if form.kinds.get(name) == "checkbox" else ["99", value] for name, value in form.fields.items()
    }


def beside_of(form):
    return {name: "1" for name in columns() if name not in {*form.fields, *BUTTON}}


# ASVS V15.3.3, V15.3.7
@pytest.mark.parametrize("role", LEAST)
def test_a_form_does_the_same_whatever_is_sent_beside_it(town, role):
    world = World(town)
    walk = Walk(visitor(world, role))
    met, changed = 0, []
    for form in walk.forms_on(opened_by(role, world)):
        plain = doing(walk, form, form.fields)
        if not plain or plain != doing(walk, form, form.fields):
            continue
        met += 1
        query = "?" + "&".join(f"{name}=99" for name in form.fields)
        ways = {
            "fields beside it": doing(walk, form, form.fields | beside_of(form)),
            "the address": doing(walk, form, form.fields, query),
            "a first value": doing(walk, form, doubled(form)),
        }
        changed += [f"{form.address}: {way} {done}" for way, done in ways.items() if done != plain]
    print(role, met, "forms")  # noqa: T201
    assert changed == []
    assert met >= LEAST[role]


# ASVS V15.3.3
def test_a_form_of_a_row_names_the_columns_it_may_change():
    def below(form):
        return {form} | {found for child in form.__subclasses__() for found in below(child)}

    ours = {
        form for form in below(forms.ModelForm) if form.__module__.partition(".")[0] in OURS and form._meta.model
    }
    unbounded = {form for form in ours if form._meta.exclude or not isinstance(form._meta.fields, (list, tuple))}
    assert (unbounded, len(ours) >= 10) == (set(), True)
