"""Characters that were lost, or became others because a file was opened in another encoding than its own."""

import re
from collections.abc import Iterator
from contextlib import suppress

from tablecheck.vocabulary import Code, Problem

# A question mark between figures and signs of time stands where ～ or － could not be written.
LOST = re.compile("[\ufffd〓]|(?<=[0-9時分月火水木金土日曜祝])\\?(?=[0-9翌月火水木金土日]|午[前後])")
EXCEL_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|#{3,}")
JAPANESE = re.compile("[ぁ-んァ-ヶー一-龥々]")
SENSE = re.compile("[ぁ-んァ-ヶ一-龥ー・、。々（）「」『』【】～－―：；／＆！？．，０-９Ａ-Ｚａ-ｚ\u3000 !-~]+")
# What Windows makes of bytes that stand for nothing in CP932; no character of a house's own bears these numbers.
NOBODYS = "\uf8f0\uf8f1\uf8f2\uf8f3"


def _of_utf8() -> str:
    """What the beginnings of Japanese characters in UTF-8 become where they are taken for CP932."""
    pairs = (
        bytes([lead, trail]).decode("cp932", "ignore") for lead in range(0xE3, 0xEA) for trail in range(0x80, 0xC0)
    )
    return "".join(sorted({char for char in pairs if len(char) == 1}))


def in_jis(char: str) -> bool:
    return bool(char.encode("iso2022_jp", "ignore"))


def _frequent() -> str:
    """The kanji of JIS X 0208's first level, which stand together in CP932."""
    pairs = (
        bytes([lead, trail]).decode("cp932", "ignore") for lead in range(0x88, 0x98) for trail in range(0x40, 0xFD)
    )
    return "".join(sorted({char for char in pairs if "一" <= char <= "龥"}))


FREQUENT = re.compile(f"[ぁ-んァ-ヶー々{_frequent()}]")


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


# Byte by byte, as programs of the West read: on Windows and on a Mac.
WINDOWS = {chr(byte): byte for byte in range(256)} | {_windows(byte): byte for byte in range(256)}
MAC = {bytes([byte]).decode("mac_roman"): byte for byte in range(256)}
WESTERN = "".join(sorted({char for char in {**WINDOWS, **MAC} if char > "\x9f" and not in_jis(char)}))
# One of these stands in whatever is garbled.
GARBLED = _of_utf8() + WESTERN + NOBODYS
_MAY_BE_GARBLED = re.compile(f"[{GARBLED}\x80-\x9f\ufffd]")
# Nothing is lost of what has none of these.
MAY_BE_LOST = re.compile(f"[{GARBLED}\x80-\x9f\ufffd〓?#]")
_OF_THE_WEST = re.compile(f"[{WESTERN}]")


def examine_loss(value: str) -> Iterator[Problem]:
    """What is lost or garbled whatever the column holds."""
    if EXCEL_ERROR.fullmatch(value):
        yield Problem(Code.EXCEL_ERROR, "Excelのエラー表示です。正しい値を入力してください。")
    elif meant := _ungarbled(value):
        yield Problem(Code.GARBLED, "文字化けしています。文字コードを取り違えて保存された値と思われます。", meant)
    elif _is_ruined(value):
        yield Problem(
            Code.GARBLED,
            "文字化けして、元の文字が失われています。文字化けする前のファイルに差し替えるか、正しい値を入力してください。",
        )
    elif "\ufffd" in value:
        yield Problem(
            Code.LOST_CHARACTER, "文字が失われ、「\ufffd」になっています。元の文字を入力し直してください。"
        )
    elif LOST.search(value) and "://" not in value:
        yield Problem(
            Code.LOST_CHARACTER,
            "文字が失われています（「～」「－」などが「?」になることがあります）。元の文字を入力し直してください。",
        )


def _ungarbled(value: str) -> str | None:
    """What it was, where no byte of it is gone."""
    if not _MAY_BE_GARBLED.search(value):
        return None
    for data in _bytes_of(value):
        for encoding in ("utf-8", "cp932"):
            meant = _decoded(data, encoding)
            if meant and meant != value and _makes_sense(meant, encoding):
                return meant
    return None


def _makes_sense(meant: str, encoding: str) -> bool:
    """That bytes are UTF-8 is no chance. Nearly any are CP932: half of it must be what people write."""
    if not SENSE.fullmatch(meant):
        return False
    return bool(JAPANESE.search(meant)) if encoding == "utf-8" else 2 * len(FREQUENT.findall(meant)) >= len(meant)


def _is_ruined(value: str) -> bool:
    """Whether it is garbled and cannot be told any more: of what it was, some bytes are gone."""
    if not _MAY_BE_GARBLED.search(value):
        return False
    gone, kept = value.count("\ufffd"), len(JAPANESE.findall(value))
    in_other_letters = bool(gone and not kept and _OF_THE_WEST.search(value))
    if in_other_letters or gone > max(1, kept) or any(char in value for char in NOBODYS):
        return True
    for data in _bytes_of(value, errors="ignore"):
        meant = data.decode("utf-8", "replace")
        if len(JAPANESE.findall(meant)) > max(1, meant.count("\ufffd")):
            return True
    return False


def _bytes_of(value: str, errors: str = "strict") -> Iterator[bytes]:
    """What stood in the file, by each of the ways in which it may have been misread."""
    with suppress(UnicodeEncodeError):
        yield value.replace("\uf8f0", "\xa0").encode("cp932", errors)
    for read_as in (WINDOWS, MAC):
        if errors == "ignore" or all(char in read_as for char in value):
            yield bytes(read_as[char] for char in value if char in read_as)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
