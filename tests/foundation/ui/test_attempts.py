"""An action that is refused, by a rule or by the database, becomes an error of its form."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from foundation.ui.attempts import attempt, posted, press


class DayForm(forms.Form):
    valid_from = forms.DateField()


GIVEN = {"valid_from": "2026-04-01"}


def test_the_action_gets_what_the_form_holds(db):
    assert attempt(DayForm(GIVEN), lambda **values: values, more=1) == {"valid_from": date(2026, 4, 1), "more": 1}


def test_nothing_happens_before_the_form_is_right():
    for data in (None, {}, {"valid_from": "x"}):
        assert attempt(DayForm(data), pytest.fail) is None


@pytest.mark.parametrize(
    ("refusal", "errors"),
    [
        (ValidationError("いいえ"), {"__all__": ["いいえ"]}),
        (ValidationError({"valid_from": "早すぎます"}), {"valid_from": ["早すぎます"]}),
        (ValidationError({"elsewhere": "いいえ"}), {"__all__": ["いいえ"]}),
    ],
)
def test_a_refusal_stands_at_its_field(db, refusal, errors):
    def refuse(**values):
        raise refusal

    form = DayForm(GIVEN)
    assert attempt(form, refuse) is None
    assert form.errors == errors


def test_a_action_in_one_press_tells_the_reason_on_the_next_page(db, rf, monkeypatch):
    said = []
    monkeypatch.setattr("foundation.ui.attempts.messages.error", lambda _request, sentence: said.append(sentence))

    def refuse():
        raise ValidationError("いいえ")

    assert press(rf.post("/"), lambda: None) is True
    assert press(rf.post("/"), refuse) is False
    assert said == ["いいえ"]


def test_an_empty_post_is_a_post(rf):
    assert (posted(rf.get("/")), posted(rf.post("/")) is not None) == (None, True)
