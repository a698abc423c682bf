"""The file that comes in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import PortalForm, seen_field
from members.models import Department, User


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

    def clean_file(self) -> UploadedFile:
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
    """Nothing is asked but the file, and of whoever works in two sections, which."""

    department = forms.ModelChoiceField(label=_("担当課"), queryset=Department.objects.none())

    field_order = ["file", "department"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = self.fields["department"]
        assert isinstance(department, forms.ModelChoiceField)
        own = Department.objects.of(user)
        department.queryset = own
        if len(own) == 1:
            self.only_department = own[0]
            del self.fields["department"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "department" not in self.fields:
            cleaned["department"] = self.only_department
        return cleaned


class BringBackForm(FileForm):
    submit_label = _("修正を取り込む")

    field_order = ["file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("「指摘事項付きExcel」を直して保存したファイル（.xlsx）。50MBまで。")


class ReplaceForm(FileForm):
    """`seen` is the count of the version in work, 0 where there was none."""

    seen = seen_field()
