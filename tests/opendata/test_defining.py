"""A section confirms what its own list is held to; what a newer file does otherwise is said and asked."""

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from opendata import actions
from opendata.table import definition, readiness
from tests.opendata.conftest import codes, page, publication, text

PARKS = "管理番号,名称,電話番号,面積\n1,中央公園,0123-45-6789,1200\n2,駅前広場,0123-45-6780,300\n"
KINDS = {1: "integer", 2: "text", 3: "phone", 4: "number"}
SAID = {"kinds": KINDS, "required": [1, 2], "unique": [1]}
CLOSED = "公園の面積は、令和8年度から別の一覧で公開するため"


@pytest.fixture
def parks(upload):
    return upload(PARKS, name="公園.csv", standard="")


def define(version, **said):
    return actions.define(version=version, by=Actor(version.uploaded_by), seen=version.version, **(SAID | said))


@pytest.fixture
def next_parks(parks, kimura, publish):
    """`next_parks(text)`: the list as it is public, and its next version read."""
    version = define(parks)
    version = actions.describe(
        version=version,
        by=Actor(kimura),
        seen=version.version,
        publication=publication(version, columns=frozenset({1, 2, 3, 4})),
    )
    publish(actions.submit(version=version, by=Actor(kimura), seen=version.version))

    def bring(text):
        newer = actions.replace(
            dataset=parks.dataset, seen=0, name="公園2.csv", data=text.encode(), by=Actor(kimura)
        )
        return actions.read(version=newer, by=Actor(kimura))

    return bring


def pages(version):
    """Where something is left to do, each once."""
    return list(dict.fromkeys(blocker.page for blocker in readiness.blockers(version)))


def test_what_the_columns_hold_is_proposed_from_title_and_values(parks, section):
    assert [tuple(column) for column in definition.proposed(parks).values()] == [
        ("管理番号", "integer", True, True),
        ("名称", "text", True, False),
        ("電話番号", "phone", True, False),
        ("面積", "number", True, False),
    ]
    body = text(section.get(page("define", parks.dataset.slug)))
    assert ("A列 管理番号" in body, "例：1200、300" in body, "公開中の版と異なる" in body) == (True, True, False)


def test_it_is_confirmed_before_the_list_is_handed_in(parks, section):
    assert "opendata:define" in pages(parks)
    sent = {"required": ["1"], "unique": ["1"], "seen": parks.version}
    answer = section.post(
        page("define", parks.dataset.slug), sent | {f"kind_{index}": kind for index, kind in KINDS.items()}
    )
    parks.refresh_from_db()
    assert (answer.url, "opendata:define" in pages(parks)) == (page("findings", parks.dataset.slug), False)
    assert parks.definition["columns"][0] == {
        "title": "管理番号",
        "kind": "integer",
        "required": True,
        "unique": True,
    }


def test_what_was_a_guess_is_an_error_once_it_is_confirmed(upload):
    version = upload(PARKS.replace("300", "ほぼ300"), name="公園.csv", standard="")
    assert codes(version) == []
    assert codes(define(version)) == [("D3", "number")]


def test_a_list_of_a_standard_needs_none(draft, kimura):
    with pytest.raises(ValidationError, match="要りません"):
        define(draft)


def test_the_next_version_is_held_to_it(next_parks):
    version = next_parks(PARKS.replace("2,駅前広場", "1,").replace("300", "約300"))
    assert codes(version) == [("A3", "duplicate"), ("B3", "required"), ("D3", "number")]
    assert [column["publish"] for column in version.columns] == [True] * 4


def test_a_missing_and_a_renamed_column_are_said_and_keep_the_list_from_being_handed_in(next_parks, section):
    version = next_parks("管理番号,名称,電話番号（代表）\n1,中央公園,0123-45-6789\n")
    missing = [each.message for each in version.findings.filter(code="column-missing")]
    assert [message.partition("の列")[0] for message in missing] == ["「電話番号」", "「面積」"]
    body = text(section.get(page("define", version.dataset.slug)))
    assert all(
        told in body for told in ("「面積」の列がなくなりました。", "「電話番号（代表）」の列が加わりました。")
    )
    assert pages(version)[0] == "opendata:findings"


def test_a_title_that_looks_like_one_of_them_is_asked_and_stays_ticked(next_parks):
    version = next_parks(PARKS.replace("管理番号,", "管理 番号,"))
    (asked,) = version.findings.filter(code="header-guess")
    assert (asked.repair, version.columns[0]["publish"], pages(version)) == (
        "管理番号",
        True,
        ["opendata:define", "opendata:publication"],
    )


def test_what_changed_is_accepted_with_a_reason_that_the_reviewer_reads(next_parks, as_, suzuki, kimura):
    version = next_parks("管理番号,名称,電話番号\n1,中央公園,0123-45-6789\n")
    kinds = {1: "text", 2: "text", 3: "phone"}
    with pytest.raises(ValidationError, match="理由を入力"):
        define(version, kinds=kinds)
    version.refresh_from_db()
    version = define(version, kinds=kinds, reason=CLOSED)
    assert codes(version) == []
    told = definition.told(version)
    assert told.changes == [
        "「面積」の列がなくなりました。",
        "「管理番号」の内容が、整数から文字に変わりました。",
    ]
    body = text(as_(suzuki).get(page("review_version", version.dataset.slug)))
    assert all(each in body for each in (*told.changes, CLOSED))
