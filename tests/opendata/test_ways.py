"""A section says how its file is to be read: it sees what becomes of it, and what it said stays with the file."""

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from opendata import actions
from opendata.forms.way import as_typed, numbers_in
from opendata.models import DatasetVersion
from opendata.states import RepairState
from opendata.table import originals, rows
from tablecheck import Way, check
from tests.hostile.files import rewritten
from tests.opendata.conftest import CLEAN, page, text
from tests.tablecheck.sheets import xlsx

# The third row is filled as widely as the titles, and the last one is a note.
LIST = "名称,住所\n中央公園,見本市1\n駅前広場,見本市2\n※令和8年4月現在,\n"


@pytest.fixture
def kept(upload):
    return upload(LIST, name="独自の表.csv", standard="")


def numbers(version):
    return list(version.rows.order_by("row").values_list("row", flat=True))


def test_the_page_shows_how_the_file_was_read_and_what_was_left_out(kept, section):
    body = text(section.get(page("way", kept.dataset.slug)))
    assert "データは2行、2列です。" in body
    assert "4行目「※令和8年4月現在」は、表の下の注記のようなので、データに含めません。" in body
    assert '<option value="2">2行目：中央公園、見本市1</option>' in body


def test_a_preview_shows_the_table_and_changes_nothing(kept, section):
    asked = {"header_row": "2", "kept": ["4"], "preview": "1"}
    body = text(section.post(page("way", kept.dataset.slug), asked))
    assert ("まだ読み込んでいません。" in body, "A 中央公園" in body, "データは2行、2列です。" in body) == (
        True,
    ) * 3
    kept.refresh_from_db()
    assert (kept.header_row, kept.way, numbers(kept)) == (1, {}, [2, 3])


def test_what_was_left_out_is_taken_back_and_a_row_is_left_out(kept, section):
    answer = section.post(page("way", kept.dataset.slug), {"kept": ["4"], "dropped": "3"}, follow=True)
    kept.refresh_from_db()
    assert (numbers(kept), kept.way) == ([2, 4], {"dropped": [3], "kept": [4]})
    assert "3行目「駅前広場 見本市2」は、担当者が外した行なので、データに含めません。" in text(answer)
    section.post(page("way", kept.dataset.slug), {})
    kept.refresh_from_db()
    assert (numbers(kept), kept.way) == ([2, 3], {})


def test_header_delimiter_and_encoding_are_read_as_said(upload, section):
    version = upload("施設|点検、内容\n港|済\n".encode("euc_jp"), name="独自の表.csv", standard="")
    assert "EUC-JP" in version.unreadable
    asked = {"encoding": "euc_jp", "delimiter": "|", "header_row": "1"}
    section.post(page("way", version.dataset.slug), asked)
    version.refresh_from_db()
    assert [column["header"] for column in version.columns] == ["施設", "点検、内容"]
    assert version.way == {"delimiter": "|", "encoding": "euc_jp", "header_row": 1}


def test_another_sheet_is_read_instead(upload, section):
    book = xlsx(作業用=[["メモ"], ["済"]], 一覧=[["名称", "住所"], ["公園", "見本市1"]])
    version = upload(book, name="一覧.xlsx", standard="")
    section.post(page("way", version.dataset.slug), {"sheet": "一覧"})
    version.refresh_from_db()
    assert (version.detected["sheet"], rows.header_of(version)) == ("一覧", ["名称", "住所"])


def test_a_sheet_that_is_not_there_is_refused(upload, section):
    version = upload(xlsx(a=[["名称"], ["公園"]], b=[["名称"], ["公園"]]), name="一覧.xlsx", standard="")
    body = text(section.post(page("way", version.dataset.slug), {"sheet": "c"}))
    assert "読み込むシート" in body
    version.refresh_from_db()
    assert version.way == {}


def test_a_column_that_somebody_hid_is_not_published_until_somebody_ticks_it(upload):
    book = xlsx(一覧=[["名称", "所在地_連結表記", "設置位置"], ["公園", "見本市1", "北"]])
    hidden = b'<cols><col min="3" max="3" hidden="1"/></cols><sheetData>'
    book = rewritten(book, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<sheetData>", hidden))
    version = upload(book, name="一覧.xlsx")
    assert [(column["header"], column["publish"]) for column in version.columns] == [
        ("名称", True),
        ("所在地_連結表記", True),
        ("設置位置", False),
    ]


def test_a_way_that_leads_nowhere_leaves_what_was_read(kept, section, kimura):
    answer = section.post(page("way", kept.dataset.slug), {"encoding": "utf-8"})
    assert "読み取れない文字があります" in text(answer)
    with pytest.raises(ValidationError, match="読み取れない文字があります"):
        actions.read(version=kept, by=Actor(kimura), way={"encoding": "utf-8"})
    kept.refresh_from_db()
    assert (kept.is_read, numbers(kept), kept.way) == (True, [2, 3], {})


def test_original_way_and_repairs_are_the_table(draft, section, kimura):
    """The same bytes, read the same way, with the same repairs made: cell for cell what is published."""
    actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version)
    actions.edit_cell(version=draft, row=6, column=1, before="河川敷", value="河川敷広場", by=Actor(kimura))
    section.post(page("way", draft.dataset.slug), {"dropped": "5"})
    draft.refresh_from_db()
    made = draft.repairs.filter(state=RepairState.ACCEPTED).order_by("decided_at", "pk")
    way = {name: tuple(value) if isinstance(value, list) else value for name, value in draft.way.items()}
    table = check(originals.load(draft.original.name), way=Way(**way)).table
    replayed = {number: list(cells) for number, cells in table.rows()}
    for repair in made:
        assert replayed[repair.row][repair.column - 1] == repair.before
        replayed[repair.row][repair.column - 1] = repair.after
    assert (made.count(), replayed) == (3, rows.standing(draft, set(replayed)))
    assert sorted(replayed) == [4, 6]


def test_a_repair_whose_row_is_gone_is_gone_and_that_is_said(draft, section, kimura):
    actions.edit_cell(version=draft, row=4, column=1, before="中央公園", value="中央広場", by=Actor(kimura))
    answer = section.post(page("way", draft.dataset.slug), {"header_row": "5"}, follow=True)
    assert "修正1か所は、セルの値が変わったため引き継いでいません。" in text(answer)


def test_another_file_is_read_by_itself_again(kept, kimura):
    version = actions.read(version=kept, by=Actor(kimura), way={"dropped": [2]})
    replaced = actions.replace(
        dataset=version.dataset, seen=version.version, name="b.csv", data=CLEAN.encode(), by=Actor(kimura)
    )
    assert (replaced.way, DatasetVersion.objects.get().way) == ({}, {})


@pytest.mark.parametrize(
    ("typed", "numbers", "again"),
    [("", [], ""), ("18", [18], "18"), ("22、20～21 18行目", [18, 20, 21, 22], "18、20～22")],
)
def test_rows_are_written_by_their_numbers(typed, numbers, again):
    assert (numbers_in(typed), as_typed(numbers)) == (numbers, again)


@pytest.mark.parametrize(
    ("typed", "sentence"), [("18x", "「18x」は行番号ではありません"), ("1-5000", "一度に外せるのは1000行までです")]
)
def test_what_is_no_row_is_refused(kept, section, typed, sentence):
    assert sentence in text(section.post(page("way", kept.dataset.slug), {"dropped": typed}))


def test_a_large_file_is_read_so_in_its_turn(kept, section, monkeypatch):
    monkeypatch.setattr("opendata.table.reading.AT_ONCE", 1)
    answer = section.post(page("way", kept.dataset.slug), {"dropped": "3"})
    assert answer.url == page("work", kept.dataset.slug)
