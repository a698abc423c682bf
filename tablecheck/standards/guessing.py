"""What a column without a standard holds, by its title or by what nearly all of its cells look like.

A guess: what it finds is a warning, never an error.
"""

import re
import unicodedata
from functools import cache
from itertools import islice
from typing import NamedTuple

from tablecheck.cells import Cells
from tablecheck.standards.field import Field

# Of so many filled cells, looked for in so many rows, as many fit as make it a column of the kind.
SAMPLE, ROWS, FITTING = 60, 1000, 0.8

CLOCK = "(?:[01]?[0-9]|2[0-9])[:：][0-5][0-9]"
NUMBER = r"[-+]?[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+|[-+]?[0-9０-９]+(?:[.．][0-9０-９]+)?"
PHONE = r"\(?0[0-9]{1,4}\)?[-(－][0-9]{1,4}[-)－][0-9]{3,4}"
ERA = r"(?:明治|大正|昭和|平成|令和|[MTSHR明大昭平令]\.?)(?:元|[0-9]{1,2})"
DAY = rf"[0-9]{{4}}[-/][0-9]{{1,2}}[-/][0-9]{{1,2}}|(?:[0-9]{{4}}|{ERA})[年.][0-9]{{1,2}}[月.][0-9]{{1,2}}日?"
WEEK = "[月火水木金土日曜・、,;；～〜~毎週祝 　-]+"
FIGURE, KANA = "[0-9０-９]", "[ぁ-んァ-ヶｦ-ﾟ]"


class Look(NamedTuple):
    """Titles that speak of it, what its values look like, and what one of them at least must hold for the title
    to be believed. Where `both`, the title alone says little: nearly all values must bear it out.
    """

    name: str
    titles: str
    values: str | None
    sign: str
    both: bool = False


KINDS = {
    "latitude": Look("緯度", "緯度$|^lat(itude)?$|^北緯$", None, FIGURE),
    "longitude": Look("経度", "経度$|^(lon|lng|longitude)$|^東経$", None, FIGURE),
    "phone": Look("電話番号", "(電話|電話番号|tel|fax|fax番号|ファックス番号?|telephonenumber)$", PHONE, FIGURE),
    "postal_code": Look("郵便番号", "郵便番号$|^〒$", "〒?[0-9]{3}[-－][0-9]{4}", FIGURE),
    "uri": Look("URL", "url$|^(ホームページ|ウェブサイト)(アドレス)?$", "https?://.+", "[.．]"),
    "email": Look("メールアドレス", "(e?-?mail|メール|メールアドレス)$", r"[!-~]+@[!-~]+\.[!-~]+", "[@＠]"),
    "municipality_code": Look(
        "全国地方公共団体コード", "(地方公共団体|市区町村|市町村|自治体)コ.ド$", None, FIGURE
    ),
    "corporate_number": Look("法人番号", "^法人番号$", "[1-9][0-9]{12}", FIGURE),
    "time": Look("時刻", "(開始|終了|開館|閉館|開店|閉店|始業|終業)(時間|時刻)$", None, FIGURE),
    "clock": Look("時刻", "^$", CLOCK, FIGURE),
    "date": Look("日付", "年月日$|日付$|(開始|終了|設置|更新|登録|指定|開設|許可|届出)日$", DAY, FIGURE),
    "weekdays": Look("曜日", "曜日$", WEEK, "[月火水木金土日]", both=True),
    "kana": Look("カナ", "(カナ|カナ表記|フリガナ)$", None, KANA),
    "spelling": Look("読み", "(かな|ふりがな|よみがな|読み仮名|読み)$", None, KANA),
    "number": Look(
        "数値",
        "(人数|面積|金額|定員|人員|台数|席数|床数|戸数|世帯数|人口|棟数|員数|件数)$",
        NUMBER,
        FIGURE,
        both=True,
    ),
}
# Text in the standards, and a number all the same.
COUNTED = re.compile("定員$|病床数$|^員数|収容人数$")


@cache
def by_title(title: str) -> str | None:
    """The kind of which a title speaks; what stands in brackets behind it is no part of it."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", title)).lower()
    text = re.sub(r"\([^()]*\)$", "", text) or text
    return next((name for name, kind in KINDS.items() if re.search(kind.titles, text)), None)


def guess(title: str, cells: Cells, standard: Field | None = None) -> Field | None:
    """The field that a column probably is; `standard` is what it is by its standard."""
    if standard is not None and not (standard.kind == "text" and COUNTED.search(standard.title)):
        return None
    values = (cells[at].strip() for at in range(min(len(cells), ROWS)))
    sample = list(islice(filter(None, values), SAMPLE))
    named = by_title(title)
    if named and _bears_out(KINDS[named], sample):
        return _field(named)
    looks = (name for name, kind in KINDS.items() if kind.values and not kind.both and _fits(kind.values, sample))
    found = next(looks, None)
    return _field(found) if found else None


def _field(name: str) -> Field:
    return Field(name="", title=KINDS[name].name, kind=name)


def _bears_out(kind: Look, sample: list[str]) -> bool:
    if kind.both:
        return _fits(str(kind.values), sample)
    return any(re.search(kind.sign, value) for value in sample)


def _fits(shape: str, sample: list[str]) -> bool:
    fits = re.compile(shape, re.ASCII).fullmatch
    return bool(sample) and sum(bool(fits(value)) for value in sample) >= FITTING * len(sample)
