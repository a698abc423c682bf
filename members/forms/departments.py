"""部局・課・係, and the order of titles."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import EditForm, PortalForm, choose_from, seen_field
from members.forms.fields import AddressField, HalfWidthField
from members.forms.people import EndForm
from members.models import Department, JobTitle
from members.states import DepartmentLevel

MOST_TITLES = 200


class DepartmentForm(EditForm):
    class Meta:
        model = Department
        fields = ["level", "parent", "name", "given_label", "order", "email", "phone", "valid_from"]
        field_classes = {"valid_from": DayField, "email": AddressField, "phone": HalfWidthField}
        widgets = {"level": forms.RadioSelect}
        help_texts = {"order": _("小さい順に並びます。間に課を足せるように、10ずつ空けると便利です。")}

    layout = (
        Fieldset(_("組織"), "level", "parent", "name", "given_label", "order", "valid_from"),
        Fieldset(_("連絡"), "phone", "email"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = Department.objects.to_choose(self.instance.parent_id).exclude(level=DepartmentLevel.UNIT)
        choose_from(self, parent=above.exclude(pk=self.instance.pk))


class EndDepartmentForm(EndForm):
    successor = forms.ModelChoiceField(label=_("引き継ぐ組織"), queryset=Department.objects.none(), required=False)
    move_people = forms.BooleanField(
        label=_("職員の配属と会議体での所属も、翌日から引き継ぐ組織に移す"), required=False, initial=True
    )

    submit_label = _("廃止する")

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Department.objects.to_choose().exclude(pk=department.pk)
        choose_from(self, successor=others.exclude(pk__in=Department.objects.below(department)))


class ReopenDepartmentForm(PortalForm):
    seen = seen_field()

    submit_label = _("廃止を取り消す")


class JobTitlesForm(PortalForm):
    """The whole order at once: a title in each line, the highest first."""

    titles = ParagraphField(
        label=_("職名"),
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "1行に一つずつ、上位の職から順に入力します。「課税係長」のような職名は、最後の部分が同じ「係長」の位置に並びます。"
        ),
    )

    def clean_titles(self) -> list[str]:
        """Each once, where it stands first."""
        titles = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["titles"].splitlines()))))
        longest = JobTitle._meta.get_field("name").max_length or 0
        if too_long := next((title for title in titles if len(title) > longest), None):
            raise forms.ValidationError(_("「%s…」：職名は50文字以内で入力してください。") % too_long[:20])
        if len(titles) > MOST_TITLES:
            raise forms.ValidationError(_("職名は%s件まで登録できます。") % MOST_TITLES)
        return titles
