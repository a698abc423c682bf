"""A standard as a file to fill in, and the page that tells of it."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from opendata import standards, template
from tablecheck import check, csv_blocks, load, names
from tests import builders
from tests.opendata.conftest import text
from tests.tablecheck.shelves import one_file_more

TOILETS = load("public_toilet")


def inside(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_each_edition_leads_to_the_other_and_the_older_one_says_so(client, kimura):
    client.force_login(kimura)
    for name, other, is_older in [("aed", "aed_suisho_v1", False), ("aed_suisho_v1", "aed", True)]:
        body = text(client.get(reverse("opendata:kind", args=[name])))
        assert (f'"{reverse("opendata:kind", args=[other])}"' in body, "以前の版です" in body) == (True, is_older)


@pytest.mark.parametrize("name", names())
def test_a_template_is_recognised_when_it_comes_back(name):
    for made in (template.csv_of(load(name)), template.xlsx_of(load(name))):
        checked = check(made)
        assert (checked.standard, [column.header for column in checked.columns]) == (
            name,
            [field.title for field in load(name).fields],
        )


def test_a_workbook_offers_the_choices_of_a_column_and_tells_how_each_is_written():
    sheet = inside(template.xlsx_of(TOILETS))["xl/worksheets/sheet1.xml"]
    lists = re.findall(r'<dataValidation type="list"[^>]*sqref="([A-Z]+)2:', sheet)
    at = {field.title: template.letter(number) for number, field in enumerate(TOILETS.fields, 1)}
    assert lists == [at[field.title] for field in TOILETS.fields if field.choices]
    assert sheet.count("<dataValidation ") == len(TOILETS.fields)
    assert "【必須】トイレがある施設の名前。" in sheet


def test_the_example_of_a_workbook_is_right_by_the_standards_own_rules():
    checked = check(template.xlsx_of(TOILETS), sheet="記入例")
    assert (checked.standard, len(checked.table), checked.has_errors) == ("public_toilet", 1, False)


def test_the_cells_of_a_template_are_text_so_that_excel_leaves_a_code_its_zero():
    book = inside(template.xlsx_of(TOILETS))
    assert 'formatCode="@"' in book["xl/styles.xml"]
    assert re.findall(r"<col [^>]*/>", book["xl/worksheets/sheet1.xml"])[0].count("style=") == 1


# The pages


def test_a_kind_is_told_column_by_column_with_its_source(client, kimura):
    client.force_login(kimura)
    body = text(client.get(reverse("opendata:kind", args=["public_toilet"])))
    assert "だれでも使える公衆トイレの場所と、設備、利用できる時間の一覧です。" in body
    assert TOILETS.sources[0]["address"] in body
    assert all(field.title in body for field in TOILETS.fields)


@pytest.mark.parametrize(("suffix", "status"), [("csv", 200), ("xlsx", 200), ("pdf", 404)])
def test_the_template_is_taken_along(client, kimura, suffix, status):
    client.force_login(kimura)
    assert client.get(reverse("opendata:template_file", args=["aed", suffix])).status_code == status


def test_a_list_of_people_has_no_page(client, kimura):
    client.force_login(kimura)
    assert client.get(reverse("opendata:kind", args=["roster"])).status_code == 404


def test_the_upload_page_shows_what_this_section_could_publish(client, kimura):
    """環境課 keeps the toilets, and no list of hydrants."""
    client.force_login(kimura)
    body = text(client.get(reverse("opendata:upload")))
    assert reverse("opendata:kind", args=["public_toilet"]) in body
    assert reverse("opendata:kind", args=["fire_hydrant"]) not in body


def test_what_somebody_wrote_of_their_duties_tells_it_too(client, kimura):
    membership = builders.make_membership(group=builders.make_group(), user=kimura)
    builders.make_sheet(membership=membership, duties="消防団の事務")
    client.force_login(kimura)
    assert reverse("opendata:kind", args=["fire_hydrant"]) in text(client.get(reverse("opendata:upload")))


def test_a_standard_whose_file_was_added_is_offered_with_its_template(client, kimura, tmp_path):
    with one_file_more(tmp_path / "definitions"):
        assert standards.kinds()["public_parking"] == "公営駐車場一覧"
        assert [kind.name for kind in standards.kept_by("交通政策課")] == ["public_parking"]
        client.force_login(kimura)
        assert "公営駐車場一覧" in text(client.get(reverse("opendata:mine")))
        answer = client.get(reverse("opendata:template_file", args=["public_parking", "csv"]))
    assert answer.content == b"".join(csv_blocks(["駐車場名称", "収容台数", "入出庫時間帯"], []))
