"""The same made-up list of public toilets in every run: 28 columns, about 1.7 mistakes in 10 rows.

As in files of towns every tenth row has a quoted cell, in any column of words: because of a comma, of a quote, or,
in one row of 500, of a line break.
"""

import csv
import random
from collections.abc import Iterator
from io import StringIO

TITLES = """
全国地方公共団体コード ID 地方公共団体名 名称 名称_カナ 名称_英語 所在地_全国地方公共団体コード 町字ID
所在地_連結表記 所在地_都道府県 所在地_市区町村 所在地_町字 所在地_番地以下 設置位置 緯度 経度
男性トイレ総数 男性トイレ数（小便器） 男性トイレ数（和式） 男性トイレ数（洋式） 女性トイレ総数
女性トイレ数（和式） バリアフリートイレ数 車椅子使用者用トイレ有無 乳幼児用設備設置トイレ有無
利用開始時間 利用終了時間 備考
""".split()  # noqa: SIM905  a table reads better than twenty-eight quotes
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
TOWNS = ["本町", "花岡町", "西之一色町", "上岡本町", "国府町広瀬町", "荘川町新渕", "奥飛騨温泉郷栃尾"]
WORDS = [3, 5, 8, 11, 12, 13, 27]
NOTES = ["", "", "", "", "", "", "冬期閉鎖", "改修工事中（令和8年3月まで）"]


def rows(count: int) -> Iterator[list[str]]:
    rng = random.Random(20210518)  # noqa: S311  the same file every time, no secret
    for number in range(1, count + 1):
        row = _row(rng, number)
        if number % 10 == 0:
            _have_quoted(row, number)
        yield row


def _have_quoted(row: list[str], number: int) -> None:
    at = WORDS[number // 10 % len(WORDS)]
    added = "\n別棟" if number % 500 == 0 else ", 別棟" if number % 20 else '"別棟"'
    row[at] = f"{row[at]}{added}"


def _row(rng: random.Random, number: int) -> list[str]:
    town = rng.choice(TOWNS)
    block = f"{rng.randint(1, 3000)}番地{rng.randint(1, 60)}"
    male, female = rng.randint(1, 6), rng.randint(1, 6)
    row = [
        "212032", f"T{number:07}", "岐阜県高山市", f"{town}第{number}公衆トイレ", f"ダイ{number}コウシュウトイレ",
        f"Public Toilet No. {number}", "212032", f"{rng.randint(1, 900):04}-{rng.randint(0, 9):03}",
        f"岐阜県高山市{town}{block}", "岐阜県", "高山市", town, block, rng.choice(["公園内", "駐車場横", "1階"]),
        f"{rng.uniform(35.95, 36.40):.6f}", f"{rng.uniform(136.95, 137.65):.6f}", str(male), str(male - 1), "0",
        str(male), str(female), str(rng.randint(0, 2)), str(rng.randint(0, 2)),
        rng.choice("有無"), rng.choice("有無"), rng.choice(["00:00", "08:30", "09:00"]),
        rng.choice(["17:00", "21:00", "23:59"]), rng.choice(NOTES),
    ]  # fmt: skip
    if rng.random() < 0.17:
        _spoil(rng, row)
    return row


def _spoil(rng: random.Random, row: list[str]) -> None:
    """One of the mistakes that town halls make."""
    match rng.randrange(9):
        case 0:
            row[14] = row[14].translate(WIDE)
        case 1:
            row[14], row[15] = row[15], row[14]
        case 2:
            row[23] = "○"
        case 3:
            row[16] = f"{row[16]}基"
        case 4:
            row[25] = "9:00"
        case 5:
            row[0] = "21203"
        case 6:
            row[3] = ""
        case 7:
            row[20] = row[20].translate(WIDE)
        case 8:
            row[26] = "25:00"


def as_csv(count: int, encoding: str) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(TITLES)
    writer.writerows(rows(count))
    return out.getvalue().encode(encoding)
