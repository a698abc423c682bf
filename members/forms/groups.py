from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from foundation.db import clock
from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import EditForm, PortalModelForm, choose_from
from members.forms.fields import AddressField, HalfWidthField
from members.models import Department, DeskGrant, WorkingGroup
from members.models.words import WORDS


class GroupForm(EditForm):
    fiscal_year = forms.IntegerField(label=_("年度（西暦）"), min_value=2000, max_value=2100)
    purpose_text = ParagraphField(
        label=_("利用目的"),
        max_length=2000,
        required=False,
        help_text=_("回答ページに表示する、個人情報の利用目的"),
    )

    aim = ParagraphField(label=_("設置の目的"), max_length=1000, required=False)
    charter_text = ParagraphField(
        label=_("設置根拠の本文"),
        max_length=20_000,
        required=False,
        help_text=_("設置要綱などの全文。貼り付けると、公開ページで読めます。"),
    )

    charter_url = forms.URLField(
        label=_("設置根拠のあるページ"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("例規集などに掲載しているときのアドレス。「https://」から始めてください。"),
    )

    class Meta:
        model = WorkingGroup
        fields = [
            "name",
            "slug",
            "parent_body",
            "fiscal_year",
            "charter",
            "aim",
            "charter_text",
            "charter_url",
            "planned_meetings",
            "substitutes_allowed",
            "quorum",
            "quorum_counts_substitutes",
            "silence_consents",
            "majority",
            "is_public",
            "plan_name",
            "plan_season",
            "member_phrase",
            "expert_phrase",
            "purpose_text",
            "retention_text",
            "contact_department",
            "contact_phone",
            "contact_email",
            *WORDS,
        ]
        field_classes = {"contact_email": AddressField, "contact_phone": HalfWidthField}

    layout = (
        Fieldset(_("会議体"), "name", "slug", "parent_body", "fiscal_year", "planned_meetings", "is_public"),
        Fieldset(_("呼び方"), *WORDS),
        Fieldset(
            _("運営の定め"),
            "charter",
            "substitutes_allowed",
            "quorum",
            "quorum_counts_substitutes",
            "majority",
            "silence_consents",
        ),
        Fieldset(_("公開ページに載せる内容"), "aim", "charter_text", "charter_url"),
        Fieldset(_("結果報告で使う表現"), "plan_name", "plan_season", "member_phrase", "expert_phrase"),
        Fieldset(_("個人情報"), "purpose_text", "retention_text"),
        Fieldset(_("問い合わせ先"), "contact_department", "contact_phone", "contact_email"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].error_messages["invalid"] = _("半角英数字とハイフンで入力してください。")
        self.fields["contact_email"].help_text = _("お送りしたメールに返信があると、このアドレスに届きます。")
        choose_from(self, contact_department=Department.objects.to_choose(self.instance.contact_department_id))
        if self.instance.pk:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("公開したページのアドレスに使われているため、変更できません。")

    def clean_slug(self) -> str:
        if self.cleaned_data["slug"] == "add":
            raise forms.ValidationError(_("「add」は使用できません。別の名前を入力してください。"))
        return self.cleaned_data["slug"]


class NextGroupForm(GroupForm):
    """Everything that the form of a group asks is as it was, but for the year and the address."""

    submit_label = _("翌年度の会議体を作成する")

    def __init__(self, *args: Any, predecessor: WorkingGroup, **kwargs: Any) -> None:
        kept = model_to_dict(predecessor, fields=self._meta.fields)
        kept["slug"] = next_slug(predecessor.slug)
        kept["fiscal_year"] = predecessor.fiscal_year + 1
        kept["contact_department"] = _of_today(predecessor.contact_department)
        super().__init__(*args, initial=kept, **kwargs)


def next_slug(slug: str) -> str:
    """dx-r8 → dx-r9, dx-2026 → dx-2027; an address without a year gets a number behind it."""
    name = slug.rstrip("0123456789")
    year = slug.removeprefix(name)
    return f"{name}{int(year) + 1}" if year else f"{slug}-2"


def _of_today(department: Department | None) -> Department | None:
    """What followed a section that was reorganised."""
    while department and department.valid_to and department.valid_to < clock.today() and department.successor:
        department = department.successor
    return department


class GrantForm(PortalModelForm):
    class Meta:
        model = DeskGrant
        fields = ["valid_from", "valid_to", "reviews_data"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}
        help_texts = {
            "valid_to": _("年度の末日を入れてあります。異動が決まっている方は、その前日にしてください。")
        }

    submit_label = _("事務局の権限を付与する")

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        """A right ends with the year, unless somebody says otherwise."""
        super().__init__(*args, **kwargs)
        today = clock.today()
        self.fields["valid_from"].initial = today
        end_of_year = date(wareki.year_of_april(today) + 1, 3, 31)
        self.fields["valid_to"].initial = max(group.last_day, end_of_year)
