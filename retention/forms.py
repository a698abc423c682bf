from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.ui.fields import DayField
from foundation.ui.forms import PortalModelForm, ShownForm, choose_from, seen_field
from members.models import WorkingGroup
from retention.actions import USUAL_WAIT
from retention.models import Hold, Period


class PeriodForm(PortalModelForm):
    seen = seen_field()
    years = forms.IntegerField(
        label=_("保存期間（年）"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=Period._meta.get_field("years").help_text,
    )

    submit_label = _("保存期間を設定する")

    class Meta:
        model = Period
        fields = ["years", "basis"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version


class GroupField(forms.ModelChoiceField):
    """Groups of several years stand side by side."""

    def label_from_instance(self, obj: WorkingGroup) -> str:
        return obj.with_year


class PlaceHoldForm(PortalModelForm):
    submit_label = _("廃棄を差し止める")

    class Meta:
        model = Hold
        fields = ["group", "reason"]
        field_classes = {"group": GroupField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, group=WorkingGroup.objects.all())


class DecideForm(ShownForm):
    """On exactly these rows as they are."""

    decided_on = DayField(label=_("決裁の年月日"), widget=forms.DateInput())
    decided_by = forms.CharField(label=_("決裁者の職名"), max_length=100, help_text=_("例：行政経営部長"))
    document_number = forms.CharField(label=_("文書番号"), max_length=50, required=False)
    due_on = DayField(
        label=_("廃棄する日"),
        widget=forms.DateInput(),
        help_text=_("この日の午前5時頃に廃棄します。前日までは、廃棄の決定を取り消せます。"),
    )

    submit_label = _("廃棄の決定を記録する")
    other_now = _(
        "このページを開いた後に、対象となる記録に増減又は変更がありました。まだ何も記録していません。"
        "このページの今の件数を確認して、もう一度操作してください。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due_on", clock.today() + USUAL_WAIT)
