"""Names of people as a roster has them, and how they are read."""

import re
import unicodedata
from collections.abc import Iterator

import jaconv

from tablecheck.rules.prose import PRIVATE, examine_shape
from tablecheck.standards import Field
from tablecheck.vocabulary import Code, Problem

READING = re.compile("[ぁ-ゖァ-ヺー゛゜・\\s]+")
CLEAN_READING = "[ぁ-ゖァ-ヺー]+"
HALF_KANA = re.compile("[･ｦ-ﾟ]+")
# Variation selectors choose the form of a character (辻󠄀) and belong to a name.
SELECTORS = range(0xE0100, 0xE01F0)


def examine_name(value: str, field: Field) -> Iterator[Problem]:
    """A name is kept as it is written: 髙, 𠮷 and a variation selector are part of it."""
    hidden = {char for char in value if unicodedata.category(char) in {"Cc", "Cf"} and char not in "\n\t"}
    better = "".join(char for char in value if char not in hidden).strip()
    if hidden:
        yield Problem(Code.CONTROL, "目に見えない文字（制御文字）があります。", better)
    if PRIVATE.search(value):
        yield Problem(
            Code.PRIVATE_CHARACTER, "外字です。他のパソコンでは表示されません。別の文字で入力してください。"
        )
    if re.search(r"[0-9０-９@＠=＝<>＜＞]", better):
        yield Problem(Code.PATTERN, "氏名に使わない文字（数字や記号）があります。")
    yield from examine_shape(value, field)


def examine_reading(value: str, field: Field) -> Iterator[Problem]:
    """Hiragana or katakana, of full width."""
    whole = HALF_KANA.sub(lambda half: unicodedata.normalize("NFKC", half[0]), value)
    whole = unicodedata.normalize("NFC", whole).strip()
    if READING.fullmatch(value) and whole == value:
        return
    if READING.fullmatch(whole):
        yield Problem(Code.KANA, "全角のひらがなで登録します。", jaconv.kata2hira(whole))
    else:
        yield Problem(Code.KANA, "ふりがなは、ひらがな又はカタカナで入力してください。")
