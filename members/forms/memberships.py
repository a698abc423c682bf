from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.db import clock
from foundation.ui.fields import DayField
from foundation.ui.forms import EditForm, PortalForm, PortalModelForm, choose_from, seen_field
from members.models import Department, MembershipTerm, OfficeTerm, WorkingGroup
from members.states import COUNTED

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def choose_word(form: forms.BaseForm, **words: "list[tuple[str, StrOrPromise]]") -> None:
    """What the group calls its categories and offices."""
    for name, choices in words.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class TermForm(EditForm):
    class Meta:
        model = MembershipTerm
        fields = ["category", "department", "affiliation", "job_title", "valid_from", "valid_to"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}
        widgets = {"category": forms.RadioSelect}
        help_texts = {"valid_to": _("決まっていないときは、空欄のままにしてください。")}

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            choose_word(self, category=group.categories)
            self.fields["category"].help_text = _("出席者数に数えるのは、%(counted)sだけです。") % {
                "counted": _("と").join(str(group.category(category)) for category in COUNTED)
            }
        choose_from(self, department=Department.objects.to_choose(self.instance.department_id))


class ChangePostForm(TermForm):
    """A new term from a day on; its end is that of the term it continues."""

    class Meta(TermForm.Meta):
        fields = ["valid_from", "category", "department", "affiliation", "job_title"]

    submit_label = _("この日から変更する")


class ReappointForm(PortalForm):
    """The same post for another term, from the day after this one."""

    seen = seen_field()
    valid_to = DayField(label=_("新しい任期の末日"))
    keeps_office = forms.BooleanField(label=_("役職も引き続き務める"), required=False)

    submit_label = _("再任を登録する")

    def __init__(self, *args: Any, office: OfficeTerm | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_office(self, "keeps_office", office)


class SuccessorForm(TermForm):
    """Another person in the same place; the post is theirs."""

    takes_office = forms.BooleanField(label=_("役職も引き継ぐ"), required=False)

    class Meta(TermForm.Meta):
        fields = ["valid_from", "valid_to", "department", "affiliation", "job_title"]
        help_texts = {
            "valid_from": _("前任の方の任期が残っているときは、この日の前日で終了します。"),
            "valid_to": _("任期の途中で交代するときは、前任の方の任期の末日（残任期間）にします。"),
        }

    submit_label = _("後任として登録する")

    def __init__(self, *args: Any, office: OfficeTerm | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_office(self, "takes_office", office)


def name_office(form: forms.BaseForm, name: str, office: OfficeTerm | None) -> None:
    """Asked only where there is an office, which the question names."""
    if office is None:
        del form.fields[name]
        return
    form.fields[name].label = f"{form.fields[name].label}（{office.group.office(office.office)}）"
    form.fields[name].initial = True


class OfficeForm(PortalModelForm):
    class Meta:
        model = OfficeTerm
        fields = ["office", "valid_from", "valid_to"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}
        widgets = {"office": forms.RadioSelect}

    submit_label = _("役職を登録する")

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_word(self, office=group.offices)
        self.fields["valid_from"].initial = clock.today
