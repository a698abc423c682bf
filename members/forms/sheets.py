from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import TextField
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from foundation.apart import Busy
from foundation.apart.picture import NoPhoto, redrawn
from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import PortalForm, choose_from, seen_field
from foundation.ui.layout import Button
from members.models import IntroSheet, User, WorkingGroup
from members.states import Audience, SheetState

SAY_ONE_WORD = _("提出するには、「取り組みたいこと」を入力してください。一言でも構いません。")
TEXTS = ["duties", "problems", "wants", "skills", "message"]
FAVOURS = ["offers_problem", "is_example"]
# Seconds that the page waits for its turn.
PATIENCE = 10
MOST_PHOTO_BYTES = 20 * 1024 * 1024
BUSY = _(
    "別のファイルを読み込んでいるため、写真を登録できませんでした。"
    "少し待ってから、もう一度選んで登録してください。登録済みの写真は変わっていません。"
)


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
    offers_problem = forms.BooleanField(
        label=IntroSheet._meta.get_field("offers_problem").verbose_name,
        required=False,
        help_text=_(
            "チェックを入れると、事務局がテーマの例を決める画面に、氏名と「業務での困り事」を表示します。"
        ),
    )
    wants = paragraph(
        "wants",
        help_text=_("提出するときは、この欄だけは入力してください。"),
        error_messages={"required": SAY_ONE_WORD},
    )
    skills = paragraph("skills", help_text=_("例：表計算、写真、外国語、人前で話すこと"))
    message = paragraph("message")
    is_example = forms.BooleanField(
        label=IntroSheet._meta.get_field("is_example").verbose_name,
        required=False,
        help_text=_(
            "チェックを入れると、参加者に公開した後、次の年度の会議体の入力画面に、氏名と顔写真を除いた内容を"
            "記入例として表示します。いつでも取りやめられます。"
        ),
    )
    audience = forms.ChoiceField(label=_("見られる人"), choices=Audience, widget=forms.RadioSelect)
    page = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen = seen_field()

    choice_hints = {
        "audience": {
            Audience.GROUP: _("会議の参加者と事務局が読めます。庁外には公開しません。"),
            Audience.DESK: _("他の参加者には見えません。"),
        }
    }

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, sheet: IntroSheet | None = None, **kwargs: Any
    ) -> None:
        sheet = sheet or IntroSheet(version=0)
        initial = {name: getattr(sheet, name) for name in [*TEXTS, *FAVOURS, "audience"]}
        super().__init__(data, initial=initial | {"seen": sheet.version}, **kwargs)
        self.sheet = sheet
        self.is_draft = sheet.state == SheetState.DRAFT
        self.submit_label = _("提出する") if self.is_draft else _("変更を提出する")
        draft = (Button(_("下書きを保存する"), "draft", kind="outline"),) if self.is_draft else ()
        self.extra_buttons = (*draft, Button(_("見え方を確認する"), "preview", kind="outline"))
        # Only a draft saves itself: what others read changes when its writer says so.
        self.pressed = next((name for name in ("draft", "preview") if data and name in data), "submit")
        self.fields["wants"].required = self.pressed == "submit"


class PhotoForm(PortalForm):
    """A photo as the phone took it; what comes out is the small one that is drawn from it."""

    photo = forms.FileField(
        label=_("写真"),
        max_length=255,
        help_text=_(
            "JPEG、PNG、HEIC（.heic）、WebPのいずれか。20MBまで。スマートフォンで撮った写真をそのまま選べます。"
        ),
        error_messages={
            "empty": _("選択したファイルは空（0バイト）です。写真を選び直してください。"),
            "max_length": _("ファイル名が長すぎます。255文字までの名前に変えて、選び直してください。"),
        },
    )
    submit_label = _("この写真を登録する")
    show_requirement = False

    def clean_photo(self) -> bytes:
        photo = self.cleaned_data["photo"]
        if photo.size > MOST_PHOTO_BYTES:
            raise forms.ValidationError(
                _("写真が大きすぎます（%s）。20MBまでの写真を選んでください。登録済みの写真は変わっていません。")
                % filesizeformat(photo.size)
            )
        try:
            return redrawn(photo, wait=PATIENCE)
        except NoPhoto as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        except Busy:
            raise forms.ValidationError(BUSY) from None


class EarlierGroupField(forms.ModelChoiceField):
    """Groups of several years under one name are told apart."""

    def label_from_instance(self, obj: WorkingGroup) -> str:
        return obj.with_year


class SheetRulesForm(PortalForm):
    """For the desk: the last day, and whose sheets are examples."""

    sheets_lock_on = DayField(
        label=_("変更期限"),
        required=False,
        widget=forms.DateInput,
        help_text=_("この日まで、御本人が入力・変更できます。空欄のときは、期限を設けません。"),
    )
    forerunner = EarlierGroupField(
        label=_("記入例にする会議体"),
        queryset=WorkingGroup.objects.none(),
        required=False,
        help_text=_(
            "御本人が了承したシートだけを、氏名と顔写真を除いて表示します。"
            "選ばなければ、同じ名称の前年度までの会議体のうち最も新しいものを使います。"
        ),
    )
    seen = seen_field()

    def __init__(self, *args: Any, group: WorkingGroup, user: User, **kwargs: Any) -> None:
        initial = self.shown_of(group) | {"seen": group.version}
        super().__init__(*args, initial=initial, **kwargs)
        before = WorkingGroup.objects.filter(pk__in=WorkingGroup.objects.visible_to(user).values("pk"))
        choose_from(self, forerunner=before.before(group))

    def shown_of(self, stored: WorkingGroup) -> dict[str, Any]:
        return {"sheets_lock_on": stored.sheets_lock_on, "forerunner": stored.forerunner_id}


class SpeakingForm(PortalForm):
    """From when people introduce themselves: part of the page's address, so that it can be printed again."""

    start = forms.TimeField(label=_("始める時刻"), widget=forms.TimeInput, required=False)
    method = "get"
    submit_label = _("時刻を表示する")
    show_requirement = False
