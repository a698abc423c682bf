"""A new kind of section is a new file: the page, the receipt, the tally and the revisions only loop."""

import ast

import pytest
from django import forms

from meetings.states import SectionKind
from meetings.survey.content import Questionnaire
from meetings.survey.page import ReplyForm, initial_of
from meetings.survey.section import Asked, Section
from meetings.survey.sections import SECTIONS
from tests import builders
from tests.repository import ROOT

LOOPS = ["content", "page", "people", "tally", "history", "section"]


def test_every_key_has_its_section_in_the_order_of_the_page():
    assert list(SECTIONS) == list(SectionKind)


@pytest.mark.parametrize("name", LOOPS)
def test_nobody_but_a_section_knows_its_kind(name):
    tree = ast.parse((ROOT / "meetings/survey" / f"{name}.py").read_text())
    assert [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "SectionKind"] == []


class Lunch(Section):
    """A section that the house has never heard of."""

    kind = "lunch"

    def fields(self, asked):
        return {"lunch": forms.CharField(label="昼食", required=False)}

    def layout(self, form, asked):
        return ["lunch"]

    def part_of(self, cleaned, asked):
        return {"lunch": cleaned["lunch"]}

    def words(self, part, asked):
        return [("昼食", part["lunch"])] if part["lunch"] else []


def test_a_section_of_another_kind_is_asked_and_told_like_any(survey, member):
    parts = tuple((section, Asked(survey, member)) for section in (SECTIONS["attendance"], Lunch()))
    asks = Questionnaire(survey, member, parts)
    typed = initial_of(None, 0) | {"mode": "venue", "lunch": "弁当"}
    form = ReplyForm({name: str(value) for name, value in typed.items()}, asks=asks)
    assert form.is_valid(), form.errors
    assert form.content() == builders.make_content() | {"lunch": {"lunch": "弁当"}}
    assert asks.words(form.content()) == [("出欠", "会場で出席"), ("昼食", "弁当")]
