from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField
from foundation.ui.forms import PortalForm
from members.models import Membership


class NamingForm(PortalForm):
    people = forms.TypedMultipleChoiceField(
        label=_("公表に同意した方"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    agreed_on = DayField(
        label=_("同意を得た日"), widget=forms.DateInput(), help_text=_("新しくチェックを入れた方に記録します。")
    )
    show_requirement = False

    def __init__(self, *args: Any, people: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        field.choices = [(one.pk, one.addressed) for one in people]  # type: ignore[attr-defined]
        field.initial = [one.pk for one in people if one.named_since]
