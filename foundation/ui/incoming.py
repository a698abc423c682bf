"""Every form with a place for a file asks the virus scanner first: what it refuses is not even looked at.

It stands here, below all forms, so that no form can forget it; and as late, so that only whom a page lets send
something can keep the scanner busy.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _, gettext_lazy

from foundation.apart.scan import Outcome, scan
from foundation.audit.actor import SYSTEM
from foundation.audit.log import note_refusal

SCANNED = "audit.scan"
REFUSED = {
    Outcome.FOUND: gettext_lazy(
        "ウイルス検査で問題が見つかったため、このファイルは受け取っていません。"
        "このファイルは開かずに、情報システムの担当者に連絡してください。"
    ),
    Outcome.UNDECIDED: gettext_lazy(
        "ウイルス検査ができなかったため、このファイルは受け取っていません。"
        "少し待ってから、もう一度選んで送信してください。"
        "繰り返し表示されるときは、情報システムの担当者に連絡してください。"
    ),
}


def scan_first(field: forms.FileField) -> None:
    """Before the field itself, which may already read in the file (a picture's does)."""
    clean = field.clean

    def scanned(data: Any, initial: Any = None) -> Any:
        for file in data if isinstance(data, list | tuple) else [data]:
            if isinstance(file, UploadedFile):
                refuse_unless_clean(file)
        return clean(data, initial)

    field.clean = scanned  # type: ignore[method-assign]


def refuse_unless_clean(file: UploadedFile) -> None:
    """What the scanner said is for the audit log alone: the sender learns no name of it."""
    outcome, said = scan(file)
    if outcome is Outcome.CLEAN:
        return
    found = _("検出") if outcome is Outcome.FOUND else _("検査できず")
    label = f"{found}：{said}（{(file.name or '')[:60]}）"
    sender = getattr(file, "sender", None)
    by, source = sender() if sender else (SYSTEM, "")
    note_refusal(by=by, action=SCANNED, label=label, source=source)
    raise ValidationError(REFUSED[outcome], code="scanned")
