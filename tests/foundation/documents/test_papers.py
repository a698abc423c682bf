"""One paper, as text, as a Word file and as PDF."""

import io
import re
from datetime import UTC, datetime

import docx
import pytest

from foundation.documents import as_docx, as_pdf, as_text
from foundation.documents.blocks import (
    Document,
    Gap,
    HangingLine,
    Heading,
    LabelTable,
    NextPage,
    NumberedLine,
    Side,
    TextLine,
    one_after_another,
)

NOW = datetime(2031, 5, 20, 3, 4, 5, 678, tzinfo=UTC)
PAPER = Document(
    title="第2回部会の開催について",
    author="見本市",
    blocks=(
        TextLine("行経第12号", Side.END),
        Gap(),
        TextLine("第2回部会の開催について", Side.CENTER, is_title=True),
        NumberedLine(1, "午後1時\n受付は午後0時30分から", "日時"),
        NumberedLine(2, "", "議題"),
        NumberedLine(1, "話題提供", level=1),
        TextLine("以上", Side.END),
    ),
)


def test_as_text_each_block_is_a_line_and_what_goes_on_stands_under_it():
    assert as_text.render(PAPER) == (
        "行経第12号\n\n第2回部会の開催について\n"
        "1　日時　午後1時\n　　受付は午後0時30分から\n"
        "2　議題\n　(1)　話題提供\n以上\n"
    )


@pytest.fixture
def word():
    return docx.Document(io.BytesIO(as_docx.render(PAPER, at=NOW)))


def test_in_word_each_line_stands_on_its_side_and_the_title_is_one_to_jump_to(word):
    said = [(paragraph.text, str(paragraph.alignment), paragraph.style.name) for paragraph in word.paragraphs]
    assert said == [
        ("行経第12号", "RIGHT (2)", "Normal"),
        ("", "None", "Normal"),
        ("第2回部会の開催について", "CENTER (1)", "Heading 1"),
        ("1　日時　午後1時\n受付は午後0時30分から", "None", "Normal"),
        ("2　議題", "None", "Normal"),
        ("(1)　話題提供", "None", "Normal"),
        ("以上", "RIGHT (2)", "Normal"),
    ]


def test_a_word_file_is_a4_and_says_whose_it_is(word):
    section, said = word.sections[0], word.core_properties
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (said.title, said.author, said.language) == ("第2回部会の開催について", "見本市", "ja-JP")
    assert (said.comments, said.created.replace(tzinfo=UTC)) == ("", NOW.replace(microsecond=0))


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_as_pdf_it_is_tagged_for_those_who_listen():
    """Slow: the machine's fonts are looked for once."""
    made = as_pdf.render(PAPER, at=NOW)
    assert (pages(made), b"pdfuaid:part" in made, b"/Lang(ja-JP)" in made) == (1, True, True)


def test_the_same_paper_at_the_same_moment_is_the_same_file():
    assert as_pdf.render(PAPER, at=NOW) == as_pdf.render(PAPER, at=NOW)


def test_several_papers_are_one_each_on_its_own_page():
    both = one_after_another([PAPER, PAPER], title="写し", author="見本市")
    assert both.blocks == (*PAPER.blocks, NextPage(), *PAPER.blocks)
    assert pages(as_pdf.render(both, at=NOW)) == 2
    assert docx.Document(io.BytesIO(as_docx.render(both, at=NOW))).core_properties.title == "写し"


LONG = Document(
    title="記録",
    author="見本市",
    foot="第1版",
    blocks=(
        TextLine("記録", is_title=True),
        Heading("部"),
        Heading("章", 3),
        HangingLine("○発言", 1),
        LabelTable((("日時", "午後1時\n閉会 午後2時"),)),
    ),
)


def test_a_long_paper_has_parts_signs_and_a_table_in_each_form():
    assert as_text.render(LONG) == "記録\n部\n章\n○発言\n日時　午後1時\n閉会 午後2時\n"
    word = docx.Document(io.BytesIO(as_docx.render(LONG, at=NOW)))
    assert [paragraph.style.name for paragraph in word.paragraphs[:4]] == [
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Normal",
    ]
    assert [cell.text for cell in word.tables[0].rows[0].cells] == ["日時", "午後1時\n閉会 午後2時"]
    assert word.sections[0].footer.paragraphs[0].text.startswith("第1版")
    assert b"pdfuaid:part" in as_pdf.render(LONG, at=NOW)
