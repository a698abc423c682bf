"""Which files are taken as materials, and whether one is what its name says.

Nothing is opened: the marks with which a file begins, and the names of its parts, which stand in it as they are,
tell enough. A reader's own program opens it, after the town's scanner has looked.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _, gettext_lazy

from tablecheck.sniff import FOREIGN, MARKUP, OLE, ZIP

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# In a file's name on anybody's disk.
NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
HEAD, BLOCK = 1024, 1 << 20
IN_OFFICE = "application/vnd.openxmlformats-officedocument."
MACROS = b"vbaProject.bin"


@dataclass(frozen=True)
class FileFormat:
    """`begins`: one of these. `holds`: one of the parts by which a document of the family is known."""

    label: "StrOrPromise"
    content_type: str
    begins: tuple[bytes, ...]
    holds: tuple[bytes, ...] = ()


def part(name: str) -> bytes:
    """As an OLE file has it in its directory."""
    return name.encode("utf-16-le")


PROTECTED = part("EncryptedPackage")
JPEG = FileFormat(gettext_lazy("画像（JPEG）"), "image/jpeg", (b"\xff\xd8\xff",))
KINDS = {
    "pdf": FileFormat("PDF", "application/pdf", (b"%PDF-",)),
    "docx": FileFormat("Word", f"{IN_OFFICE}wordprocessingml.document", (ZIP,), (b"word/document",)),
    "xlsx": FileFormat("Excel", f"{IN_OFFICE}spreadsheetml.sheet", (ZIP,), (b"xl/workbook",)),
    "pptx": FileFormat("PowerPoint", f"{IN_OFFICE}presentationml.presentation", (ZIP,), (b"ppt/presentation",)),
    "doc": FileFormat("Word", "application/msword", (OLE,), (part("WordDocument"),)),
    "xls": FileFormat("Excel", "application/vnd.ms-excel", (OLE,), (part("Workbook"), part("Book"))),
    "ppt": FileFormat("PowerPoint", "application/vnd.ms-powerpoint", (OLE,), (part("PowerPoint Document"),)),
    "png": FileFormat(gettext_lazy("画像（PNG）"), "image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": JPEG,
    "jpeg": JPEG,
}
NOT_TAKEN = gettext_lazy(
    "この種類のファイル（%(name)s）は登録できません。何も保存していません。"
    "PDF、Word、Excel、PowerPoint、画像（PNG、JPEG）のいずれかを選んでください。"
)
NOT_WHAT_IT_SAYS = gettext_lazy(
    "ファイル名は「.%(extension)s」ですが、中身は%(kind)sではありません%(found)s。何も保存していません。"
    "元のファイルを開いて確認し、正しい形式で保存し直してから選んでください。"
)
LOCKED = gettext_lazy(
    "パスワードで保護されたファイルは、ウイルス検査ができないため登録できません。何も保存していません。"
    "パスワードを外して保存し直してください。"
)
WITH_MACROS = gettext_lazy(
    "マクロを含むファイルは登録できません。何も保存していません。"
    "マクロを含まない形式（.docx、.xlsx、.pptx、PDF）で保存し直してください。"
)


def kind_of(name: str) -> FileFormat | None:
    """By the end of the name, which is what its reader's computer goes by too."""
    return KINDS.get(name.rpartition(".")[2].lower()) if "." in name else None


def refuse_unless_plain(file: "File[Any]") -> None:
    """Raises ValidationError with what is wrong, and what to do instead."""
    name = file.name or ""
    kind = kind_of(name)
    if kind is None:
        raise ValidationError(NOT_TAKEN % {"name": name[-60:]})
    file.seek(0)
    head = file.read(HEAD)
    held = _held(file, {*kind.holds, PROTECTED, MACROS})
    file.seek(0)
    if head.startswith(OLE) and PROTECTED in held:
        raise ValidationError(LOCKED)
    if not head.startswith(kind.begins) or (kind.holds and held.isdisjoint(kind.holds)):
        said = {"extension": name.rpartition(".")[2].lower(), "kind": kind.label, "found": _found(head)}
        raise ValidationError(NOT_WHAT_IT_SAYS % said)
    if head.startswith(ZIP) and MACROS in held:
        raise ValidationError(WITH_MACROS)


def _found(head: bytes) -> str:
    """What it seems to be, where that is known."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    known = [name for mark, _code, name in FOREIGN if head.startswith(mark)]
    known += [name for mark, _code, name in MARKUP if start.startswith(mark)]
    return _("（%sのようです）") % known[0] if known else ""


def _held(file: "File[Any]", marks: Collection[bytes]) -> set[bytes]:
    """Those that stand somewhere in the file; it is read in blocks, and a mark may lie on the edge of two."""
    file.seek(0)
    found: set[bytes] = set()
    longest = max(len(mark) for mark in marks)
    rest = b""
    while block := file.read(BLOCK):
        seen = rest + block
        found |= {mark for mark in marks if mark in seen}
        rest = seen[-longest:]
    return found
