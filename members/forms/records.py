from typing import Any

from django import forms
from django.apps import apps
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from foundation.audit.kinds import kinds
from foundation.audit.models import LABEL_GRAMS, Event
from foundation.db.grams import narrowed
from foundation.mail.models import Email
from foundation.mail.states import EmailState
from foundation.ui.forms import PortalForm
from members import names


class Filter(PortalForm):
    """A question in the address; one that makes no sense shows everything, with the reason above."""

    submit_label = _("絞り込む")
    method = "get"
    show_requirement = False


class AuditFilter(Filter):
    q = forms.CharField(label=_("対象の名前"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("対象の種類"), required=False)
    refused = forms.BooleanField(label=_("断ったものだけを表示する"), required=False)
    target = forms.IntegerField(label=_("対象の番号"), required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("全て")), *((kind, name_of_kind(kind)) for kind in kinds())]

    def narrow(self, events: QuerySet[Event]) -> QuerySet[Event]:
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("q"):
            word = names.usual(asked["q"])
            events = events.alias(label=usual("target_label"), grams=LABEL_GRAMS)
            events = events.filter(narrowed(word, names.WRITTEN), label__icontains=word)
        if asked.get("refused"):
            events = events.exclude(refusal=None)
        if asked.get("kind"):
            events = events.filter(target_type=asked["kind"])
        if asked.get("target"):
            events = events.filter(target_id=asked["target"])
        return events


class OutboxFilter(Filter):
    state = forms.ChoiceField(label=_("状態"), required=False, choices=[("", _("全て")), *EmailState.choices])
    q = forms.CharField(label=_("宛先・件名"), max_length=100, required=False)

    def narrow(self, emails: QuerySet[Email]) -> QuerySet[Email]:
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("state"):
            emails = emails.filter(job__state=asked["state"])
        if asked.get("q"):
            found = Q(to_address__icontains=asked["q"]) | Q(about__icontains=names.usual(asked["q"]))
            emails = emails.alias(about=usual("subject")).filter(found)
        return emails


def usual(column: str) -> Func:
    """The column as it is searched, where names stand among other words (`names.usual`)."""
    return Func(F(column), Value(names.RARE), Value(names.USUAL), function="translate", output_field=CharField())


def name_of_kind(label: str) -> str:
    """members.workinggroup → 会議体"""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label
