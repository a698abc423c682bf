"""A paper as a Word file, to be filed or corrected: A4, Mincho, and no colours of Word's own."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from foundation.documents.blocks import (
    Block,
    Document,
    Gap,
    HangingLine,
    Heading,
    LabelTable,
    NextPage,
    NumberedLine,
    SeatCard,
    Side,
    TextLine,
)

# Stands on every office machine; where it does not, Word takes another of its kind.
FONT = "MS Mincho"
SIZE = Pt(10.5)
# Of one full-width character.
WIDTH = SIZE
SIDES = {
    Side.START: WD_ALIGN_PARAGRAPH.LEFT,
    Side.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Side.END: WD_ALIGN_PARAGRAPH.RIGHT,
}


def render(document: Document, *, at: datetime) -> bytes:
    word = docx.Document()
    _lay_out(word)
    properties = word.core_properties
    properties.title, properties.author, properties.comments = document.title, document.author, ""
    properties.language, properties.created, properties.modified = "ja-JP", at, at
    for block in document.blocks:
        _add(word, block)
    if document.foot:
        _number_pages(word, document.foot)
    written = BytesIO()
    word.save(written)
    return _packed_at(at, written)


def _packed_at(at: datetime, written: BytesIO) -> bytes:
    """The same paper is the same bytes, whenever it was packed: who has it already is told so."""
    packed = BytesIO()
    with ZipFile(written) as made, ZipFile(packed, "w", ZIP_DEFLATED) as again:
        for one in made.infolist():
            again.writestr(ZipInfo(one.filename, at.timetuple()[:6]), made.read(one), ZIP_DEFLATED)
    return packed.getvalue()


def _lay_out(word: Word) -> None:
    for section in word.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Table Grid"):
        style = word.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, SIZE, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.4
    for name, above in (("Heading 2", Pt(14)), ("Heading 3", Pt(7))):
        word.styles[name].paragraph_format.space_before = above
    word.styles["Heading 2"].font.bold = True


def _add(word: Word, block: Block) -> None:
    match block:
        case TextLine():
            paragraph = word.add_paragraph(style="Heading 1" if block.is_title else "Normal")
            paragraph.alignment = SIDES[block.side]
            _write(paragraph, block.text)
        case NumberedLine():
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.left_indent = int(WIDTH * (2 + 2 * block.level))
            paragraph.paragraph_format.first_line_indent = -WIDTH * 2
            _write(paragraph, "　".join(part for part in (block.mark, block.label, block.text) if part))
        case Heading():
            _write(word.add_paragraph(style=f"Heading {block.level}"), block.text)
        case HangingLine():
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.left_indent = int(WIDTH * (1 + block.level))
            paragraph.paragraph_format.first_line_indent = -WIDTH
            _write(paragraph, block.text)
        case LabelTable():
            _lay_table(word, block)
        case SeatCard():
            _lay_card(word, block)
        case Gap():
            word.add_paragraph()
        case NextPage():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _lay_table(word: Word, block: LabelTable) -> None:
    table = word.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    widths = (Mm(16 * block.label_tenths), Mm(16 * (10 - block.label_tenths)))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for label, text in block.rows:
        cells = table.add_row().cells
        for cell, width, words in zip(cells, widths, (label, text), strict=True):
            cell.width = width
            cell.paragraphs[0].paragraph_format.keep_together = True
            _write(cell.paragraphs[0], words)


def _lay_card(word: Word, block: SeatCard) -> None:
    """A table of one cell: what Word cuts in the middle of no page."""
    row = word.add_table(rows=1, cols=1, style="Table Grid").rows[0]
    row.height, row.height_rule = Mm(115), WD_ROW_HEIGHT_RULE.EXACTLY
    cell = row.cells[0]
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    lines = [(block.name, Pt(block.points))]
    if block.title:
        lines.insert(0, (block.title, Pt(20)))
    paragraphs = [cell.paragraphs[0], *(cell.add_paragraph() for _line in lines[1:])]
    for paragraph, (words, size) in zip(paragraphs, lines, strict=True):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(words).font.size = size
    # Two tables without a line between them are one.
    word.add_paragraph()


def _number_pages(word: Word, foot: str) -> None:
    for section in word.sections:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(f"{foot}　")
        _field(paragraph.add_run(), "PAGE")


def _field(run: Run, instruction: str) -> None:
    """What Word reckons itself: python-docx has no word for it."""
    for kind, text in (("begin", ""), ("instrText", instruction), ("end", "")):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run.element.append(part)


def _write(paragraph: Paragraph, text: str) -> None:
    """A line break within a paragraph is one in Word too."""
    first, *others = text.split("\n")
    paragraph.add_run(first)
    for line in others:
        paragraph.add_run().add_break()
        paragraph.add_run(line)
