from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

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

    class Meta:
        model = WorkingGroup
        fields = [
            "name",
            "slug",
            "parent_body",
            "fiscal_year",
            "charter",
            "planned_meetings",
            "substitutes_allowed",
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
        Fieldset(_("運営の定め"), "charter", "substitutes_allowed"),
        Fieldset(_("結果報告で使う表現"), "plan_name", "plan_season", "member_phrase", "expert_phrase"),
        Fieldset(_("個人情報"), "purpose_text", "retention_text"),
        Fieldset(_("問い合わせ先"), "contact_department", "contact_phone", "contact_email"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].error_messages["invalid"] = _("半角英数字とハイフンで入力してください。")
        choose_from(self, contact_department=Department.objects.to_choose(self.instance.contact_department_id))
        if self.instance.pk:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("公開したページのアドレスに使われているため、変更できません。")

    def clean_slug(self) -> str:
        if self.cleaned_data["slug"] == "add":
            raise forms.ValidationError(_("「add」は使用できません。別の名前を入力してください。"))
        return self.cleaned_data["slug"]


class GrantForm(PortalModelForm):
    class Meta:
        model = DeskGrant
        fields = ["valid_from", "valid_to", "reviews_data"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}
        help_texts = {"valid_to": _("異動や年度末に合わせて終了日を登録しておくと、権限の消し忘れを防げます。")}

    submit_label = _("事務局の権限を付与する")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = clock.today
