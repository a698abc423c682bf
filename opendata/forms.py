from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import PortalForm, seen_field
from members.models import Department
from members.states import Licence
from opendata import checking, privacy
from opendata.actions.describing import Publication
from opendata.models import Dataset, DatasetVersion
from opendata.slugs import RESERVED
from opendata.states import UpdateCycle

OWN_TABLE = "own"
LONGEST_CELL = 5000


class FileForm(PortalForm):
    """A file, whatever it is: judging it is tablecheck's business."""

    file = forms.FileField(
        label=_("ファイル"),
        help_text=_(
            "Excelで保存したCSV（.csv）、Excelブック（.xlsx・.xls）、OpenDocumentスプレッドシート（.ods）のいずれか。50MBまで。文字コードや見出しの行は自動で判定します。"
        ),
        error_messages={
            "required": _("アップロードするファイルを選択してください。"),
            "empty": _(
                "選択したファイルは空（0バイト）です。保存した元のファイルを確認して、選び直してください。"
            ),
            "max_length": _("ファイル名が長すぎます。255文字までの名前に変えて、選び直してください。"),
        },
        max_length=255,
    )
    submit_label = _("アップロードして確認する")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_UPLOAD_BYTES:
            raise forms.ValidationError(
                _(
                    "ファイルが大きすぎます（%(size)s）。アップロードできるのは%(limit)sまでです。何も保存していません。ファイルを分けてアップロードしてください。"
                ),
                params={
                    "size": filesizeformat(file.size),
                    "limit": filesizeformat(settings.MAX_UPLOAD_BYTES),
                },
            )
        return file


class UploadForm(FileForm):
    standard = forms.ChoiceField(
        label=_("データの種類"),
        help_text=_("一覧に合うものがなければ「独自の表」を選択してください。"),
    )
    department = forms.ModelChoiceField(label=_("担当課"), queryset=Department.objects.none())

    field_order = ["file", "standard", "department"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = sorted(checking.kinds().items(), key=lambda kind: kind[1])
        self.fields["standard"].choices = [("", _("選択してください")), *kinds, (OWN_TABLE, _("独自の表"))]
        own = Department.objects.of(user)
        self.fields["department"].queryset = own
        if len(own) == 1:
            self.only_department = own[0]
            del self.fields["department"]

    def clean_standard(self):
        chosen = self.cleaned_data["standard"]
        return "" if chosen == OWN_TABLE else chosen

    def clean(self):
        cleaned = super().clean()
        if "department" not in self.fields:
            cleaned["department"] = self.only_department
        return cleaned


class SheetForm(PortalForm):
    sheet = forms.ChoiceField(label=_("読み込むシート"))
    submit_label = _("このシートを読み込む")
    show_requirement = False

    def __init__(self, *args, sheets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in sheets]


class CellForm(forms.Form):
    """One cell; posted from a row of the findings."""

    row = forms.IntegerField(min_value=1)
    column = forms.IntegerField(min_value=1)
    before = forms.CharField(required=False, strip=False)
    value = forms.CharField(
        required=False,
        strip=False,
        max_length=LONGEST_CELL,
        error_messages={"max_length": _("一つのセルに入力できるのは%(limit_value)d文字までです。")},
    )

    def clean_before(self):
        return as_kept(self.cleaned_data["before"])

    def clean_value(self):
        return as_kept(self.cleaned_data["value"])


def as_kept(text: str) -> str:
    """Browsers send line ends as CRLF, the table holds LF."""
    return text.replace("\r\n", "\n")


class RepairsForm(forms.Form):
    """Which repairs: one, those of a kind, or (with neither) all that are safe."""

    code = forms.CharField(required=False)
    repair = forms.IntegerField(required=False)


class PublicationForm(PortalForm):
    columns = forms.TypedMultipleChoiceField(
        label=_("公開する列"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("標準の列は、初めから選択されています。標準にない列は、選択したものだけを公開します。"),
        error_messages={"required": _("公開する列を一つ以上選択してください。")},
    )
    privacy_confirmed = forms.BooleanField(
        label=_("公開する列に、個人が特定される情報が含まれていないことを確認しました"), required=False
    )
    title = forms.CharField(label=_("データセット名"), max_length=100)
    description = ParagraphField(
        label=_("説明"),
        max_length=1000,
        help_text=_("何の一覧で、いつ時点のものか。例：市が管理する公衆トイレの一覧です（令和8年4月1日時点）。"),
    )
    slug = forms.SlugField(
        label=_("公開ページのアドレス"),
        max_length=60,
        help_text=_("半角の英小文字・数字・ハイフン。公開した後は変更できません。"),
        error_messages={"invalid": _("半角の英数字とハイフンで入力してください。")},
    )
    licence = forms.ChoiceField(
        label=_("ライセンス"),
        choices=Licence,
        widget=forms.RadioSelect,
        help_text=_("データの利用者が守る条件です。特別な事情がなければ、変更する必要はありません。"),
    )
    update_cycle = forms.ChoiceField(label=_("更新頻度"), choices=UpdateCycle)
    seen = seen_field()

    submit_label = _("保存して次へ")
    layout = (
        Fieldset(_("公開する列"), "columns", "privacy_confirmed"),
        Fieldset(_("データセットの情報"), "title", "description", "slug", "licence", "update_cycle"),
        "seen",
    )

    def __init__(self, *args, version: DatasetVersion, **kwargs):
        self.version = version
        super().__init__(*args, initial=initial_of(version), **kwargs)
        columns = self.fields["columns"]
        assert isinstance(columns, forms.MultipleChoiceField)
        columns.choices = [(column["index"], label_of(column)) for column in version.columns]
        suspects = {suspect.index: suspect.reason for suspect in privacy.suspects(version, version.columns)}
        self.choice_hints = {
            "columns": {str(column["index"]): hint_of(column, suspects) for column in version.columns}
        }
        if version.dataset.versions.published().exists():
            self.fields["slug"].disabled = True

    def shown_of(self, stored: DatasetVersion) -> dict[str, Any]:
        return initial_of(stored)

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        others = Dataset.objects.exclude(pk=self.version.dataset_id)
        if slug in RESERVED or others.filter(slug=slug).exists():
            raise forms.ValidationError(_("このアドレスは既に使われています。別の名前を入力してください。"))
        return slug

    @property
    def publication(self) -> Publication:
        given = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return Publication(**{**given, "columns": frozenset(given["columns"])})


def initial_of(version: DatasetVersion) -> dict[str, Any]:
    dataset = version.described
    return {
        "columns": [column["index"] for column in version.public_columns],
        "privacy_confirmed": version.privacy_confirmed,
        "title": dataset.title,
        "description": dataset.description,
        "slug": dataset.slug,
        "licence": dataset.licence,
        "update_cycle": dataset.update_cycle,
        "seen": version.version,
    }


def label_of(column: dict) -> str:
    return str(_("%(letter)s列 %(header)s") % {**column, "header": column["header"] or _("（見出しなし）")})


def hint_of(column: dict, suspects: dict[int, str]) -> str:
    place = _("標準の列") if column["field"] else _("標準にない列")
    reason = suspects.get(column["index"])
    if not reason:
        return str(place)
    return str(_("%(place)s・個人情報の可能性：%(reason)s") % {"place": place, "reason": reason})


class ReturnForm(PortalForm):
    reason = ParagraphField(
        label=_("差し戻す理由"),
        max_length=1000,
        help_text=_("入力した内容は、そのまま担当課へメールで送信されます。"),
        error_messages={"required": _("差し戻す理由を入力してください。")},
    )
    seen = seen_field()
    submit_label = _("差し戻す")


class PublishForm(PortalForm):
    head_name = forms.CharField(
        label=_("確認した所属長の氏名"),
        max_length=100,
        error_messages={"required": _("確認した所属長の氏名を入力してください。")},
    )
    head_checked_on = DayField(
        label=_("確認した日"), error_messages={"required": _("所属長が確認した日を入力してください。")}
    )
    head_document_number = forms.CharField(
        label=_("文書番号"), max_length=50, required=False, help_text=_("起案文書がある場合。例：環境第123号")
    )
    seen = seen_field()
    submit_label = _("承認して公開する")


class WithdrawForm(PortalForm):
    reason = forms.CharField(
        label=_("公開停止の理由"),
        max_length=200,
        help_text=_("公開ページに、停止した日とともに表示します。"),
        error_messages={"required": _("公開停止の理由を入力してください。")},
    )
    submit_label = _("公開を停止する")


class SearchForm(PortalForm):
    q = forms.CharField(label=_("キーワード"), required=False, max_length=100, help_text=_("例：トイレ　AED"))
    submit_label = _("検索する")
    method = "get"
    show_requirement = False
