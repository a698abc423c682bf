"""An address in another prefecture than the code beside it."""

import re

from tablecheck.cells import END
from tablecheck.relations.sight import Sight
from tablecheck.rules.codes import is_municipality_code
from tablecheck.standards import plain
from tablecheck.table import Column
from tablecheck.vocabulary import Code, Problem, Spot

IN_ORDER = """
北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県
石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県
岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県
"""
PREFECTURES = IN_ORDER.split()
CODES = ("所在地_全国地方公共団体コード", "全国地方公共団体コード", "都道府県コード又は市区町村コード")
ADDRESSES = ("所在地_連結表記", "所在地_都道府県", "都道府県名", "住所", "所在地")


def addresses(sight: Sight) -> None:
    """Each code and each address is looked at once, however often it stands there."""
    code, address = _first(sight, CODES), _first(sight, ADDRESSES)
    if not (code and address):
        return
    home = {number: PREFECTURES[int(number[:2]) - 1] for number in sight.cells(code).values if _is_ours(number)}
    if not home:
        return
    others = "|".join(name for name in PREFECTURES if {*home.values()} != {name})
    elsewhere = set(re.findall(f"{END}((?:{others})[^{END}]*)", END + sight.cells(address).text()))
    numbers = list(sight.cells(code)) if elsewhere else []
    for at, where in sight.cells(address).find(elsewhere):
        its_own = home.get(number := numbers[at])
        if its_own and not where.startswith(its_own):
            said = f"{code.letter}列（{code.header}）の「{number}」は、{its_own}のコードです。確認してください。"
            sight.found[address.index].append(Spot(at, where, Problem(Code.ADDRESS_ELSEWHERE, said)))


def _is_ours(code: str) -> bool:
    return is_municipality_code(code) and 1 <= int(code[:2]) <= len(PREFECTURES)


def _first(sight: Sight, titles: tuple[str, ...]) -> Column | None:
    """The first of these columns in which anything stands; by its field's title, or by its own."""
    known = {plain(match.field.title if match.field else match.column.header): match for match in sight.matches}
    columns = (known[plain(title)].column for title in titles if plain(title) in known)
    return next((column for column in columns if sight.cells(column).filled), None)
