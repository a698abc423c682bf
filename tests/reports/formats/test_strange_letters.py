"""Letters outside JIS, and very many of any: shown right in all four formats, or refused in words."""

import subprocess
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from django.core.exceptions import ValidationError

from foundation.documents import as_docx, as_pdf
from reports.formats import as_html, as_text
from reports.formats.as_document import document_of
from reports.formats.blocks import Block, BlockKind, generated, typed
from tests.reports.test_formats_agree import needs_poppler

AT = datetime(2026, 4, 1, tzinfo=UTC)
TITLE = Block(BlockKind.TITLE, "title", (generated("会議録"),))


def report_of(*lines):
    return (TITLE, *(Block(BlockKind.POINT, f"entry-{n}", (typed(line),)) for n, line in enumerate(lines)))


def paper_of(blocks):
    return document_of(blocks, author="見本市", foot="第1版")


def read(pdf):
    return subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


@needs_poppler
@pytest.mark.parametrize("name", ["髙﨑", "𠮷田", "辻\U000e0100", "山\ue000", "①㈱", "か\u3099"])
def test_a_name_outside_jis_reads_alike_in_all_four(name):
    """With a variant chosen (IVS), a letter of the town's own (外字), and one put together of two."""
    blocks = report_of(f"{name}委員が説明")
    word = docx.Document(BytesIO(as_docx.render(paper_of(blocks), at=AT)))
    said = [
        as_text.render(blocks),
        str(as_html.body(blocks[1:])),
        "".join(paragraph.text for paragraph in word.paragraphs),
        read(as_pdf.render(paper_of(blocks), at=AT)),
    ]
    assert [f"{name}委員が説明" in one for one in said] == [True] * 4


def test_what_no_font_has_is_named_and_the_other_formats_have_it():
    """No machine of ours has a font with this one."""
    blocks = report_of("\U0001fbc9委員が説明")
    with pytest.raises(ValidationError, match="「\U0001fbc9」が、このサーバーの書体にないため"):
        as_pdf.render(paper_of(blocks), at=AT)
    word = docx.Document(BytesIO(as_docx.render(paper_of(blocks), at=AT)))
    assert "\U0001fbc9委員が説明" in "".join(paragraph.text for paragraph in word.paragraphs)


@needs_poppler
def test_a_report_of_two_hundred_pages_is_made_to_its_last_line():
    """Slow: two hundred pages are laid out."""
    line = "窓口の混雑を減らす方法について説明があり、次回までに検討することとした。" * 3
    blocks = report_of(*(f"{number}行目　{line}" for number in range(2900)))
    pages = read(as_pdf.render(paper_of(blocks), at=AT)).split("\f")[:-1]
    assert len(pages) >= 200
    assert "○2899" in pages[-1]
