"""The map beside the table: where its rows are, and no more of them than citizens may read."""

import pytest

from opendata.catalogue import places
from opendata.catalogue.sketches import sketch_of
from opendata.table.naming import column_in_sight, name_column
from tests import builders
from tests.opendata.conftest import SECRET, page, text

ADDRESS = "/data/public-toilet/places/"
TITLES = ["緯度", "経度", "名称"]
SQUARE = [[137.0, 36.0], [138.0, 36.0], [138.0, 37.0], [137.0, 37.0], [137.0, 36.0]]


def column(index, header, *, field=None, publish=True):
    return {"index": index, "letter": "ABCDE"[index - 1], "header": header, "field": field, "publish": publish}


@pytest.fixture
def with_rows(kimura, environment_section):
    """`with_rows(cells, …)`: published in the columns 緯度, 経度 and 名称, or in those that are given."""

    def publish(*rows, columns=None):
        dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
        columns = columns or [column(index, title) for index, title in enumerate(TITLES, 1)]
        return builders.make_version(dataset=dataset, state="published", rows=rows, columns=columns)

    return publish


def drawn(client):
    """(row, name, longitude, latitude) of each point."""
    found = client.get(ADDRESS).json()["features"]
    return [(*each["properties"].values(), *each["geometry"]["coordinates"]) for each in found]


def test_each_row_with_a_place_is_a_point_that_knows_its_row(client, published):
    assert drawn(client) == [
        (4, "中央公園", 137.252, 36.146),
        (5, "駅前広場", 137.258, 36.141),
        (6, "河川敷", 137.249, 36.139),
    ]


def test_what_is_not_published_is_in_no_answer(client, published):
    assert (SECRET in text(client.get(ADDRESS)), client.get(ADDRESS).json()["more"]) == (False, False)


@pytest.mark.parametrize(
    "place", [("", ""), ("36.1", ""), ("北緯36度", "137.2"), ("137.2", "36.1"), ("36.1", "999"), ("1e3", "1")]
)
def test_a_row_without_a_place_is_no_point(client, with_rows, place):
    with_rows([*place, "公園"], ["36.1", "137.2", "駅"])
    assert drawn(client) == [(3, "駅", 137.2, 36.1)]


@pytest.mark.parametrize(
    ("columns", "has_map"),
    [
        ([column(1, "緯度"), column(2, "経度")], True),
        ([column(1, "lat"), column(2, "lon")], True),
        ([column(1, "緯度"), column(2, "経度", publish=False)], False),
        ([column(1, "緯度"), column(2, "標高")], False),
    ],
)
def test_there_is_a_map_where_both_coordinates_are_public(client, with_rows, columns, has_map):
    with_rows(["36.1", "137.2"], columns=columns)
    body = text(client.get("/data/public-toilet/"))
    assert ('id="map"' in body, "leaflet.js" in body, len(drawn(client))) == (has_map, has_map, int(has_map))


def test_a_point_is_called_what_the_row_is_called(client, with_rows):
    columns = [column(1, "緯度"), column(2, "経度"), column(3, "番号"), column(4, "施設", field="name")]
    with_rows(["36.1", "137.2", "7", "体育館"], columns=columns)
    assert [name for _row, name, *_place in drawn(client)] == ["体育館"]


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        (["都道府県名", "市区町村名", "名称", "名称_カナ"], 3),
        (["地方公共団体名", "介護サービス事業所名称", "法人の名称"], 2),
        (["番号", "施設名（正式）", "担当課名"], 2),
        (["番号", "面積"], None),
    ],
)
def test_which_column_says_what_a_row_is(titles, found):
    assert name_column([column(index, title) for index, title in enumerate(titles, 1)]) == found


@pytest.mark.parametrize(
    ("distinct", "published", "found"),
    [([1, 2, 2], [1, 2, 3], 2), ([1, 2, 2], [1, 3], 3), ([1, 1, 1], [2, 3], 2), ([1, 1, 2], [], 3)],
)
def test_without_a_name_what_tells_rows_apart_is_kept_in_sight_else_what_comes_first(
    kimura, environment_section, distinct, published, found
):
    columns = [column(index, f"列{index}") | {"publish": index in published} for index in (1, 2, 3)]
    profile = [{"index": index, "filled": 2, "distinct": many} for index, many in enumerate(distinct, 1)]
    dataset = builders.make_dataset(department=environment_section, by=kimura)
    rows = [["", "", ""], ["", "", ""]]
    version = builders.make_version(dataset=dataset, columns=columns, profile=profile, rows=rows)
    assert column_in_sight(version, version.columns) == found


def test_a_list_whose_rows_have_no_name_keeps_a_column_in_sight_too(client, with_rows):
    with_rows(["7", "12"], columns=[column(1, "番号"), column(2, "深さ")])
    assert '<th scope="col" class="row-name">番号</th>' in text(client.get(page("dataset")))


def test_a_list_of_the_sections_own_has_its_places_where_it_says(client, kimura, environment_section):
    said = [{"title": "Y", "kind": "latitude"}, {"title": "X", "kind": "longitude"}]
    definition = {"columns": [one | {"required": False, "unique": False} for one in said], "reason": ""}
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
    columns = [column(1, "Y"), column(2, "X")]
    builders.make_version(
        dataset=dataset, state="published", rows=[["36.1", "137.2"]], columns=columns, definition=definition
    )
    assert drawn(client) == [(2, "36.1", 137.2, 36.1)]


def test_there_are_never_more_than_a_browser_draws(client, with_rows, monkeypatch):
    monkeypatch.setattr(places, "MOST", 2)
    with_rows(*([f"36.{n}", "137.2", "公園"] for n in range(3)))
    found = client.get(ADDRESS).json()
    assert (len(found["features"]), found["more"]) == (2, True)


def test_the_towns_outline_is_drawn_with_them(client, with_rows, town):
    with_rows(["36.1", "137.2", "駅"])
    assert client.get(ADDRESS).json()["outline"]["coordinates"] == []
    type(town).objects.update(boundary={"type": "Polygon", "coordinates": [SQUARE]})
    assert client.get(ADDRESS).json()["outline"]["coordinates"] == [SQUARE]
    type(town).objects.update(boundary={"type": "Polygon"})
    assert client.get(ADDRESS).json()["outline"]["coordinates"] == []


@pytest.mark.parametrize("asked", ["row=26", "row=27", "page=2", "page=2&row=2"])
def test_a_point_leads_to_its_row_on_whichever_page_of_the_table(client, with_rows, asked):
    with_rows(*(["36.1", "137.2", f"公園{n}"] for n in range(1, 31)))
    body = text(client.get(f"/data/public-toilet/?{asked}"))
    assert ("全30件のうち21～30件目" in body, 'id="row-26"' in body, 'id="row-2"' in body) == (True, True, False)


@pytest.mark.parametrize("asked", ["row=0", "row=-1", "row=x", "row=９９", f"row={'9' * 30}", "page=0.5"])
def test_odd_rows_lead_somewhere(client, with_rows, asked):
    with_rows(["36.1", "137.2", "駅"])
    assert "全1件" in text(client.get(f"/data/public-toilet/?{asked}"))


@pytest.mark.parametrize("count", [1, 60])
def test_queries_of_a_map(client, with_rows, django_assert_num_queries, count):
    with_rows(*[["36.1", "137.2", "公園"]] * count)
    with django_assert_num_queries(5):
        client.get(ADDRESS)


# On the front page


def test_the_front_page_has_a_picture_of_the_newest_data_with_places(client, with_rows, town):
    version = with_rows(["36.0", "137.0", "南西"], ["37.0", "138.0", "北東"], ["", "", "ない"])
    sketch = sketch_of(version)
    assert (len(sketch.points), sketch.lines) == (2, [])
    (west, low), (east, high) = sketch.points
    assert (24 <= west < east <= 616, 24 <= high < low <= 296) == (True, True)
    type(town).objects.update(boundary={"type": "Polygon", "coordinates": [SQUARE]})
    body = text(client.get("/"))
    assert (body.count("<circle"), body.count("<polyline"), "CSVとJSON・3件" in body) == (2, 1, True)


@pytest.mark.parametrize(("rows", "points"), [([["36.1", "137.2", "駅"]], [(320, 160)]), ([["", "", "駅"]], None)])
def test_one_place_stands_in_the_middle_and_none_makes_no_picture(client, with_rows, rows, points):
    sketch = sketch_of(with_rows(*rows))
    assert (sketch and sketch.points) == points
    assert ("<svg viewBox" in text(client.get("/"))) == bool(points)


# For those who mend the table


@pytest.mark.parametrize(
    ("who", "name"), [("kimura", "table"), ("kimura", "table_places"), ("suzuki", "review_places")]
)
def test_section_and_reviewer_have_the_map_of_the_whole_table(as_, request, submitted, town, who, name):
    type(town).objects.update(boundary={"type": "Polygon", "coordinates": [[[x, y - 0.857] for x, y in SQUARE]]})
    answer = as_(request.getfixturevalue(who)).get(page(name))
    if name == "table":
        assert f'data-places="{page("table_places")}"' in text(answer)
    else:
        outside = [each["properties"].get("outside", False) for each in answer.json()["features"]]
        assert outside == [True, False, False]


def test_the_reviewer_reads_the_map_beside_the_table(as_, suzuki, submitted):
    body = text(as_(suzuki).get(page("review_version")))
    assert (f'data-places="{page("review_places")}"' in body, "js/map.js" in body) == (True, True)
