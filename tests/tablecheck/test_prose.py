"""Characters that not every machine has, and what became of texts that were opened in another encoding."""

import pytest

from tablecheck.cells import PlainCells
from tablecheck.columns import problems
from tablecheck.rules import FREE, prose, rule_of


def test_what_only_one_make_of_machines_had_is_machine_dependent_and_what_all_have_is_not():
    assert prose.MACHINE_DEPENDENT.findall("①㈱髙 ∪¬≡ 駅ﾀ@\ufffd") == ["①", "㈱", "髙"]


def told_of(value):
    found = problems(PlainCells([value]), rule_of(FREE), FREE).get(value, [])
    return [(problem.code.word, problem.repair) for problem in found]


NAME = "高山市花岡町1"


@pytest.mark.parametrize(
    ("saved", "opened"),
    [
        ("utf-8", "cp932"),
        ("utf-8", "latin-1"),
        ("utf-8", "mac_roman"),
        ("cp932", "latin-1"),
        ("cp932", "mac_roman"),
    ],
)
def test_what_was_opened_in_another_encoding_is_garbled_and_nothing_else(saved, opened):
    assert told_of(NAME.encode(saved).decode(opened)) == [("garbled", NAME)]


@pytest.mark.parametrize(
    "ruined",
    [
        NAME.encode("cp932").decode(errors="replace"),
        "「図書館」".encode().decode("cp932", "replace"),
        "「図書館」".encode().decode("cp932", "ignore"),
        "岐阜県高山市".encode().decode("cp1252", "replace"),
        # Windows has characters of its own for bytes that are none.
        "煥章館".encode().replace(b"\xa0", b"").decode("cp932", "ignore") + "\uf8f0",
    ],
)
def test_where_bytes_are_gone_it_is_garbled_and_cannot_be_repaired(ruined):
    assert told_of(ruined) == [("garbled", None)]


def test_one_character_among_others_is_lost():
    assert told_of("見\ufffd市") == [("lost-character", None)]


@pytest.mark.parametrize(
    "right", ["蟹江町の縄文遺跡", "譲渡・繰越", "Musée de l’Été", "São Tomé", "ﾃｱﾄﾙ", "10m²～20㎡", "Ångström×±5℃"]
)
def test_what_looks_a_little_like_it_is_left_alone(right):
    assert "garbled" not in dict(told_of(right))
