"""The desk's form of the words of a call."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import PortalModelForm, seen_field
from meetings.models import Notice


class NoticeForm(PortalModelForm):
    """What is left empty is written by the portal; each field says how."""

    dated_on = DayField(
        label=_("発出日"),
        required=False,
        widget=forms.DateInput,
        help_text=_("空欄のときは、通知を送る日になります。"),
    )
    body = ParagraphField(
        label=_("本文"),
        required=False,
        max_length=1000,
    )
    remarks = ParagraphField(
        label=_("その他"),
        required=False,
        max_length=1000,
        help_text=_("1行に一つずつ。例：駐車場は東側を御利用ください。"),
    )
    seen = seen_field()
    submit_label = _("文面を保存する")

    layout: tuple[Fieldset, ...] = (
        Fieldset(_("形式"), "style", "number", "dated_on"),
        Fieldset(_("宛名と発信者"), "addressee", "sender", "seal_omitted"),
        Fieldset(_("文面"), "title", "body", "remarks", "copies"),
    )

    class Meta:
        model = Notice
        fields = [
            "style",
            "number",
            "dated_on",
            "addressee",
            "sender",
            "seal_omitted",
            "title",
            "body",
            "remarks",
            "copies",
        ]
        widgets = {"style": forms.RadioSelect}

    def __init__(self, *args: Any, instance: Notice, usual: dict[str, str], **kwargs: Any) -> None:
        initial = {"seen": instance.version if instance.pk else 0}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        for name, words in usual.items():
            self.fields[name].help_text = _("空欄のときは、次のとおりになります。「%s」") % words
