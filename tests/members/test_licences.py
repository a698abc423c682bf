"""The words of each licence, and the source as a reader would name it."""

import pytest

from members.licences import TERMS
from members.states import Licence

DATA = {"town": "見本市", "title": "公衆トイレ一覧", "address": "https://dx.example.jp/data/toilets/"}
NAMED = "「公衆トイレ一覧」（見本市）（https://dx.example.jp/data/toilets/）"
CC_BY = "https://creativecommons.org/licenses/by/4.0/legalcode.ja"
PDL = "https://www.digital.go.jp/resources/open_data/public_data_license_v1.0"


def test_each_licence_has_its_words_once():
    assert list(TERMS) == list(Licence)
    assert [str(terms.name) for terms in TERMS.values()] == [
        "クリエイティブ・コモンズ 表示 4.0 国際",
        "公共データ利用規約（第1.0版）",
        "CC0 1.0 全世界",
    ]


def test_the_label_of_a_choice_begins_with_the_proper_name():
    """「CC0 1.0（権利を主張しない）」 says in a word what its title does not."""
    named = [TERMS[licence] for licence in Licence if licence != Licence.CC0]
    assert [str(terms.licence.label).startswith(str(terms.name)) for terms in named] == [True, True]


@pytest.mark.parametrize(
    ("licence", "examples"),
    [
        (
            Licence.CC_BY_4,
            [
                f"出典：{NAMED}、クリエイティブ・コモンズ 表示 4.0 国際（{CC_BY}）",
                f"{NAMED}を加工して作成、クリエイティブ・コモンズ 表示 4.0 国際（{CC_BY}）",
            ],
        ),
        (
            Licence.PDL_1,
            [f"出典：{NAMED}、PDL1.0（{PDL}）", f"{NAMED}を加工して作成、PDL1.0（{PDL}）"],
        ),
        (Licence.CC0, []),
    ],
)
def test_a_source_is_named_with_town_title_and_address(licence, examples):
    assert TERMS[licence].credits(**DATA) == examples


def test_a_sign_of_percent_in_a_title_stays_one():
    data = DATA | {"title": "普及率（%）"}
    assert "「普及率（%）」" in TERMS[Licence.CC_BY_4].credits(**data)[0]
