"""What is brought to a meeting: a file, an address, or the word that it comes on paper."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Fieldset
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from foundation.actions import Conflict
from foundation.ui.fields import DayField
from foundation.ui.forms import EditForm, PortalForm, choose_from, seen_field
from foundation.ui.layout import Branch, Part, When
from meetings.actions.materials import Given
from meetings.file_kinds import refuse_unless_plain
from meetings.models import AgendaItem, Material, Meeting
from meetings.states import MaterialAudience, MaterialKind
from members.models import Membership

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

AUDIENCE_HINTS: "dict[str, dict[str, StrOrPromise]]" = {
    "audience": {
        MaterialAudience.GROUP: _(
            "開催通知の後、会議の参加者が読めます。公開への同意を記録したものは、結果報告と一緒に公開します。"
        ),
        MaterialAudience.DESK: _("参加者には表示しません。"),
    }
}
CHOOSE_FILE = _("登録するファイルを選択してください。")


class GivenForm(PortalForm):
    """One of the three; what the others say is neither judged nor kept."""

    kind = forms.ChoiceField(
        label=_("形式"), choices=MaterialKind, initial=MaterialKind.FILE, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("ファイル"),
        required=False,
        max_length=255,
        help_text=_(
            "PDF（.pdf）、Word（.docx・.doc）、Excel（.xlsx・.xls）、PowerPoint（.pptx・.ppt）、"
            "画像（.png・.jpg・.jpeg）のいずれか。50MBまで。"
            "圧縮ファイル（ZIPなど）、パスワードを付けたファイル、マクロを含むファイルは登録できません。"
        ),
        error_messages={
            "empty": _("選択したファイルは空（0バイト）です。元のファイルを確認して、選び直してください。"),
            "max_length": _("ファイル名が長すぎます。255文字までの名前に変えて、選び直してください。"),
        },
    )
    url = forms.URLField(
        label=_("アドレス"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("「https://」から始まるアドレス。外部のページの内容は、このポータルには保存しません。"),
    )

    parts: tuple[Part, ...] = (Branch("kind", When(MaterialKind.FILE, "file"), When(MaterialKind.LINK, "url")),)

    def clean_file(self) -> UploadedFile | None:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return None
        size = file.size or 0
        if size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                _(
                    "ファイルが大きすぎます（%(size)s）。登録できるのは%(limit)sまでです。何も保存していません。"
                    "画像を圧縮するか、ファイルを分けてください。"
                ),
                params={"size": filesizeformat(size), "limit": filesizeformat(settings.MAX_UPLOAD_BYTES)},
            )
        refuse_unless_plain(file)
        return file

    def clean(self) -> dict[str, Any]:
        """`given` in the place of the three."""
        cleaned = super().clean()
        kind, file, url = (cleaned.pop(name, None) for name in ("kind", "file", "url"))
        if kind == MaterialKind.FILE and not file and "file" not in self.errors:
            self.add_error("file", CHOOSE_FILE)
        if kind == MaterialKind.LINK and not url and "url" not in self.errors:
            self.add_error("url", _("資料のあるページのアドレスを入力してください。"))
        cleaned["given"] = Given(kind=kind or "", file=file, url=url or "")
        return cleaned


class AddMaterialForm(GivenForm):
    title = forms.CharField(
        label=_("資料名"),
        max_length=100,
        help_text=_("「資料1」などの番号は、並び順から自動で付けます。例：基本構想（素案）"),
    )
    item = forms.ModelChoiceField(label=_("議題"), queryset=AgendaItem.objects.none(), required=False)
    audience = forms.ChoiceField(
        label=_("見られる人"),
        choices=MaterialAudience,
        initial=MaterialAudience.GROUP,
        widget=forms.RadioSelect,
    )
    submit_label = _("資料を登録する")
    choice_hints = AUDIENCE_HINTS
    layout = ("title", "item", *GivenForm.parts, "audience")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, item=meeting.items.all())


class OfferMaterialForm(GivenForm):
    """By who presents: for an item of their own."""

    title = forms.CharField(label=_("資料名"), max_length=100, help_text=_("例：他市の取組の紹介"))
    item = forms.ModelChoiceField(label=_("議題"), queryset=AgendaItem.objects.none(), empty_label=None)
    submit_label = _("資料を登録する")
    layout = ("title", "item", *GivenForm.parts)

    def __init__(self, *args: Any, meeting: Meeting, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, item=meeting.items.filter(presenter=membership).select_related("meeting"))


class ReplaceMaterialForm(GivenForm):
    seen = seen_field()
    submit_label = _("この内容に差し替える")
    layout = GivenForm.parts

    def __init__(self, *args: Any, material: Material, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": material.version}, **kwargs)

    def meet(self, conflict: Conflict) -> None:
        """What was chosen here stands beside what is there, part by part."""
        given: Given = self.cleaned_data["given"]
        self.cleaned_data |= {"kind": given.kind, "url": given.url, "file": given.file and given.file.name}
        super().meet(conflict)

    def shown_of(self, stored: Material) -> dict[str, Any]:
        newest = stored.versions.last()
        return {"kind": newest.kind, "url": newest.url, "file": newest.name} if newest else {}


class NoteConsentForm(PortalForm):
    """What the desk was told, by telephone or on paper."""

    seen = seen_field()
    consents = forms.TypedChoiceField(
        label=_("公開への同意"),
        choices=[("yes", _("同意する")), ("no", _("同意しない（取り消す）"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("同意した方（同意しない方）"),
        max_length=100,
        help_text=_("説明者の氏名又は資料を作成した課の名称。例：例田花子、企画課"),
    )
    given_on = DayField(label=_("確認した日"), widget=forms.DateInput())
    how = forms.CharField(
        label=_("どのように確認したか"), max_length=200, help_text=_("例：電話、電子メール、会議の席上")
    )
    submit_label = _("記録する")


class EditMaterialForm(EditForm):
    class Meta:
        model = Material
        fields = ["title", "item", "audience"]
        widgets = {"audience": forms.RadioSelect}

    choice_hints = AUDIENCE_HINTS
    layout = (Fieldset(_("資料の情報"), "title", "item", "audience"),)

    def __init__(self, *args: Any, instance: Material, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        choose_from(self, item=instance.meeting.items.all())
