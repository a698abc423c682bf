from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import PortalForm


class PeopleSearchForm(PortalForm):
    """Of people: by name, reading or section."""

    q = forms.CharField(
        label=_("氏名・ふりがな・課名"),
        max_length=100,
        required=False,
        help_text=_("空白で区切ると、全てに当てはまる方を探します。例：さとう　市民課"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    submit_label = _("検索する")
    method = "get"
    show_requirement = False

    @property
    def words(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""
