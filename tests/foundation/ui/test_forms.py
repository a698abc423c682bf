import datetime as dt

import pytest
from crispy_forms.layout import Fieldset
from crispy_forms.utils import render_crispy_form
from django import forms
from django.db import models
from django.db.models.fields.files import FieldFile

from foundation.calendar.wareki import TOKYO
from foundation.ui.errors import ErrorItem, summary_of
from foundation.ui.fields import DayField
from foundation.ui.forms import PortalForm, PortalFormSet
from foundation.ui.layout import Branch, Disclosure, When
from foundation.ui.templatetags.dads import file_name
from members.models import Department

BLANK = ("", "---------")
CHOICES = [("venue", "会場"), ("absent", "欠席")]


class Answer(PortalForm):
    mode = forms.ChoiceField(label="出欠", choices=CHOICES, widget=forms.RadioSelect)
    substitute = forms.CharField(label="代理の方の氏名")
    opinion = forms.CharField(label="書面意見")
    rooms = forms.MultipleChoiceField(choices=CHOICES)
    layout = (Fieldset("出欠", Branch("mode", When("venue", "substitute"), When("absent", "opinion", "rooms"))),)


# What a branch hides


def test_what_was_not_asked_is_not_missed():
    form = Answer({"mode": "venue", "substitute": "架空 花子"})
    assert form.errors == {}


def test_what_was_not_asked_is_not_kept_whatever_was_sent():
    form = Answer({"mode": "venue", "substitute": "架空 花子", "opinion": "反対です。", "rooms": ["venue"]})
    assert form.is_valid()
    assert form.cleaned_data == {"mode": "venue", "substitute": "架空 花子", "opinion": "", "rooms": []}


def test_what_was_asked_is_missed():
    form = Answer({"mode": "absent", "rooms": ["venue"]})
    assert form.errors == {"opinion": ["書面意見を入力してください。"]}


def test_without_a_choice_only_the_choice_is_missed():
    assert Answer({}).errors == {"mode": ["出欠を選択してください。"]}


@pytest.mark.parametrize(("sent", "missed"), [({}, {}), ({"late": "on"}, {"time": ["時刻を入力してください。"]})])
def test_one_checkbox_can_ask_further(sent, missed):
    class Late(PortalForm):
        late = forms.BooleanField(required=False)
        time = forms.TimeField(label="時刻")
        layout = (Branch("late", When(True, "time")),)

    assert Late(sent).errors == missed


@pytest.mark.parametrize(
    ("sent", "is_open"), [({"note": ""}, False), ({"note": "x"}, True), ({"note": "", "pages": "many"}, True)]
)
def test_what_is_folded_unfolds_where_something_is_filled_in(sent, is_open):
    class Folded(PortalForm):
        note = forms.CharField(required=False)
        pages = forms.IntegerField(required=False)
        layout = (Disclosure("詳しく", "note", "pages"),)

    assert ('<details class="dads-disclosure" open>' in render_crispy_form(Folded(sent))) is is_open


def test_what_is_folded_unfolds_where_something_is_missing_in_it():
    class Folded(PortalForm):
        note = forms.CharField(label="理由")
        layout = (Disclosure("詳しく", "note"),)

    assert '<details class="dads-disclosure" open>' in render_crispy_form(Folded({}))


# Words


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (forms.CharField(label="氏名"), "氏名を入力してください。"),
        (forms.ChoiceField(label="課", choices=CHOICES), "課を選択してください。"),
        (forms.FileField(label="資料"), "資料を選択してください。"),
        (forms.BooleanField(label="同意します"), "「同意します」にチェックを入れてください。"),
        (forms.CharField(label="氏名", error_messages={"required": "お名前をどうぞ。"}), "お名前をどうぞ。"),
    ],
)
def test_a_missing_answer_is_asked_for_in_words(field, sentence):
    form = type("Small", (PortalForm,), {"one": field})({})
    assert form.errors == {"one": [sentence]}


@pytest.mark.parametrize(
    ("widget", "required", "choices"),
    [
        (forms.RadioSelect, True, CHOICES),
        (forms.RadioSelect, False, [("", "選択しない"), *CHOICES]),
        (forms.Select, True, [("", "選択してください"), *CHOICES]),
        (forms.Select, False, [("", "選択しない"), *CHOICES]),
    ],
)
def test_the_blank_choice_says_what_it_means(widget, required, choices):
    field = forms.ChoiceField(choices=[BLANK, *CHOICES], widget=widget, required=required)
    form = type("Small", (PortalForm,), {"one": field})()
    assert form.fields["one"].choices == choices


def test_the_browser_does_not_judge():
    form = Answer()
    assert "required" not in str(form["substitute"])


def test_days_and_times_use_the_pickers():
    class Plan(PortalForm):
        day = forms.DateField()
        at = forms.DateTimeField()

    form = Plan(initial={"day": dt.date(2026, 7, 13), "at": dt.datetime(2026, 7, 13, 13, 30, tzinfo=TOKYO)})
    assert str(form["day"]) == '<input type="date" name="day" value="2026-07-13" id="id_day">'
    assert str(form["at"]) == '<input type="datetime-local" name="at" value="2026-07-13T13:30" id="id_at">'


def test_a_widget_with_a_form_of_its_own_keeps_it():
    class Wide(forms.DateInput):
        input_type = "text"

    class Plan(PortalForm):
        day = forms.DateField(widget=Wide)

    assert str(Plan()["day"]) == '<input type="text" name="day" id="id_day">'


@pytest.mark.parametrize(("name", "shown"), [("originals/公衆トイレ.csv", "公衆トイレ.csv"), (None, "")])
def test_a_file_that_is_there_already_is_named_without_its_folder(name, shown):
    class Sent(PortalForm):
        file = forms.FileField()

    assert file_name(Sent(initial={"file": FieldFile(None, models.FileField(), name)})["file"]) == shown


# The summary above the heading


def test_the_summary_names_the_field_unless_the_sentence_does():
    class Small(PortalForm):
        name = forms.CharField(label="氏名")
        count = forms.IntegerField(label="件数")

    assert summary_of(Small({"count": "x"})) == [
        ErrorItem("", "氏名を入力してください。", "id_name"),
        ErrorItem("件数", "整数を入力してください。", "id_count"),
    ]


def test_the_summary_leads_to_the_first_of_a_group():
    assert summary_of(Answer({})) == [ErrorItem("", "出欠を選択してください。", "id_mode_0")]


def test_the_summary_says_first_what_is_wrong_with_the_whole():
    form = Answer({"mode": "venue"})
    form.add_error(None, "この会議は中止されました。")
    assert summary_of(form)[0] == ErrorItem("", "この会議は中止されました。", "")


def test_the_summary_counts_the_rows_of_a_formset():
    class Row(PortalForm):
        minutes = forms.IntegerField(label="分", min_value=1)

    rows = forms.formset_factory(Row, formset=PortalFormSet)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-minutes": "5", "form-1-minutes": "-5"}
    )
    assert summary_of(rows) == [
        ErrorItem("2件目 分", "この値は 1 以上でなければなりません。", "id_form-1-minutes")
    ]


def test_a_form_nobody_has_sent_has_no_summary():
    assert summary_of(Answer()) == []


# Days


@pytest.mark.parametrize("typed", ["2021-05-18", "令和3年5月18日（火）", "R3.5.18", "２０２１／５／１８"])
def test_a_day_is_read_in_any_spelling(typed):
    assert DayField().clean(typed) == dt.date(2021, 5, 18)


def test_a_day_that_is_none_is_refused_with_the_reason():
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean("R3.2.30")
    assert refused.value.messages == ["「R3.2.30」は存在しない日付です。年・月・日を確認してください。"]


def test_a_day_before_the_calendar_is_refused():
    with pytest.raises(forms.ValidationError) as refused:
        DayField().clean("0001-01-01")
    assert refused.value.messages == ["明治6年より前の日付は入力できません。年を確認してください。"]


def test_an_empty_day_may_be_allowed():
    assert DayField(required=False).clean(" ") is None


class Words(PortalForm):
    unnamed = forms.CharField(label="")
    other = forms.ChoiceField(label="区分", choices=[("", "決めていない"), ("x", "---------")], required=False)
    group = forms.ModelChoiceField(label="部会", queryset=Department.objects.none(), widget=forms.RadioSelect)
    later = forms.ModelChoiceField(label="課", queryset=Department.objects.none())


def test_a_field_without_a_name_is_asked_for_without_one():
    assert Words({}).errors["unnamed"] == ["このフィールドは必須です。"]


def test_only_the_blank_choice_that_says_nothing_gets_words():
    assert Words().fields["other"].choices == [("", "決めていない"), ("x", "---------")]


def test_a_row_that_must_be_chosen_by_radios_has_no_blank(db):
    fields = Words().fields
    assert (fields["group"].empty_label, str(fields["later"].empty_label)) == (None, "選択してください")
