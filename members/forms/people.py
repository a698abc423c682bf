from collections.abc import Iterator
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from foundation.db import clock
from foundation.ui.fields import DayField
from foundation.ui.forms import AskingForm, PortalForm, PortalModelForm, choose_from
from foundation.ui.layout import Disclosure
from members import names
from members.forms.fields import AddressField, DeliveryAddressField, HalfWidthField, NameField, ReadingField
from members.models import Department, Posting, User
from members.models.user import NAMES, READINGS

SHOWN = ("display_family_name", "display_given_name", "display_family_kana", "display_given_kana")
NAME = Fieldset(
    _("氏名"),
    "family_name",
    "given_name",
    "family_kana",
    "given_kana",
    Disclosure(
        _("旧姓・通称を使用する方"),
        *SHOWN,
        intro=_(
            "名簿、通知、結果報告などに、登録した氏名に代えて表示します。変わらない方は、空欄のままにしてください。"
        ),
    ),
)
CONTACT = Fieldset(_("連絡"), "email", "delivery_email", "channel", "phone", "employee_number")
RIGHTS = Fieldset(_("権限"), "is_administrator", "is_data_steward")


class PersonForm(AskingForm):
    class Meta:
        model = User
        fields = [
            "family_name",
            "given_name",
            "family_kana",
            "given_kana",
            *SHOWN,
            "email",
            "delivery_email",
            "channel",
            "phone",
            "employee_number",
            "is_administrator",
            "is_data_steward",
            "is_active",
        ]
        field_classes = {
            **dict.fromkeys(NAMES, NameField),
            **dict.fromkeys(READINGS, ReadingField),
            "email": AddressField,
            "delivery_email": DeliveryAddressField,
            "phone": HalfWidthField,
            "employee_number": HalfWidthField,
        }
        widgets = {"channel": forms.RadioSelect}
        help_texts = {
            "family_kana": _("ひらがな又はカタカナで入力します。漢字を使わない氏名にも、読みが必要です。"),
            "is_active": _("外すと、ログインも回答用リンクも使えなくなります。記録は残ります。"),
            "employee_number": _("人事データとの照合に使います。事務局とシステム管理者だけが見られます。"),
        }

    layout = (NAME, CONTACT, RIGHTS, Fieldset(_("利用"), "is_active"))

    def doubts(self) -> Iterator[str]:
        """Only where the name is new: whoever corrects a phone number is not asked again."""
        if not {*NAMES, *READINGS} & set(self.changed_data):
            return
        yield from names.doubts(*(self.cleaned_data[name] for name in NAMES))
        for other in User.objects.namesakes(self.instance):
            yield gettext("同じ氏名・ふりがなの方が、既に登録されています（%s）。") % _known_by(other)


def _known_by(person: User) -> str:
    """What tells a person from their namesakes."""
    posts = [f"{post.department} {post.job_title}".strip() for post in person.postings.current()]
    stopped = "" if person.is_active else gettext("停止中")
    facts = [stopped, *posts, person.email or "", person.employee_number or ""]
    return gettext("、").join([str(person), *filter(None, facts)])


class NewPersonForm(PersonForm):
    """With the first post; more of them are added on the person's page."""

    department = forms.ModelChoiceField(
        label=_("所属"), queryset=Department.objects.none(), required=False, help_text=_("庁外の方は選びません。")
    )
    job_title = forms.CharField(label=_("職名"), max_length=50, required=False)
    posted_from = DayField(label=_("配属日"), initial=clock.today)

    class Meta(PersonForm.Meta):
        fields = PersonForm.Meta.fields[:-1]

    layout = (NAME, Fieldset(_("所属"), "department", "job_title", "posted_from"), CONTACT, RIGHTS)
    submit_label = _("登録する")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, department=Department.objects.to_choose())


class PostingForm(PortalModelForm):
    class Meta:
        model = Posting
        fields = ["department", "job_title", "kind", "is_annual", "valid_from", "valid_to"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}
        widgets = {"kind": forms.RadioSelect}

    submit_label = _("配属を登録する")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, department=Department.objects.to_choose(self.instance.department_id))


class CorrectPostingForm(PostingForm):
    submit_label = _("訂正する")


class EndForm(PortalForm):
    """The last day of something dated."""

    valid_to = DayField(label=_("終了日"), initial=clock.today, help_text=_("この日までが期間に含まれます。"))

    submit_label = _("終了する")
