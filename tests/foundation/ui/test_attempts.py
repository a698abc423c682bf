"""An action that is refused, by a rule or by the database, becomes an error of its form."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError

from foundation.actions import Conflict
from foundation.ui.attempts import attempt, done, posted, press, seen


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


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (ValidationError("いいえ"), "いいえ"),
        (PermissionDenied("事務局だけが行えます。"), "事務局だけが行えます。"),
        (Conflict(), str(Conflict())),
    ],
)
def test_an_action_in_one_press_tells_the_reason_on_the_next_page(rf, monkeypatch, refusal, sentence):
    said = []
    monkeypatch.setattr("foundation.ui.attempts.messages.error", lambda _request, sentence: said.append(sentence))

    def refuse():
        raise refusal

    assert press(rf.post("/"), lambda: None) is True
    assert press(rf.post("/"), refuse) is False
    assert said == [sentence]


def test_who_may_not_reads_why_in_the_form():
    def refuse(**values):
        raise PermissionDenied("事務局だけが行えます。")

    form = DayForm(GIVEN)
    assert attempt(form, refuse) is None
    assert form.errors == {"__all__": ["事務局だけが行えます。"]}


def test_a_refusal_without_words_is_the_page_of_403(rf):
    def refuse(**values):
        raise PermissionDenied

    with pytest.raises(PermissionDenied):
        attempt(DayForm(GIVEN), refuse)
    with pytest.raises(PermissionDenied):
        press(rf.post("/"), refuse)


def test_an_action_without_a_result_is_told_from_one_that_was_refused():
    assert [done(DayForm(data), lambda **_values: None) for data in (GIVEN, {})] == [True, False]


@pytest.mark.parametrize(
    ("sent", "version"), [("7", 7), ("", -1), ("-1", -1), ("x", -1), ("７", -1), ("²", -1), ("9" * 10, -1)]
)
def test_a_button_that_does_not_say_what_its_page_showed_has_seen_nothing(rf, sent, version):
    assert seen(rf.post("/", {"seen": sent})) == version


def test_an_empty_post_is_a_post(rf):
    assert (posted(rf.get("/")), posted(rf.post("/")) is not None) == (None, True)
