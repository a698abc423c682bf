# ruff: noqa: E501 - HTML is compared as it is, unbroken
"""The template pack, field by field, to the letter."""

import pytest
from crispy_forms.layout import Fieldset
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.base import ContentFile

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm, PortalFormSet
from foundation.ui.layout import Branch, Button, Disclosure, When
from tests.foundation.ui.html import drawn, tidy

MODES = [("venue", "会場で出席"), ("absent", "欠席")]


def form_of(**fields):
    return type("SmallForm", (PortalForm,), fields)


def test_a_text_field_has_label_mark_hint_and_control_in_this_order():
    form = form_of(name=forms.CharField(label="氏名", help_text="姓と名の間を空けます。"))
    assert drawn(form()) == tidy("""
        <div class="dads-field">
        <label class="dads-field__label" for="id_name">氏名<span class="dads-requirement" data-required>※必須</span>
        </label>
        <p class="dads-field__support" id="id_name_helptext">姓と名の間を空けます。</p>
        <input type="text" name="name" class="dads-input" aria-describedby="id_name_helptext" id="id_name">
        </div>
    """)


def test_an_error_stands_below_the_control_that_names_it():
    form = form_of(name=forms.CharField(label="氏名"))
    assert drawn(form({})) == tidy("""
        <div class="dads-field" data-invalid>
        <label class="dads-field__label" for="id_name">氏名<span class="dads-requirement" data-required>※必須</span>
        </label>
        <input type="text" name="name" class="dads-input" aria-invalid="true" aria-describedby="id_name_error" id="id_name">
        <div id="id_name_error"><p class="dads-field__error">＊氏名を入力してください。</p></div>
        </div>
    """)


def test_radios_are_rows_in_a_fieldset_and_may_have_a_second_line():
    form = form_of(
        mode=forms.ChoiceField(label="出欠", choices=MODES, widget=forms.RadioSelect),
        choice_hints={"mode": {"venue": "401会議室"}},
    )
    assert drawn(form({})) == tidy("""
        <fieldset class="dads-field" data-invalid aria-describedby="id_mode_error">
        <legend class="dads-field__label">出欠<span class="dads-requirement" data-required>※必須</span>
        </legend>
        <div class="dads-choices">
        <label class="dads-choice" for="id_mode_0"><input type="radio" name="mode" value="venue" id="id_mode_0" aria-invalid="true"> <span>会場で出席<span class="dads-choice__hint">401会議室</span></span></label>
        <label class="dads-choice" for="id_mode_1"><input type="radio" name="mode" value="absent" id="id_mode_1" aria-invalid="true"> <span>欠席</span></label>
        </div>
        <div id="id_mode_error"><p class="dads-field__error">＊出欠を選択してください。</p></div>
        </fieldset>
    """)


def test_several_choices_are_checkboxes():
    form = form_of(
        days=forms.MultipleChoiceField(
            label="候補日",
            choices=[("mon", "月曜")],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    )
    assert drawn(form()) == tidy("""
        <fieldset class="dads-field">
        <legend class="dads-field__label">候補日
        </legend>
        <div class="dads-choices">
        <label class="dads-choice" for="id_days_0"><input type="checkbox" name="days" value="mon" id="id_days_0"> <span>月曜</span></label>
        </div>
        </fieldset>
    """)


def test_one_checkbox_carries_its_label_beside_it():
    form = form_of(agree=forms.BooleanField(label="掲載に同意します", help_text="あとで取り消せます。"))
    assert drawn(form()) == tidy("""
        <div class="dads-field">
        <div class="dads-choices"><label class="dads-choice" for="id_agree"><input type="checkbox" name="agree" class="dads-checkbox" aria-describedby="id_agree_helptext" id="id_agree"> <span>掲載に同意します<span class="dads-requirement" data-required>※必須</span>
        </span></label></div>
        <p class="dads-field__support" id="id_agree_helptext">あとで取り消せます。</p>
        </div>
    """)


def test_a_paragraph_is_counted_but_never_cut():
    form = form_of(note=ParagraphField(label="備考", max_length=200, required=False))
    assert drawn(form(initial={"note": "承知しました。"})) == tidy("""
        <div class="dads-field">
        <label class="dads-field__label" for="id_note">備考
        </label>
        <textarea name="note" cols="40" rows="4" class="dads-textarea" data-max="200" id="id_note">
        承知しました。</textarea>
        <p class="dads-field__counter" data-counter="id_note">200文字まで</p>
        </div>
    """)


def test_no_field_lets_the_browser_cut_what_is_pasted():
    form = form_of(name=forms.CharField(label="氏名", max_length=5))
    assert "maxlength" not in drawn(form())


def test_a_file_field_names_the_file_that_is_there_and_links_nowhere():
    form = form_of(slides=forms.FileField(label="資料"))
    there = form(initial={"slides": ContentFile(b"", name="talks/slides.pdf")})
    assert drawn(there) == tidy("""
        <div class="dads-field">
        <label class="dads-field__label" for="id_slides">資料<span class="dads-requirement" data-required>※必須</span>
        </label>
        <p class="dads-field__support">現在のファイル：slides.pdf（選び直さなければ、このまま残ります）</p>
        <div class="dads-drop"><input type="file" name="slides" class="dads-file" id="id_slides"></div>
        </div>
    """)


def test_a_disabled_field_says_that_it_cannot_be_edited():
    form = form_of(name=forms.CharField(label="氏名", disabled=True))
    assert drawn(form(initial={"name": "見本 一郎"})) == tidy("""
        <div class="dads-field">
        <label class="dads-field__label" for="id_name">氏名<span class="dads-requirement">編集不可</span>
        </label>
        <input type="text" name="name" value="見本 一郎" class="dads-input" disabled id="id_name">
        </div>
    """)


def test_a_fieldset_is_headed_by_its_legend():
    form = form_of(
        note=forms.CharField(label="備考", widget=forms.HiddenInput), layout=(Fieldset("1. 出欠", "note"),)
    )
    assert drawn(form()) == tidy("""
        <fieldset class="dads-fieldset">
        <legend class="dads-fieldset__legend"><h2>1. 出欠</h2></legend>
        <input type="hidden" name="note" id="id_note">
        </fieldset>
    """)


@pytest.mark.parametrize(
    ("initial", "state"), [({}, ""), ({"question": "なぜですか。"}, " open")], ids=["empty", "filled"]
)
def test_a_disclosure_is_closed_until_something_is_in_it(initial, state):
    form = form_of(
        question=forms.CharField(widget=forms.HiddenInput, required=False),
        layout=(
            Disclosure(
                "見本 一郎", "question", note="窓口を短くしたい。", intro="担当は税です。", badge="質問あり"
            ),
        ),
    )(initial=initial)
    value = ' value="なぜですか。"' if initial else ""
    assert drawn(form) == tidy(f"""
        <details class="dads-disclosure"{state}>
        <summary><span class="dads-disclosure__summary">見本 一郎 <span class="hint">窓口を短くしたい。</span></span> <span class="chip" data-colour="blue">質問あり</span>
        </summary>
        <div class="dads-disclosure__body"><p class="dads-disclosure__intro">担当は税です。</p>
        <input type="hidden" name="question"{value} id="id_question">
        </div>
        </details>
    """)


def test_a_branch_numbers_the_choices_that_ask_further():
    form = form_of(
        mode=forms.ChoiceField(label="出欠", choices=MODES, widget=forms.HiddenInput),
        opinion=forms.CharField(widget=forms.HiddenInput),
        name=forms.CharField(widget=forms.HiddenInput),
        layout=(Branch("mode", When("absent", "opinion"), When(["venue", "absent"], "name")),),
    )
    assert drawn(form()) == tidy("""
        <div class="dads-branch"><input type="hidden" name="mode" id="id_mode">
        <div class="dads-when" data-when="2"><input type="hidden" name="opinion" id="id_opinion">
        </div>
        <div class="dads-when" data-when="1 2"><input type="hidden" name="name" id="id_name">
        </div>
        </div>
    """)


def test_the_frame_of_a_form_with_a_file_two_buttons_and_drafts():
    form = form_of(
        slides=forms.FileField(label="資料"),
        layout=(),
        submit_label="送信する",
        extra_buttons=(Button("下書きを保存する", "draft", kind="outline"),),
        autosave_url="/draft/",
    )()
    html = tidy(render_crispy_form(form))
    first, last = html.split("\n", 1)[0], html[html.index('<div class="dads-actions">') :]
    assert first == (
        '<form class="dads-form" method="post" enctype="multipart/form-data" data-autosave-url="/draft/" novalidate>'
    )
    assert last == tidy("""
        <div class="dads-actions">
        <button class="dads-button" type="submit" data-type="solid-fill">送信する</button>
        <button class="dads-button" type="submit" data-type="outline" name="draft" value="1">下書きを保存する</button>
        <p class="dads-form__status" role="status"></p>
        </div>
        </form>
    """)


def test_a_search_form_is_a_get_without_a_token_and_without_marks():
    form = form_of(q=forms.CharField(label="言葉", required=False), method="get", show_requirement=False)()
    html = tidy(render_crispy_form(form, context={"csrf_token": "secret"}))
    assert html.startswith('<form class="dads-form" method="get" novalidate>')
    assert ("csrfmiddlewaretoken" in html, "dads-requirement" in html) == (False, False)


def test_the_rows_of_a_formset_are_numbered():
    rows = forms.formset_factory(
        form_of(title=forms.CharField(widget=forms.HiddenInput)), formset=PortalFormSet, extra=2
    )
    html = drawn(rows())
    assert html[html.index("<fieldset") :] == tidy("""
        <fieldset class="dads-fieldset dads-fieldset--row">
        <legend class="dads-fieldset__legend">1件目</legend>
        <input type="hidden" name="form-0-title" id="id_form-0-title">
        </fieldset><fieldset class="dads-fieldset dads-fieldset--row">
        <legend class="dads-fieldset__legend">2件目</legend>
        <input type="hidden" name="form-1-title" id="id_form-1-title">
        </fieldset>
    """)


def test_a_paragraph_without_a_limit_is_not_counted():
    form = form_of(note=forms.CharField(label="備考", widget=forms.Textarea, required=False))
    assert "data-max" not in drawn(form())
