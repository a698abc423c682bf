"""A paper as a PDF that screen readers can follow (PDF/UA-1): typst lays out our own template, words come as data.

Japanese letters come from the fonts of the machine; nothing is fetched.
"""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.documents.blocks import Document, as_data

TEMPLATE = Path(__file__).with_name("document.typ")
# In the order of preference: made for easy reading, Debian's, Windows', Apple's.
FONTS = [
    "BIZ UDMincho",
    "BIZ UDPMincho",
    "Noto Serif CJK JP",
    "IPAexMincho",
    "Yu Mincho",
    "MS Mincho",
    "Hiragino Mincho ProN",
]
NO_FONT = _(
    "このサーバーに日本語の書体（明朝体）がないため、PDFを作成できません。文面は保存されています。"
    "Wordのファイルを御利用いただくか、システムの管理者に書体の追加を依頼してください。"
)
# Of a letter that none of the fonts has, typst says which it is.
MISSING = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
NOT_IN_A_FONT = _(
    "「%s」が、このサーバーの書体にないため、PDFを作成できません。文面は保存されています。"
    "Wordのファイルを御利用いただくか、その文字を別の文字に改めてください。"
)


@cache
def fonts() -> tuple[str, ...]:
    """Those of our list that this machine has."""
    found = set(typst.Fonts(include_embedded_fonts=False).families())
    return tuple(name for name in FONTS if name in found)


@cache
def _all_fonts() -> typst.Fonts:
    """With those that come with typst, looked for once: by itself it looks anew for each paper."""
    return typst.Fonts()


def render(document: Document, *, at: datetime) -> bytes:
    """Raises ValidationError, a sentence for people, where the machine lacks Japanese letters, or one of these."""
    if not fonts():
        raise ValidationError(NO_FONT)
    data = json.dumps({**as_data(document), "fonts": fonts()}, ensure_ascii=False)
    compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=_all_fonts())
    try:
        made = compiler.compile(
            format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1", timestamp=at.replace(microsecond=0)
        )
    except typst.TypstError as error:
        lacking = MISSING.search(str(error))
        if lacking is None:
            raise
        raise ValidationError(NOT_IN_A_FONT % lacking[1]) from error
    assert isinstance(made, bytes), "one file, since none is named"
    return made
