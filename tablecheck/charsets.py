"""In which encoding a text was saved; and where that is none that Excel writes, what it is called.

Strictly and over the whole file: a guess from the first lines is often wrong. `shift_jis` is not tried: it lacks a
quarter of what Excel writes as "Shift_JIS".
"""

import re

from tablecheck.vocabulary import Unreadable

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# What is recognised and read.
ENCODINGS = {
    "cp932": "Shift_JIS（Excelの保存形式）",
    "utf-8-sig": "UTF-8（BOM付き）",
    "utf-8": "UTF-8（BOMなし）",
    "utf-16": "UTF-16（Unicodeテキスト）",
    "utf-16-le": "UTF-16（BOMなし）",
    "utf-16-be": "UTF-16（BOMなし、ビッグエンディアン）",
    "euc_jp": "EUC-JP",
    "shift_jis_2004": "Shift_JIS-2004",
    "cp1252": "Latin-1（欧文）",
}
# What is named, and read only where somebody says so: each of them also fits bytes that mean something else.
ASKED_FOR = ("euc_jp", "shift_jis_2004", "cp1252")
NEVER_IN_CP932 = "\x80\xa0\uf8f1\uf8f2\uf8f3"
BEGINNING = 16_384
HALF_KANA = re.compile("[｡-ﾟ]")
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")
# A letter with an accent between plain ones, as CP932 misreads it: é and the letter after it become one character.
ACCENTED = re.compile(rb"[A-Za-z \r\n,;][\xc0-\xff](?:[A-Za-z]|[ ,;\r\n])")
HIGH = re.compile(rb"[\x80-\xff]")


def decode(data: bytes, wanted: str | None = None) -> tuple[str, str]:
    """(text, encoding), in the encoding that was asked for or the one that fits."""
    if wanted:
        return _strictly(data, wanted), wanted
    if data.startswith(BOM_UTF16):
        return _strictly(data, "utf-16"), "utf-16"
    if without_mark := _utf16_without_mark(data):
        return _strictly(data, without_mark), without_mark
    try:
        return data.decode("utf-8-sig"), "utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"
    except UnicodeDecodeError as utf8:
        if data.startswith(BOM_UTF8):
            raise _undecodable(data, utf8.start) from None
        text = _tried(data, "cp932")
        _refuse_foreign(data, text)
        return _real_cp932(data, text or _strictly(data, "cp932", utf8.start)), "cp932"


def as_utf8(data: bytes) -> tuple[bytes, str]:
    """The same text as UTF-8, and its encoding. UTF-8 is handed on unread: who parses it refuses what is none."""
    if data.startswith(BOM_UTF8):
        return data, "utf-8-sig"
    try:
        data[:BEGINNING].decode()
    except UnicodeDecodeError as error:
        if error.start < BEGINNING - 4:
            text, encoding = decode(data)
            return text.encode(), encoding
    return data, "utf-8"


def _utf16_without_mark(data: bytes) -> str | None:
    """Every line end and delimiter has a zero beside it, and on which side tells the order of the bytes."""
    head = data[:BEGINNING]
    if len(data) % 2 or b"\0" not in head:
        return None
    for encoding, ends in (("utf-16-le", (b"\n\0", b",\0", b"\t\0")), ("utf-16-be", (b"\0\n", b"\0,", b"\0\t"))):
        offset = 0 if encoding == "utf-16-le" else 1
        if head[offset::2].count(0) < head[1 - offset :: 2].count(0) and sum(map(head.count, ends)) > 1:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return encoding
    return None


def _refuse_foreign(data: bytes, as_cp932: str | None) -> None:
    """What is not UTF-8 is CP932, unless its bytes say plainly that it is something else."""
    if as_cp932 is not None and any(byte in as_cp932 for byte in NEVER_IN_CP932):
        as_cp932 = None
    foreign = next((name for name in ASKED_FOR if _speaks_for(name, data, as_cp932)), None)
    if foreign:
        raise Unreadable(
            "encoding",
            f"文字コードが{ENCODINGS[foreign]}のファイルです。このままでは読み込めません。"
            "作成したソフトで文字コードをUTF-8にして保存し直すか、"
            "メモ帳などで開いて文字が正しく見えることを確認してから、"
            "「UTF-8」で保存し直してください。",
        )


def _speaks_for(name: str, data: bytes, as_cp932: str | None) -> bool:
    if name == "shift_jis_2004" and as_cp932 is not None:
        return False
    as_it = _tried(data, name)
    if as_it is None:
        return False
    if name == "euc_jp":
        soup = as_cp932 is not None and len(HALF_KANA.findall(as_cp932)) * 2 < len(_beyond_ascii(as_cp932))
        return bool(JAPANESE.search(as_it)) and not soup
    if name == "shift_jis_2004":
        return bool(JAPANESE.search(as_it))
    return len(ACCENTED.findall(data)) == len(HIGH.findall(data))


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _beyond_ascii(text: str) -> str:
    return "".join(char for char in text if char > "\x7f")


def _strictly(data: bytes, encoding: str, fallen_before: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, max(error.start, fallen_before)) from None


def _real_cp932(data: bytes, text: str) -> str:
    """Python gives five bytes a meaning that Windows never wrote; with one of them the file is something else."""
    at = min((text.find(byte) for byte in NEVER_IN_CP932 if byte in text), default=None)
    if at is not None:
        raise _undecodable(data, len(text[:at].encode("cp932")))
    return text


def _undecodable(data: bytes, at: int) -> Unreadable:
    line = data.count(b"\n", 0, at) + 1
    shown = data[at : at + 2].hex(" ").upper()
    return Unreadable(
        "encoding",
        f"{line}行目に、読み取れない文字があります（文字コード：UTF-8・Shift_JISのいずれでもありません。値：{shown}）。"
        "Excelで開いてその行を直し、「CSV UTF-8（コンマ区切り）」で保存し直してください。",
    )
