"""How a name is found by who does not know with which of its characters it is written. Never what is shown."""

import re
import unicodedata

from members.names.order import to_hiragana

# Characters of names of which people type another one; the first of each is what all are looked up as.
VARIANTS = """
高髙 崎﨑嵜碕 吉𠮷 浜濱濵 辺邊邉 斉齊斎齋 島嶋嶌 富冨 徳德悳 真眞 広廣 沢澤 桜櫻 瀬瀨 曽曾 恵惠 国國 関關 蔵藏 桑桒
万萬 与與 亀龜 竜龍 滝瀧 栄榮 薮藪籔 館舘 秋穐 峰峯 静靜 清淸 青靑 豊豐 鶴靏 梅楳 船舩 増增 野埜 柳栁 橋槗 須湏
槙槇 遥遙 会會 学學 宝寶 実實 寿壽 将將 尭堯 巌巖 弥彌 応應 教敎 横橫 県縣 総總 聡聰 薫薰 読讀 郎郞 黒黑 黄黃 歩步
児兒 内內 参參 双雙 団團 塩鹽 奥奧 姫姬 嶽岳 荘莊庄 楽樂 桧檜 満滿 当當 穂穗 稲稻 続續 蛍螢 覚覺 頼賴 礼禮 祢禰
鎮鎭 鴬鶯 鴎鷗 条條 来來 渋澁澀 湾灣 焼燒 円圓 芦蘆 鉄鐵 土圡 晃晄 権權 涼凉 緑綠 芸藝 沖冲
"""
FOLD = {ord(variant): group[0] for group in VARIANTS.split() for variant in group[1:]}
# How each that people type may be written.
WRITTEN = {group[0]: group for group in VARIANTS.split()}
# The same for the database's translate().
RARE, USUAL = "".join(map(chr, FOLD)), "".join(FOLD.values())
# What stands between the parts of a name, and selectors of one form of a kanji.
BETWEEN = re.compile(r"[\s・･·=＝‐\-]|[\ufe00-\ufe0f]|[\U000e0100-\U000e01ef]")


def search_key(*parts: str) -> str:
    """All that somebody may be looked for by, a line each: width, case, katakana and 異体字 make no difference."""
    return "\n".join(filter(None, map(same_to_search, parts)))


def same_to_search(text: str) -> str:
    """高崎 and 髙﨑, ｻﾄｳ and さとう, Nguyen and ＮＧＵＹＥＮ are one and the same to whoever looks for a name."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(character for character in folded if unicodedata.category(character) != "Cf")
    return to_hiragana(BETWEEN.sub("", seen)).translate(FOLD)


def usual(text: str) -> str:
    """Names among other words, each with the character that most people type: 髙﨑 一郎 → 高崎 一郎."""
    return text.translate(FOLD)
