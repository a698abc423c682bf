"""What is folded alike is found, and is marked in the text as it was published."""

import pytest

from reports.folding import fold, grams, grams_of_word, words_of
from reports.searching import snippet


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ﾃﾞｼﾞﾀﾙ", "でじたる"),
        ("デジタル", "でじたる"),
        ("か\u3099", "が"),
        ("ＤＸ", "dx"),
        ("髙﨑", "高崎"),
        ("葛\U000e0100城", "葛城"),
        ("㈱①", "(株)1"),
        ("１０～１２〜", "10~12~"),
        ("A‐B－C", "a-b-c"),
        ("サーバー", "さーばー"),
    ],
)
def test_one_spelling_stands_for_all(typed, folded):
    assert fold(typed) == folded


def test_words_are_asked_for_once_and_not_without_end():
    assert words_of("　窓口 窓口\tマド ") == ["窓口", "まど"]
    assert len(words_of(" ".join(map(str, range(50))))) == 8


@pytest.mark.parametrize("word", ["窓", "窓口", "窓口の", "窓口の予約"])
def test_a_text_has_all_grams_of_its_words(word):
    assert set(grams_of_word(word)) <= grams("市の窓口の予約")


def test_a_text_without_the_word_lacks_one_of_its_grams():
    assert not set(grams_of_word("窓口")) <= grams("窓 口と窓と口")


def marked(text, *words):
    return "".join(f"[{piece}]" if piece.is_found else piece.text for piece in snippet(text, words))


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("ﾃﾞｼﾞﾀﾙ化の話", ["でじたる"], "[ﾃﾞｼﾞﾀﾙ]化の話"),
        ("㈱見本", ["株"], "[㈱]見本"),
        ("葛\U000e0100城と", ["葛城"], "[葛\U000e0100城]と"),
        ("窓口と予約と窓口予約", ["予約", "窓口予約"], "窓口と[予約]と[窓口予約]"),
        ("一行目\n窓口", ["窓口"], "一行目 [窓口]"),
        ("何もない", ["窓口"], ""),
    ],
)
def test_what_was_found_is_marked(text, words, shown):
    assert marked(text, *words) == shown


def test_of_a_long_text_a_few_lines_are_shown():
    shown = marked("前" * 200 + "窓口" + "後" * 200, "窓口")
    assert shown == f"…{'前' * 30}[窓口]{'後' * 108}…"
