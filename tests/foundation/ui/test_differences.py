"""A stored and a typed value side by side, in the words in which a reader knows them."""

from datetime import UTC, date, datetime

import pytest
from django import forms

from foundation.ui.differences import in_words
from members.models import Department

MODES = forms.ChoiceField(choices=[("", "選択しない"), ("venue", "会場"), ("online", "オンライン")])
TEXT = forms.CharField()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (TEXT, None, ""),
        (TEXT, "", ""),
        (TEXT, "内線 11", "内線 11"),
        (TEXT, 0, "0"),
        (TEXT, True, "はい"),
        (TEXT, False, "いいえ"),
        (TEXT, date(2026, 6, 15), "令和8年6月15日（月）"),
        (TEXT, datetime(2026, 6, 15, 4, 0, tzinfo=UTC), "令和8年6月15日（月） 午後1時"),
        (MODES, "online", "オンライン"),
        (MODES, "by fax", "by fax"),
        (MODES, ["venue", "online"], "会場、オンライン"),
        (MODES, "", ""),
        (MODES, None, ""),
    ],
)
def test_a_value_reads_as_on_its_page(field, value, words):
    assert in_words(field, value) == words


def test_a_chosen_row_reads_by_its_name_and_one_that_is_gone_by_its_number(citizens_section, environment_section):
    field = forms.ModelChoiceField(Department.objects.all())
    values = (environment_section.pk, environment_section, 999_999)
    assert [in_words(field, value) for value in values] == ["環境課", "環境課", "999999"]
