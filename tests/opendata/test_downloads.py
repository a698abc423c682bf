"""A public file is sent as it was made: whole, in part, compressed, or not at all where the reader has it."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.http import http_date

from foundation.actions import SYSTEM
from opendata import actions
from opendata.catalogue import files
from opendata.models import PublicFile
from tests import builders

CSV, JSON = "/data/public-toilet.csv", "/data/public-toilet.json"
GZIP = {"Accept-Encoding": "br, gzip;q=0.8, *;q=0.1"}


def ask(client, address=CSV, **headers):
    return client.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def noted(version, kind="csv", coding=""):
    return version.files.get(kind=kind, coding=coding)


def stored(file):
    with default_storage.open(file.name) as opened:
        return opened.read()


def damage(file):
    """Of the same length: a disk that forgets does not say so."""
    data = stored(file)
    default_storage.delete(file.name)
    default_storage.save(file.name, ContentFile(bytes([data[0] ^ 1]) + data[1:]))


def cut(file):
    data = stored(file)
    default_storage.delete(file.name)
    default_storage.save(file.name, ContentFile(data[:9]))


def lose(file):
    default_storage.delete(file.name)


HARMS = [damage, cut, lose]


# Noted, stored and sent are the same


@pytest.mark.parametrize(("address", "kind"), [(CSV, "csv"), (JSON, "json")])
def test_what_is_sent_is_what_the_row_says(client, published, address, kind):
    answer, file = client.get(address), noted(published, kind)
    body = answer.getvalue()
    assert (hashlib.sha256(body).hexdigest(), len(body)) == (file.sha256, file.size)
    assert (answer["ETag"], answer["Content-Length"]) == (f'"{file.sha256}"', str(file.size))
    assert answer["Last-Modified"] == http_date(published.published_at.timestamp())
    assert (answer["Accept-Ranges"], answer["Vary"]) == ("bytes", "Accept-Encoding")


def test_a_version_has_four_files_and_its_csv_is_the_one_that_was_approved(published):
    kinds = list(published.files.order_by("kind", "coding").values_list("kind", "coding"))
    assert kinds == [("csv", ""), ("csv", "gzip"), ("json", ""), ("json", "gzip")]
    assert noted(published).sha256 == published.public_sha256


@pytest.mark.parametrize(("address", "kind"), [(CSV, "csv"), (JSON, "json")])
def test_the_compressed_twin_holds_the_same_bytes_under_a_tag_of_its_own(client, published, address, kind):
    plain, twin = ask(client, address), ask(client, address, **GZIP)
    body = twin.getvalue()
    assert gzip.decompress(body) == plain.getvalue()
    assert body[4:8] == bytes(4), "the same bytes would be another twin tomorrow"
    assert (twin["Content-Encoding"], twin["Content-Length"]) == ("gzip", str(len(body)))
    assert twin["ETag"] == f'"{noted(published, kind, "gzip").sha256}"' != plain["ETag"]
    assert (twin["Content-Type"], twin["Content-Disposition"], twin["Vary"]) == (
        plain["Content-Type"],
        plain["Content-Disposition"],
        "Accept-Encoding",
    )


@pytest.mark.parametrize("accepted", ["", "identity", "br", "*", "gzip;q=0", "gzip;q=0.000", "notgzip", "gzipped"])
def test_who_does_not_ask_for_gzip_gets_none(client, published, accepted):
    assert "Content-Encoding" not in ask(client, Accept_Encoding=accepted)


@pytest.mark.parametrize("accepted", ["gzip", "GZIP", "x-gzip", "gzip;q=0.5", "deflate, gzip ; q=1.0", "gzip,br"])
def test_who_asks_for_gzip_gets_it(client, published, accepted):
    assert ask(client, Accept_Encoding=accepted)["Content-Encoding"] == "gzip"


def test_a_new_version_is_another_file(client, published, publish, later):
    assert ask(client, "/data/public-toilet/v1.csv")["ETag"] != ask(client)["ETag"]


# ASVS V1.2.3
def test_the_json_is_as_json_has_it_with_titles_that_are_there_twice(kimura, environment_section):
    """Written row by row it is what the library would write of the whole."""
    titles = ["名称", '"引用"', "名称"]
    columns = [{"index": n, "header": title, "publish": n != 4} for n, title in enumerate([*titles, "内"], 1)]
    rows = [["a\nb", "\\", "c\u2028", "秘"], ["", "\ud7ff😀", '"', ""]] * 300
    dataset = builders.make_dataset(department=environment_section, by=kimura)
    version = builders.make_version(dataset=dataset, columns=columns, rows=rows)
    records = [{"名称": cells[2], '"引用"': cells[1]} for cells in rows]
    expected = json.dumps({"title": "題", "records": records}, ensure_ascii=False, indent=1).encode()
    assert b"".join(files.json_of(version, {"title": "題"})) == expected


def test_the_json_of_no_rows_is_an_empty_list(kimura, environment_section):
    version = builders.make_version(
        dataset=builders.make_dataset(department=environment_section, by=kimura), rows=[]
    )
    expected = json.dumps({"title": "題", "records": []}, ensure_ascii=False, indent=1).encode()
    assert b"".join(files.json_of(version, {"title": "題"})) == expected


# A part


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=100-149", 100, 150),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=-99999", 0, None),
        ("bytes=10-99999", 10, None),
    ],
)
def test_a_part_is_those_bytes(client, published, asked, start, stop):
    whole, answer = ask(client).getvalue(), ask(client, Range=asked)
    part = whole[start:stop]
    first = whole.index(part) if start else 0
    assert (answer.status_code, answer.getvalue()) == (206, part)
    assert answer["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    assert answer["Content-Length"] == str(len(part))
    assert answer["ETag"] == ask(client)["ETag"]


def test_a_part_of_the_twin_is_of_its_own_bytes(client, published):
    whole, answer = ask(client, **GZIP).getvalue(), ask(client, **GZIP, Range="bytes=5-9")
    assert (answer.status_code, answer.getvalue(), answer["Content-Encoding"]) == (206, whole[5:10], "gzip")


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=99999-100000", "bytes=-0"])
def test_beyond_the_end_there_is_nothing(client, published, asked):
    answer = ask(client, Range=asked)
    assert (answer.status_code, answer.getvalue()) == (416, b"")
    assert answer["Content-Range"] == f"bytes */{noted(published).size}"


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=9-2", "bytes=-", "bytes=a-b", "lines=1-2", "0-5", f"bytes={'9' * 5000}-"]
)
def test_several_parts_or_nonsense_are_answered_with_the_whole(client, published, asked):
    answer = ask(client, Range=asked)
    assert (answer.status_code, len(answer.getvalue())) == (200, noted(published).size)


def test_who_goes_on_gets_the_rest_of_the_same_file(client, published):
    first = ask(client, Range="bytes=0-9")
    for condition in (first["ETag"], first["Last-Modified"]):
        assert ask(client, Range="bytes=10-", If_Range=condition).status_code == 206


@pytest.mark.parametrize("condition", ['"another"', "Mon, 01 Jan 2024 00:00:00 GMT", "W/{}", "yesterday"])
def test_who_has_a_part_of_another_file_gets_the_whole(client, published, condition):
    condition = condition.format(ask(client)["ETag"])
    assert ask(client, Range="bytes=10-", If_Range=condition).status_code == 200


# What the reader has already


@pytest.mark.parametrize("headers", [{}, GZIP])
def test_what_the_reader_has_is_not_sent_again(client, published, headers):
    first = ask(client, **headers)
    again = ask(client, **headers, If_None_Match=first["ETag"])
    assert (again.status_code, again.getvalue()) == (304, b"")
    assert (again["ETag"], again["Vary"]) == (first["ETag"], "Accept-Encoding")
    assert ask(client, **headers, If_Modified_Since=first["Last-Modified"]).status_code == 304


def test_the_tag_of_the_twin_is_not_the_tag_of_the_file(client, published):
    assert ask(client, If_None_Match=ask(client, **GZIP)["ETag"]).status_code == 200


def test_who_wants_that_very_file_hears_that_there_is_another(client, published):
    assert ask(client, If_Match='"another"').status_code == 412


@pytest.mark.parametrize("headers", [{}, GZIP])
def test_head_says_what_get_would(client, published, headers):
    told, sent = client.head(CSV, headers=headers), client.get(CSV, headers=headers)
    assert (told.status_code, dict(told.headers)) == (200, dict(sent.headers))
    assert client.head(CSV, headers={"Range": "bytes=0-9"}).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 3000])
def test_queries_of_a_file(client, kimura, environment_section, django_assert_num_queries, count):
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
    version = builders.make_version(dataset=dataset, rows=[["公園"]] * count)
    actions.make_files(version=builders.publish(version), by=SYSTEM)
    with django_assert_num_queries(3):
        ask(client).getvalue()


# What lies in the storage is damaged or gone


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize(("address", "kind"), [(CSV, "csv"), (JSON, "json")])
def test_a_file_that_is_damaged_is_not_sent_but_made_anew(client, published, caplog, harm, address, kind):
    whole = ask(client, address).getvalue()
    harm(noted(published, kind))
    answer = ask(client, address)
    assert (answer.status_code, answer.getvalue()) == (200, whole)
    assert f"is missing or damaged in the storage: {published.pk} {kind}" in caplog.text


def test_what_is_made_anew_has_no_length_and_no_parts(client, published):
    lose(noted(published))
    answer = ask(client, Range="bytes=0-9")
    assert (answer.status_code, "Content-Length" in answer, answer["Accept-Ranges"]) == (200, False, "none")
    assert answer["ETag"] == f'"{published.public_sha256}"'


@pytest.mark.parametrize("address", [CSV, JSON])
def test_what_is_made_anew_is_not_sent_to_whom_has_it(client, kimura, environment_section, address):
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
    builders.make_version(dataset=dataset, state="published")
    first = ask(client, address)
    assert ask(client, address, If_None_Match=first["ETag"]).status_code == 304


def test_the_json_that_is_made_anew_is_another_where_the_publisher_is_called_otherwise(
    client, town, kimura, environment_section
):
    dataset = builders.make_dataset(department=environment_section, by=kimura, slug="public-toilet")
    builders.make_version(dataset=dataset, state="published")
    before = ask(client, JSON)["ETag"]
    type(town).objects.update(name="新見本市")
    assert ask(client, JSON)["ETag"] != before


@pytest.mark.parametrize("harm", HARMS)
def test_where_the_twin_is_damaged_the_plain_file_is_sent(client, published, harm):
    harm(noted(published, coding="gzip"))
    answer = ask(client, **GZIP)
    assert ("Content-Encoding" in answer, answer["ETag"]) == (False, f'"{published.public_sha256}"')


def test_the_storage_has_the_files_below_a_folder_of_their_own(published, settings):
    lying = sorted(path.name for path in Path(settings.MEDIA_ROOT, "public").iterdir())
    assert lying == sorted(PublicFile.objects.values_list("sha256", flat=True))
