"""A section takes its findings home in a workbook and brings back what it mended there."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.actions import Actor
from opendata import actions
from opendata.models import Repair
from opendata.table import rows
from tablecheck import check
from tests.opendata.conftest import CLEAN, codes, page, text
from tests.tablecheck.sheets import xlsx

DIRTY = """内部資料,,,,
名称,所在地_連結表記,設置位置,緯度,経度
=中央公園,見本県見本市中央1-1,,３６．１４６,137.252

"駅前
広場",見本県見本市駅前2-2,007,36.141,137.258
河川敷　,見本県見本市川端3-3,駐車場横,,137.249
"""


@pytest.fixture
def dirty(upload):
    return upload(DIRTY)


def taken_home(version):
    """What stands in the workbook, row by row as Excel counts them."""
    there = {row.row: list(row.cells) for row in version.rows.all()}
    there[version.header_row] = rows.header_of(version)
    return [there.get(number, []) for number in range(1, max(there) + 1)]


def saved(sheet, moment="20300101000000000000"):
    """As Excel saves it."""
    return xlsx(**{f"表_{moment}": sheet})


def bring(version, sheet, **moment):
    return actions.bring_back(version=version, by=Actor(version.uploaded_by), data=saved(sheet, **moment))


def test_each_finding_stands_at_its_cell_and_on_a_list(dirty, section):
    answer = section.get(page("marked_workbook"))
    parts = zipfile.ZipFile(io.BytesIO(answer.content))
    notes = parts.read("xl/comments1.xml").decode()
    assert ('ref="D3"' in notes, "「３６．１４６」：全角の数字です。" in notes) == (True, True)
    found = check(answer.content, sheet="指摘の一覧").table
    assert ["D3", "誤り", "全角の数字や英字"] in [list(cells[:3]) for _number, cells in found.rows()]


def test_brought_back_as_it_was_nothing_changes(dirty, section, kimura):
    before = list(rows.one_by_one(dirty))
    data = section.get(page("marked_workbook")).content
    assert actions.bring_back(version=dirty, by=Actor(kimura), data=data) == (0, 0)
    assert list(rows.one_by_one(dirty)) == before


def test_what_was_mended_at_home_is_a_list_of_repairs_and_is_taken_back(dirty, section, kimura):
    before = list(rows.one_by_one(dirty))
    sheet = taken_home(dirty)
    sheet[2][2:4], sheet[5][4] = ["北口", "36.146"], ""
    sent = {"file": SimpleUploadedFile("一覧.xlsx", saved(sheet))}
    answer = section.post(page("bring_back"), sent, follow=True)
    assert "3か所の修正を取り込みました。" in text(answer)
    dirty.refresh_from_db()
    made = dirty.repairs.filter(code="in-excel").values_list("row", "column", "before", "after")
    assert sorted(made) == [(3, 3, "", "北口"), (3, 4, "３６．１４６", "36.146"), (6, 5, "137.249", "")]
    assert [cell for cell, _code in codes(dirty)] == []
    actions.undo_repairs(version=dirty, by=Actor(kimura), seen=dirty.version, code="in-excel")
    assert list(rows.one_by_one(dirty)) == before


def test_what_was_changed_here_since_stays(dirty, kimura):
    sheet = taken_home(dirty)
    actions.edit_cell(version=dirty, row=3, column=3, before="", value="東口", by=Actor(kimura))
    sheet[2][2:4] = ["北口", "36.146"]
    dirty.refresh_from_db()
    assert bring(dirty, sheet, moment="20200101000000000000") == (1, 1)
    assert rows.standing(dirty, {3})[3][2:4] == ["東口", "36.146"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda sheet: sheet[:5], "行を削ったExcelは取り込めません（6行目）"),
        (lambda sheet: [*sheet, ["森"]], "行を加えたExcelは取り込めません（7行目）"),
        (lambda sheet: [["新しい列", *row] for row in sheet], "ではないため、取り込んでいません"),
    ],
)
def test_what_is_no_longer_this_table_is_refused_in_words(dirty, change, sentence):
    with pytest.raises(ValidationError, match=sentence):
        bring(dirty, change(taken_home(dirty)))
    assert Repair.objects.filter(code="in-excel").exists() is False


@pytest.mark.parametrize("moment", ["", "2030", "20309999999999999999"])
def test_a_sheet_that_does_not_say_when_it_was_made_is_refused(dirty, moment):
    with pytest.raises(ValidationError, match="ではないため、取り込んでいません"):
        bring(dirty, taken_home(dirty), moment=moment)


def test_another_file_is_refused_on_the_page(dirty, section):
    answer = section.post(page("bring_back"), {"file": SimpleUploadedFile("一覧.csv", CLEAN.encode())})
    assert "この表の「指摘事項付きExcel」ではないため" in text(answer)
