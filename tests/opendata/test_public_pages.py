"""What citizens read and download."""

import hashlib
import json

import pytest
from django.urls import reverse

from foundation.actions import Actor
from tests import builders
from tests.opendata.conftest import CLEAN

CSV = "/data/public-toilet.csv"
PUBLIC_PAGES = [
    "/data/public-toilet/",
    "/data/public-toilet/v1/",
    CSV,
    "/data/public-toilet.json",
    "/data/public-toilet/v1.csv",
]


def text(response):
    return response.content.decode()


# The catalogue


def test_the_catalogue_lists_what_is_public(client, published):
    body = text(client.get("/data/"))
    assert "1件" in body
    assert "環境課" in body


def test_an_empty_catalogue_says_so(client, town):
    assert "公開しているデータはまだありません" in text(client.get("/data/"))


@pytest.mark.parametrize(
    ("words", "found"), [("トイレ", True), ("トイレ　環境", True), ("AED", False), ("", True)]
)
def test_searching_by_words(client, published, words, found):
    body = text(client.get("/data/", {"q": words}))
    assert ("当てはまるデータはありません" not in body) == found


@pytest.mark.parametrize(("kind", "found"), [("公衆トイレ一覧", True), ("AED設置箇所一覧", False)])
def test_choosing_a_kind(client, published, kind, found):
    assert ("1件" in text(client.get("/data/", {"kind": kind}))) == found


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "-1"}, {"q": "あ" * 500}, {"kind": "%"}])
def test_odd_questions_get_an_answer(client, published, query):
    assert client.get("/data/", query).status_code == 200


# The data set


def test_the_page_has_preview_licence_columns_and_contact(client, environment_section, published):
    environment_section.phone, environment_section.email = "0123-45-6789", "kankyo@example.jp"
    environment_section.save()
    body = text(client.get("/data/public-toilet/"))
    assert "全3件" in body
    assert "出典（団体名とデータの名称）を記載すれば、どなたでも自由に利用できます。" in body
    assert "世界測地系の緯度。" in body
    assert "0123-45-6789" in body
    assert "mailto:kankyo@example.jp?subject=" in body


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("/data/public-toilet/", "http://127.0.0.1:8000/data/public-toilet/"),
        ("/data/public-toilet/v1/", "http://127.0.0.1:8000/data/public-toilet/v1/"),
    ],
)
def test_a_reader_can_copy_how_the_source_is_named(client, published, address, source):
    body = text(client.get(address))
    assert 'href="https://creativecommons.org/licenses/by/4.0/legalcode.ja"' in body
    assert f"<li>出典：「公衆トイレ一覧」（見本市）（{source}）、クリエイティブ・コモンズ 表示 4.0 国際" in body


def test_a_town_without_a_name_gives_no_example(client, published, town):
    town.delete()
    assert "出典の記載例" not in text(client.get("/data/public-toilet/"))


def test_the_preview_stops_at_twenty(client, upload, kimura, environment_section):
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="many")
    builders.make_version(dataset=dataset, state="published", rows=[[f"公園{n}号"] for n in range(30)])
    body = text(client.get("/data/many/"))
    assert (body.count("号</th>"), "全30件のうち1～20件目" in body) == (20, True)


def test_an_old_version_points_to_the_new_one(client, published, later):
    assert "第2版を見る" in text(client.get("/data/public-toilet/v1/"))
    assert "第2版を見る" not in text(client.get("/data/public-toilet/v2/"))


def test_a_draft_has_no_public_page_even_for_its_section(as_, kimura, draft):
    assert as_(kimura).get("/data/public-toilet/").status_code == 404


# The files


# ASVS V3.2.1, V5.4.1, V5.4.2
def test_the_csv_is_what_excel_opens(client, published):
    response = client.get(CSV)
    assert response.getvalue().decode("utf-8") == (
        "\ufeff名称,所在地_連結表記,設置位置,緯度,経度,車椅子使用者用トイレ有無\r\n"
        "中央公園,見本県見本市中央1-1,公園入口,36.146,137.252,有\r\n"
        "駅前広場,見本県見本市駅前2-2,北口,36.141,137.258,有\r\n"
        "河川敷,見本県見本市川端3-3,駐車場横,36.139,137.249,無\r\n"
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == (
        'attachment; filename="data.csv"; '
        "filename*=UTF-8''%E5%85%AC%E8%A1%86%E3%83%88%E3%82%A4%E3%83%AC%E4%B8%80%E8%A6%A7_v1.csv"
    )


def test_the_csv_is_the_one_that_was_approved(client, published):
    assert hashlib.sha256(client.get(CSV).getvalue()).hexdigest() == published.public_sha256


def test_the_json_has_the_same_records(client, published):
    data = json.loads(client.get("/data/public-toilet.json").getvalue())
    assert (data["title"], data["publisher"], data["version"], data["licence"]) == (
        "公衆トイレ一覧",
        "見本市 環境課",
        1,
        "CC-BY-4.0",
    )
    assert data["records"][0] == {
        "名称": "中央公園",
        "所在地_連結表記": "見本県見本市中央1-1",
        "設置位置": "公園入口",
        "緯度": "36.146",
        "経度": "137.252",
        "車椅子使用者用トイレ有無": "有",
    }


def test_a_version_keeps_its_file_for_ever(client, published, later):
    assert (
        hashlib.sha256(client.get("/data/public-toilet/v1.csv").getvalue()).hexdigest() == published.public_sha256
    )
    assert client.get(CSV).getvalue().decode("utf-8-sig").replace("\r\n", "\n") == CLEAN


def test_the_json_names_the_section_alone_where_the_town_is_not_entered(client, kimura, environment_section, town):
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
    builders.make_version(dataset=dataset, state="published")
    town.delete()
    assert json.loads(client.get("/data/public-toilet.json").getvalue())["publisher"] == "環境課"


@pytest.mark.parametrize("address", [CSV, "/data/public-toilet.json", "/data/public-toilet/v1.csv"])
def test_who_asks_again_hears_that_nothing_changed(client, published, address):
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


def test_asking_again_reads_no_row_of_the_table(client, published, django_assert_num_queries):
    tag = client.get(CSV)["ETag"]
    with django_assert_num_queries(3):
        client.get(CSV, headers={"If-None-Match": tag})


@pytest.mark.parametrize("address", ["/data/", *PUBLIC_PAGES])
def test_public_pages_set_no_cookie_and_may_be_stored(client, published, address):
    response = client.get(address)
    assert (response.cookies, response["Cache-Control"]) == ({}, "no-cache")


# Withdrawn


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_what_was_withdrawn_answers_410_with_date_and_reason(client, withdrawn, address):
    response = client.get(address)
    assert response.status_code == 410
    assert "個人の氏名が含まれていたため" in text(response)
    assert "中央公園" not in text(response)


@pytest.mark.parametrize("address", [CSV, "/data/public-toilet/v1.csv"])
def test_a_copy_from_before_is_not_confirmed(client, published, kimura, address):
    from opendata import actions

    tag = client.get(address)["ETag"]
    actions.withdraw(dataset=published.dataset, by=Actor(kimura), reason="誤り")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 410


def test_what_was_withdrawn_is_in_no_list(client, withdrawn):
    assert "公衆トイレ一覧" not in text(client.get("/data/"))


# As many queries for much as for little


@pytest.mark.parametrize("count", [1, 3, 30])
def test_queries_of_the_catalogue(client, kimura, environment_section, django_assert_num_queries, count):
    for _ in range(count):
        dataset = builders.make_dataset(department=environment_section, by=kimura)
        builders.make_version(dataset=dataset, state="published")
    with django_assert_num_queries(4):
        client.get(reverse("opendata:catalogue"))


@pytest.mark.parametrize("count", [1, 3, 300])
def test_queries_of_a_data_set(client, kimura, environment_section, django_assert_num_queries, count):
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="one")
    builders.make_version(dataset=dataset, state="published", rows=[["公園"]] * count)
    with django_assert_num_queries(7):
        client.get("/data/one/")
