"""The PDF of a published report, looked at by pikepdf as a checker of tagged PDF looks at it.

That its words come in the order of the text is seen in test_formats_agree.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
import pikepdf
import pytest

from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

SHOWS_TEXT = {"Tj", "TJ", "'", '"'}


@pytest.fixture(scope="module")
def first(for_the_module):
    first = FirstMeeting(OUR_WORDS, members=3)
    first.approve()
    first.publish()
    return first


@pytest.fixture
def get(db, first, client):
    return lambda suffix: BytesIO(client.get(f"/groups/{first.group.slug}/meetings/1/report.{suffix}").content)


@pytest.fixture
def pdf(get):
    with pikepdf.open(get("pdf")) as document:
        yield document


def tags(node: Any) -> Iterator[str]:
    """Of the structure tree, in the order in which it is read."""
    for each in node if isinstance(node, pikepdf.Array) else [node]:
        if isinstance(each, pikepdf.Dictionary):
            if "/S" in each:
                yield str(each.S)
            yield from tags(each.get("/K", pikepdf.Array()))


def untagged(page: pikepdf.Page) -> list[str]:
    """What shows text and stands in no mark: neither read out nor said to be no content."""
    depth, found = 0, []
    for _operands, operator in pikepdf.parse_content_stream(page):
        sign = str(operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(sign, 0)
        if sign in SHOWS_TEXT and depth == 0:
            found.append(sign)
    return found


def test_it_says_its_language_and_shows_its_title(pdf):
    assert str(pdf.Root.Lang) == "ja-JP"
    assert str(pdf.docinfo["/Title"]) == "見本市行政経営本部 第1回「DX推進部会」結果報告"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert (pdf.Root.MarkInfo.Marked, pdf.Root.MarkInfo.Suspects) == (True, False)


def test_its_headings_are_those_of_the_word_file(pdf, get):
    found = [tag for tag in tags(pdf.Root.StructTreeRoot.K) if tag.startswith("/H")]
    styles = [paragraph.style.name for paragraph in docx.Document(get("docx")).paragraphs]
    assert found[:5] == ["/H1", "/H2", "/H2", "/H3", "/H3"]
    assert found == [style.replace("Heading ", "/H") for style in styles if style.startswith("Heading ")]


def test_whatever_it_shows_is_read_out_or_said_to_be_no_content(pdf):
    assert [untagged(page) for page in pdf.pages] == [[]] * len(pdf.pages)
    assert {str(page.Tabs) for page in pdf.pages} == {"/S"}


def test_its_letters_are_embedded_and_known_as_characters(pdf):
    fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
    assert len(fonts) >= len(pdf.pages)
    assert {"/ToUnicode" in font for font in fonts} == {True}
    assert {"/FontFile3" in font.DescendantFonts[0].FontDescriptor for font in fonts} == {True}


def test_the_check_for_untagged_words_can_fail():
    document = pikepdf.new()
    page = document.add_blank_page()
    page.Contents = document.make_stream(b"BT (read by nobody) Tj ET /P BMC BT (read) Tj ET EMC")
    assert untagged(page) == ["Tj"]
