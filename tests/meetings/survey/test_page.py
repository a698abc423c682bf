"""What the answer form asks, takes and refuses."""

from uuid import uuid4

import pytest
from django.http import QueryDict

from meetings.forms.meetings import MeetingForm, SurveyForm
from meetings.models import Survey, Theme
from meetings.survey.content import questionnaire
from meetings.survey.page import ReplyForm, initial_of, initial_of_draft, typed_in
from tests import builders


@pytest.fixture
def asks(survey, member):
    return lambda: questionnaire(Survey.objects.for_person(member).get(pk=survey.pk), member)


@pytest.fixture
def sent(asks):
    """`sent(mode="venue")`: the form as it comes from the page."""

    def fill(**values):
        data = QueryDict(mutable=True)
        for name, value in ({"key": str(uuid4()), "seen": "0"} | values).items():
            data.setlist(name, value if isinstance(value, list) else [value])
        return ReplyForm(data, asks=asks())

    return fill


def attendance(**values):
    return builders.make_content(**values)["attendance"]


def test_one_tap_is_enough(sent):
    form = sent(mode="venue")
    assert form.is_valid()
    assert form.content()["attendance"] == attendance(mode="venue")


def test_without_it_the_form_says_what_to_do(sent):
    assert sent().errors == {"mode": ["会場で出席・オンラインで出席・欠席のいずれかを選択してください。"]}


@pytest.mark.parametrize(
    "forged",
    [
        {"mode": "moon"},
        {"themes": ["999"]},
        {"themes": ["x"]},
        {"key": "no-key"},
        {"seen": "-1"},
        {"seen": "x"},
    ],
)
def test_forged_values_are_errors(sent, meeting, forged):
    Theme.objects.create(meeting=meeting, title="申請")
    form = sent(**{"mode": "venue"} | forged)
    assert list(form.errors) == list(forged)


def test_what_the_choice_hides_is_neither_judged_nor_kept(sent, group):
    group.substitutes_allowed = True
    group.save()
    form = sent(
        mode="absent",
        is_substitute="on",
        substitute_name="",
        arrival_note="遅れます",
        written_opinion="賛成です。",
    )
    assert form.is_valid(), form.errors
    assert form.content()["attendance"] == attendance(mode="absent", written_opinion="賛成です。")


def test_a_substitute_needs_a_name(sent, group):
    group.substitutes_allowed = True
    group.save()
    form = sent(mode="online", is_substitute="on", substitute_title="主事")
    assert form.errors == {"substitute_name": ["代理で出席する方の氏名を入力してください。"]}


def test_a_name_without_the_tick_is_not_kept(sent, group):
    group.substitutes_allowed = True
    group.save()
    form = sent(mode="online", substitute_name="代理 太郎")
    assert form.is_valid()
    assert form.content()["attendance"] == attendance(mode="online")


def test_a_group_without_substitutes_does_not_ask(sent):
    assert "is_substitute" not in sent().fields


def test_it_asks_about_each_shown_sheet_and_talk_but_not_ones_own(asks, sheet, talk, member, expert):
    builders.make_sheet(membership=member)
    form = ReplyForm(initial=initial_of(None, 0), asks=asks())
    questions = [name for name in form.fields if name.startswith(("person_", "talk_"))]
    assert questions == [f"person_{expert.pk}", f"talk_{talk.pk}"]


def test_a_speaker_is_not_asked_about_their_own_talk(asks, talk, member):
    talk.presenter = member
    talk.save()
    form = ReplyForm(initial=initial_of(None, 0), asks=asks())
    assert [name for name in form.fields if name.startswith("talk_")] == []


def test_too_long_a_question_is_an_error_and_stays_as_typed(sent, sheet, expert):
    name = f"person_{expert.pk}"
    form = sent(mode="venue", **{name: "あ" * 201})
    assert form.errors == {name: ["200文字以内で入力してください（現在は201文字です）。"]}
    assert typed_in(form)[name] == ["あ" * 201]


def test_the_name_is_shown_only_with_a_question(sent, sheet, expert):
    assert not sent_given(sent(mode="venue", show_name="on"))
    assert sent_given(sent(mode="venue", show_name="on", **{f"person_{expert.pk}": "？"}))


def sent_given(form):
    assert form.is_valid(), form.errors
    return form.content()["member_questions"]["show_name"]


def test_a_draft_is_shown_as_it_was_typed(sent, asks, meeting, sheet, expert):
    theme = Theme.objects.create(meeting=meeting, title="申請")
    typed = {"mode": "online", "themes": [str(theme.pk)], "note": "  途中 ", f"person_{expert.pk}": "なぜ"}
    form = ReplyForm(initial=initial_of_draft(typed_in(sent(**typed)), asks()), asks=asks())
    assert {name: form[name].value() for name in typed} == typed
    assert form["seen"].value() == "0"


def test_the_form_of_the_last_meeting_is_told_not_chosen(asks):
    form = ReplyForm(initial=initial_of(None, 0), asks=asks(), last_mode="online")
    assert form.choice_hints == {"mode": {"online": "前回：オンライン"}}
    assert form["mode"].value() is None


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("代理 人\ue000", "氏名に外字が入っています。外字は他の端末では表示されません。"),
        ("代理 🍊", "氏名に、文字ではない記号（🍊）が入っています。"),
    ],
)
def test_a_substitute_whose_name_others_cannot_read_is_asked_about_once(sent, group, name, question):
    group.substitutes_allowed = True
    group.save()
    typed = {"mode": "venue", "is_substitute": "on", "substitute_name": name}
    form = sent(**typed)
    assert (form.is_valid(), form.errors, form.questions) == (False, {}, [question])
    again = sent(**typed, meant=form.data["meant"])
    assert (again.is_valid(), again.content()["attendance"]["substitute_name"]) == (True, name)


def test_a_draft_does_not_keep_that_its_page_has_asked(sent):
    assert "meant" not in typed_in(sent(mode="venue", meant="氏名"))


# The desk's forms


def filled(**values):
    return {"day": "", "starts": "13:00", "ends": "15:00", "date_note": ""} | values


def test_a_day_is_read_in_any_spelling():
    form = MeetingForm(filled(day="R8.12.4"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_at"].isoformat() == "2026-12-04T13:00:00+09:00"


def test_the_day_may_be_open():
    form = MeetingForm(filled(date_note="9月上旬"))
    assert form.is_valid()
    assert (form.cleaned_data["starts_at"], form.cleaned_data["date_note"]) == (None, "9月上旬")


def test_neither_day_nor_hint_is_an_error():
    assert MeetingForm(filled()).errors == {
        "day": ["開催日を入力してください。決まっていないときは「日程のめど」を入力してください。"]
    }


@pytest.mark.parametrize("ends", ["13:00", "12:59", "01:00"])
def test_an_end_that_is_not_after_the_start_is_told_at_its_field(ends):
    assert MeetingForm(filled(day="R8.12.4", ends=ends)).errors == {
        "ends": [
            "終了時刻が開始時刻以前です。開始時刻より後の時刻を入力してください。日付をまたぐときは空欄にしてください。"
        ]
    }


def test_a_meeting_over_midnight_has_an_open_end():
    form = MeetingForm(filled(day="R8.12.4", starts="22:00", ends=""))
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["starts_at"].hour, form.cleaned_data["ends_at"]) == (22, None)


def test_themes_are_lines():
    form = SurveyForm({"seen": "0", "closes_at": "2026-12-01T17:00", "themes": " 申請 \n\n会議\n申請"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["themes"] == ["申請", "会議"]
