"""What is pressed and typed among the findings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_CELL = 5000


class CellForm(forms.Form):
    """One cell; posted from a row of the findings."""

    row = forms.IntegerField(min_value=1)
    column = forms.IntegerField(min_value=1)
    # The kind of a finding: then every cell of the column that holds the same, and of which the same was found.
    alike = forms.CharField(required=False, max_length=40)
    before = forms.CharField(required=False, strip=False)
    value = forms.CharField(
        required=False,
        strip=False,
        max_length=LONGEST_CELL,
        error_messages={"max_length": _("一つのセルに入力できるのは%(limit_value)d文字までです。")},
    )

    def clean_before(self) -> str:
        return as_kept(self.cleaned_data["before"])

    def clean_value(self) -> str:
        return as_kept(self.cleaned_data["value"])


def as_kept(text: str) -> str:
    """Browsers send line ends as CRLF, the table holds LF."""
    return text.replace("\r\n", "\n")


class RowNumberForm(forms.Form):
    """One row, by Excel's number."""

    row = forms.IntegerField(min_value=1, max_value=10**7)


class RepairsForm(forms.Form):
    """Which repairs: one, those of a kind, or (with neither) all that are safe; `seen` is the version's count."""

    seen = forms.IntegerField()
    code = forms.CharField(required=False, max_length=40)
    repair = forms.IntegerField(required=False)

    def chosen(self) -> dict[str, Any]:
        """Nothing understood means nothing chosen, never everything."""
        return self.cleaned_data if self.is_valid() else {"code": "", "repair": 0, "seen": -1}


class ProposalsForm(RepairsForm):
    """Of those on offer one may be made together with all that are `alike` in its column."""

    alike = forms.BooleanField(required=False)
