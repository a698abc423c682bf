"""By which rules a group's people are paid for coming."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import EditForm
from foundation.ui.layout import Branch, When
from meetings.models import PayRules
from meetings.states import PayUnit

MOST_YEN = 1_000_000


class PayRulesForm(EditForm):
    unit = forms.ChoiceField(label=_("報償費の単位"), choices=PayUnit, widget=forms.RadioSelect)
    amount = forms.IntegerField(
        label=_("1単位当たりの金額（円）"),
        min_value=0,
        max_value=MOST_YEN,
        required=False,
        help_text=_("1日又は1時間当たりの金額。空欄のときは、日数と時間だけを表示します。"),
    )
    travel = forms.IntegerField(
        label=_("会場に出席したときの旅費（円）"),
        min_value=0,
        max_value=MOST_YEN,
        required=False,
        help_text=_("オンラインで出席した方には付けません。実費で支払うときは空欄"),
    )

    layout = (Branch("unit", When(PayUnit.HOUR, "rounding")), "amount", "travel", "pays_members")

    class Meta:
        model = PayRules
        fields = ["unit", "rounding", "amount", "travel", "pays_members"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.instance.group
        self.fields["pays_members"].label = _("%sも対象にする") % group.member_word
        self.fields["pays_members"].help_text = (
            _("チェックを入れないときは、%sだけを対象にします。") % group.expert_word
        )

    def clean(self) -> dict[str, Any]:
        """What hours are rounded to is kept while days are paid."""
        cleaned = super().clean()
        if not cleaned.get("rounding"):
            cleaned["rounding"] = self.instance.rounding
        return cleaned
