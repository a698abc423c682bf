"""Names, addresses, sentences: kept as they are written, except for what nobody can see or read."""

import re
import unicodedata
from collections.abc import Iterator

import jaconv

from tablecheck.formulas import would_compute
from tablecheck.rules.losses import GARBLED, examine_loss, in_jis
from tablecheck.standards import Field
from tablecheck.vocabulary import Code, Problem


def _machine_dependent() -> str:
    """What CP932 has beyond JIS X 0208: NEC row 13, the NEC selection and IBM's own, 髙 ① ㈱ among them."""
    trails = [*range(0x40, 0x7F), *range(0x80, 0xFD)]
    leads = (0x87, 0xED, 0xEE, 0xFA, 0xFB, 0xFC)
    decoded = (bytes([lead, trail]).decode("cp932", "replace") for lead in leads for trail in trails)
    characters = {text for text in decoded if len(text) == 1 and text != "\ufffd"}
    # Some of them stand in JIS X 0208 as well: those are no danger.
    return "".join(sorted(char for char in characters if not in_jis(char)))


MACHINE_DEPENDENT = re.compile(f"[{_machine_dependent()}]")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
DITTO = frozenset({"〃", "同上", "々", '"', "”"})
KANA = re.compile(
    r"[゠-ヿ\u3000 ・ー（）()「」『』【】“”‘’！!？?：:～〜／/、。,.&＆\-－‐0-9０-９A-Za-zＡ-Ｚａ-ｚ]+"
)
LONG_VOWEL = re.compile("(?<=[ァ-ヺー])[‐‑‒–—―−－-](?=[ァ-ヺー]|$)")
HALF_KANA = re.compile("[･ｦ-ﾟ]+")


# Nothing to examine: no blank at the ends, no sign of a formula or an error, nothing invisible or doubtful.
_ODD = "".join(pattern.pattern[1:-1] for pattern in (MACHINE_DEPENDENT, PRIVATE, CONTROL)) + GARBLED + "?\ufffd〓"
_PLAIN = rf"(?![\s=＝@＠+＋#〃同々\"”－-])[^{_ODD}\t\r\n]+(?<!\s)"
CLEAN_KANA = r"[゠-ヿ・ー（）()「」、。0-9]+"


def clean(field: Field) -> str:
    """A field with a length or a pattern of its own is always examined."""
    own = field.pattern or field.min_length is not None or field.max_length is not None
    return "(?!)" if own else _PLAIN


def examine(value: str, field: Field) -> Iterator[Problem]:
    """Several things may be said of a text, but one repair holds them all."""
    yield from _written(value)
    yield from examine_loss(value)
    if PRIVATE.search(value):
        yield Problem(
            Code.PRIVATE_CHARACTER, "外字です。他のパソコンでは表示されません。別の文字で入力してください。"
        )
    if odd := MACHINE_DEPENDENT.findall(value):
        shown = "".join(dict.fromkeys(odd))
        yield Problem(
            Code.MACHINE_DEPENDENT, f"機種依存文字（{shown}）があります。公開用のUTF-8ではそのまま使えます。"
        )
    yield from examine_shape(value, field)


def _written(value: str) -> Iterator[Problem]:
    better = CONTROL.sub("", value).strip()
    if CONTROL.search(value):
        yield Problem(Code.CONTROL, "目に見えない文字（制御文字）があります。", better)
    elif better != value:
        yield Problem(Code.SPACES, "前後に空白があります。", better)
    elif value in DITTO:
        yield Problem(
            Code.DITTO, "「〃」「同上」は、並べ替えると何を指すか分からなくなります。値を入力してください。"
        )
    elif would_compute(value):
        yield Problem(
            Code.FORMULA,
            "数式とみなされる記号（=や@など）から始まっています。Excelで開いたときに計算されるおそれがありますので、先頭の記号を削除してください。",
        )
    elif "\n" in value or "\t" in value:
        yield Problem(Code.LINE_BREAK, "セルの中に改行やタブがあります。", re.sub(r"\s+", _on_one_line, value))


def _on_one_line(blanks: re.Match[str]) -> str:
    """Blanks stay; those with a break among them are one."""
    return " " if re.search(r"[\r\n\t]", blanks[0]) else blanks[0]


def examine_shape(value: str, field: Field) -> Iterator[Problem]:
    """The length and the pattern that a Table Schema may ask for."""
    if field.min_length is not None and len(value) < field.min_length:
        yield Problem(Code.LENGTH, f"{field.min_length}文字以上で入力してください。")
    if field.max_length is not None and len(value) > field.max_length:
        yield Problem(Code.LENGTH, f"{field.max_length}文字以内で入力してください（現在{len(value)}文字）。")
    if field.pattern and not re.fullmatch(field.pattern, value):
        better = unicodedata.normalize("NFKC", value).strip()
        if re.fullmatch(field.pattern, better):
            yield Problem(Code.FULLWIDTH, "全角の文字が使われています。", better)
        else:
            yield Problem(Code.PATTERN, "決められた書き方ではありません。")


def examine_kana(value: str, field: Field) -> Iterator[Problem]:
    """Readings in full-width katakana."""
    if KANA.fullmatch(value):
        yield from examine(value, field)
        return
    better = LONG_VOWEL.sub("ー", jaconv.hira2kata(_wide(value.strip())))
    if KANA.fullmatch(better):
        yield Problem(Code.KANA, "全角カタカナで書きます。", better)
    else:
        yield Problem(Code.KANA, "カタカナにない文字があります。読みを全角カタカナで入力してください。")


def examine_spelling(value: str, field: Field) -> Iterator[Problem]:
    """How something is read, in whichever kana; in half width no search finds it."""
    better = _wide(value)
    if better != value:
        yield Problem(Code.KANA, "半角のカナがあります。", better)
    else:
        yield from examine(value, field)


def _wide(value: str) -> str:
    return HALF_KANA.sub(lambda half: unicodedata.normalize("NFKC", half[0]), value)
