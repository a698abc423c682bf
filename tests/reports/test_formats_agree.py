"""Page, text, Word and PDF of one published report: all say the same, and none what was withheld."""

import copy
import re
import shutil
import subprocess
from html import unescape
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from foundation.actions import Actor
from foundation.calendar import wareki
from foundation.documents import as_pdf
from meetings.actions import record
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not here, which reads a PDF as others do"
)
HEADINGS = {"Heading 1", "Heading 2", "Heading 3"}


@pytest.fixture(scope="module")
def first_once(for_the_module):
    first = FirstMeeting(OUR_WORDS, members=3)
    line = first.meeting.entries.get(text="窓口の混雑と紙の申請書を挙げた人が多い")
    record.edit_entry(
        entry=line, by=Actor(first.desk), seen=line.version, withheld_reason="個人が分かるおそれがあるため"
    )
    first.meeting.building_kana = "みほんしやくしょ"
    first.meeting.save()
    first.approve()
    first.publish()
    return first


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


def address(first, suffix):
    if suffix == "html":
        return reverse("reports:report", args=[first.group.slug, 1])
    return f"/groups/{first.group.slug}/meetings/1/report.{suffix}"


def test_how_a_place_is_read_stands_above_it_on_the_page_and_in_brackets_elsewhere(first, client):
    page = client.get(address(first, "html")).content.decode()
    assert (
        page.count("<ruby>見本市役所本庁舎<rp>（</rp><rt>みほんしやくしょ</rt><rp>）</rp></ruby> 第一会議室") == 1
    )
    text = client.get(address(first, "txt")).content.decode()
    assert "【場所】 見本市役所本庁舎（みほんしやくしょ） 第一会議室\n" in text


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def as_word(content: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(content))


def words_of_pdf(content: bytes) -> str:
    """As a program of somebody else reads it; below each page stands the edition and the number of the page."""
    read = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"第\d+版（[^）]*公開）\d+", "", squeezed(read.stdout.decode()))


def words_of_page(content: bytes) -> str:
    """The article and what stands above it, without the contents."""
    page = content.decode()
    body = re.sub(
        r"<nav.*?</nav>", "", page[page.index("<h1") : page.index('<footer class="report__foot"')], flags=re.DOTALL
    )
    return unescape(re.sub(r"<[^>]+>", "", body))


def test_word_says_line_for_line_what_the_text_says(first, client):
    text = client.get(address(first, "txt")).content.decode()
    word = as_word(client.get(address(first, "docx")).content)
    assert squeezed("".join(paragraph.text for paragraph in word.paragraphs)) == squeezed(text)


@needs_poppler
def test_a_pdf_reads_as_the_text_does(first, client):
    text = client.get(address(first, "txt")).content.decode()
    assert words_of_pdf(client.get(address(first, "pdf")).content) == squeezed(text)


def test_the_page_says_what_the_text_says(first, client):
    text = client.get(address(first, "txt")).content.decode()
    shown = words_of_page(client.get(address(first, "html")).content)
    signs = str.maketrans("", "", "【】《》")
    assert squeezed(shown) == squeezed(text.translate(signs))


def test_in_word_a_reader_jumps_from_heading_to_heading(first, client):
    word = as_word(client.get(address(first, "docx")).content)
    found = [
        (paragraph.style.name, paragraph.text) for paragraph in word.paragraphs if paragraph.style.name in HEADINGS
    ]
    assert found[:4] == [
        ("Heading 1", "見本市行政経営本部 第1回「DX推進部会」結果報告"),
        ("Heading 2", "【概要】"),
        ("Heading 2", "【詳細】"),
        ("Heading 3", "1. 部会の進め方"),
    ]


def test_a_pdf_is_tagged_in_japanese_and_carries_its_letters(first, client):
    made = client.get(address(first, "pdf")).content
    said = [b"pdfuaid:part" in made, b"/Lang(ja-JP)" in made, b"/FontFile" in made or b"/Type/ObjStm" in made]
    assert said == [True, True, True]


def test_a_correction_stands_on_top_of_all_four_with_its_day(first, client):
    revision = first.correct("あとから書いた行")
    told = f"【訂正のお知らせ】 {wareki.date(revision.published_at)} 一部訂正（訂正箇所：議題1に1行を加えた）"
    text = client.get(address(first, "txt")).content.decode()
    assert text.split("\n\n")[:2] == ["見本市行政経営本部 第1回「DX推進部会」結果報告", told]
    assert text.endswith(f"以上\n\n第2版（{wareki.plain_date(revision.published_at)}公開）\n")
    word = as_word(client.get(address(first, "docx")).content)
    assert [paragraph.text for paragraph in word.paragraphs][1] == told
    page = client.get(address(first, "html")).content.decode()
    assert told.partition("】 ")[2] in page
    assert "第2版" in page


@pytest.mark.parametrize("suffix", ["txt", "docx"])
def test_what_comes_back_as_it_was_says_why(first, client, suffix):
    first.withhold("確認のため")
    first.approve()
    revision = first.publish(resumed_reason="確認を終えたため")
    told = f"【公開再開のお知らせ】 {wareki.date(revision.published_at)} 公開を再開（理由：確認を終えたため）"
    content = client.get(address(first, suffix)).content
    text = content.decode() if suffix == "txt" else "\n".join(each.text for each in as_word(content).paragraphs)
    assert told in text


@pytest.mark.parametrize("suffix", ["html", "txt", "docx", "pdf"])
def test_who_has_it_already_is_told_so_in_each(first, client, suffix):
    etag = client.get(address(first, suffix)).headers["ETag"]
    again = client.get(address(first, suffix), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("suffix", ["html", "txt", "docx", "pdf"])
def test_what_is_withheld_is_gone_in_each_and_says_why(first, client, suffix):
    first.withhold()
    answer = client.get(address(first, suffix))
    assert (answer.status_code, "個人情報が含まれていたため" in answer.content.decode()) == (410, True)


def test_a_machine_without_japanese_letters_says_so_instead_of_a_broken_file(first, client, monkeypatch):
    monkeypatch.setattr(as_pdf, "fonts", lambda: ())
    answer = client.get(address(first, "pdf"))
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "日本語の書体" in answer.content.decode()


def test_other_endings_are_none(first, client):
    assert client.get(address(first, "exe")).status_code == 404
