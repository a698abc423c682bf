from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import TextField
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm, seen_field
from foundation.ui.layout import Button
from members.models import IntroSheet
from members.states import Audience, SheetState

SAY_ONE_WORD = _("提出するには、「部会で取り組みたいこと」を入力してください。一言でも構いません。")
TEXTS = ["duties", "problems", "wants", "skills", "message"]


def paragraph(name: str, **kwargs: Any) -> ParagraphField:
    """Label, hint and limit are the model's."""
    field = IntroSheet._meta.get_field(name)
    assert isinstance(field, TextField)
    help_text = kwargs.pop("help_text", field.help_text)
    return ParagraphField(
        label=field.verbose_name, max_length=field.max_length, help_text=help_text, required=False, **kwargs
    )


class SheetForm(PortalForm):
    """One's sheet. `page` and `seen` tell one open page from another, and a second press from a change."""

    duties = paragraph("duties", help_text=_("例：窓口での証明書の発行、住民異動の受付"))
    problems = paragraph("problems")
    wants = paragraph(
        "wants",
        help_text=_("提出するときは、この欄だけは入力してください。"),
        error_messages={"required": SAY_ONE_WORD},
    )
    skills = paragraph("skills", help_text=_("例：表計算、写真、外国語、人前で話すこと"))
    message = paragraph("message")
    audience = forms.ChoiceField(label=_("見られる人"), choices=Audience, widget=forms.RadioSelect)
    page = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen = seen_field()

    choice_hints = {
        "audience": {
            Audience.GROUP: _("部会の参加者と事務局が読めます。庁外には公開しません。"),
            Audience.DESK: _("他の参加者には見えません。"),
        }
    }

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, sheet: IntroSheet | None = None, **kwargs: Any
    ) -> None:
        sheet = sheet or IntroSheet(version=0)
        initial = {name: getattr(sheet, name) for name in [*TEXTS, "audience"]}
        super().__init__(data, initial=initial | {"seen": sheet.version}, **kwargs)
        self.is_draft = sheet.state == SheetState.DRAFT
        self.submit_label = _("提出する") if self.is_draft else _("変更を提出する")
        draft = (Button(_("下書きを保存する"), "draft", kind="outline"),) if self.is_draft else ()
        self.extra_buttons = (*draft, Button(_("見え方を確認する"), "preview", kind="outline"))
        # Only a draft saves itself: what others read changes when its writer says so.
        self.pressed = next((name for name in ("draft", "preview") if data and name in data), "submit")
        self.fields["wants"].required = self.pressed == "submit"
