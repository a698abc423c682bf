"""What a person's name looks like in Japanese: a frequent family name, and a given name that ends as many do.

It need not find every name. What it finds is asked about: it must not take places, houses and firms for people.
"""

import re

FAMILY = """
佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 斉藤
齋藤 齊藤 清水 山崎 阿部 池田 橋本 山下 石川 中島 前田 藤田 後藤 小川 岡田 村上 長谷川 近藤 石井 坂本 遠藤
青木 藤井 西村 福田 太田 三浦 藤原 岡本 松田 中川 中野 原田 小野 田村 竹内 金子 和田 中山 石田 上田 森田
柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井 高田 藤本 武田 村田 上野 杉山 増田 平野
大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 野村 木下 菊地 菊池 佐野 大西 杉本 新井 浜田 市川 古川 水野
小松 島田 山内 西田 西川 北村 五十嵐 福島 安田 中田 平田 川口 川崎 飯田 岩田 吉川 本田 久保田 沢田 関口
吉村 岩本 秋山 望月 服部 大石 松岡 川上 荒木 田口 黒田 土屋 内藤 平井 荒井 小山 大久保 松下 福井 須藤 石原
田辺 菅原 河野 片山 永井 樋口 早川 熊谷 馬場 浅野 成田 森本 大島 小池 星野 堀内 宮田 飯塚 奥村 天野 矢野
渋谷 小沢 小澤 上村 篠原 白井 広瀬 松村 栗原 児玉 栗田 三宅 川村 青山 大川 西山 横田 富田 小田 石橋 村井
"""
# How given names end, and what a place has where a name goes on.
ENDS = (
    "子美恵香奈代江枝世菜里花音郎男夫雄一二三之介助輔樹也哉人斗平司明弘浩博隆誠健実進"
    "茂清正和幸治義昭勝利孝修豊宏裕真智太亮剛勇久光"
)
PLACES = "県市区町村郡駅丁番川港"
BEFORE = ("担当", "担当者", "代表", "代表者", "責任者", "管理者", "連絡先", "会長", "館長", "園長", "所長", "氏名")
FAMILIES = "|".join(sorted((name for name in FAMILY.split() if len(name) > 1), key=len, reverse=True))
GIVEN = f"(?:[ 　][一-龥々]{{0,2}}[{ENDS}]|(?![{PLACES}])[一-龥々]{{1,2}}[{ENDS}]|[ 　][ぁ-ん]{{2,4}})"
FULL = f"(?:{FAMILIES}){GIVEN}"
BEGINS = re.compile(FAMILIES)
# What makes a person of a family name.
GOES_ON = re.compile(f"(?:{GIVEN}(?:様|さん|氏|殿)?|様|さん|氏)(?![一-龥々ァ-ヶー])")
WITHIN = re.compile("[一-龥々ァ-ヶー]")
# The same in one pattern, for whoever looks through a database.
IN_TEXT = f"(?:^|[^一-龥々ァ-ヶー]|{'|'.join(BEFORE)})(?:{FAMILIES}){GOES_ON.pattern}"


def names_somebody(text: str) -> bool:
    """Inside a sentence, too: where a word ends, or behind what is said of a person."""
    for found in BEGINS.finditer(text):
        at = found.start()
        begins = not at or not WITHIN.match(text, at - 1) or text.endswith(BEFORE, 0, at)
        if begins and GOES_ON.match(text, found.end()):
            return True
    return False
