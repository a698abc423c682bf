"""見本市: its sections in 建制順 and its people. Every name is plainly made up."""

from typing import Any, NamedTuple

MUNICIPALITY: dict[str, Any] = {
    "name": "見本市",
    "prefecture": "見本県",
    "code": "999997",
    "self_word": "本市",
    "portal_name": "部会・審議会ポータル",
    "bodies_word": "部会・審議会",
    "main_phone": "0000-00-0000",
    "contact_section": "行政経営課",
    "contact_phone": "内線 2345",
    "contact_email": "gyosei@mihon.example.jp",
}
GROUP_WORDS: dict[str, Any] = {
    "body_word": "部会",
    "member_word": "部会メンバー",
    "expert_word": "外部有識者",
    "chair_word": "部会長",
    "vice_chair_word": "副部会長",
    "acting_word": "職務代理者",
}

# 部局 and what stands below them; the board of education has a 総務課 of its own.
ORGANISATION = {
    "行政経営本部": ["行政経営課"],
    "総務部": ["総務課", "財政課", "税務課"],
    "市民部": ["市民課", "環境課"],
    "福祉部": ["福祉課", "子育て支援課", "健康課"],
    "産業部": ["農政課", "商工観光課"],
    "基盤整備部": ["建設課", "都市計画課", "上下水道課"],
    "教育委員会": ["総務課", "学校教育課", "図書館"],
    "消防本部": ["消防総務課"],
}
TITLES = ["部長", "課長", "係長", "主査", "主任", "主任保育士", "消防士長", "主事", "技師", "保健師", "司書"]


class Person(NamedTuple):
    family: str
    given: str
    family_kana: str
    given_kana: str
    department: str
    job_title: str
    login: str
    # 旧姓: the family name somebody works under, and its reading.
    shown_family: str = ""
    shown_family_kana: str = ""


# The first, a section chief, is a counted member, the chair, a presenter and runs the desk, all at once.
NAMES = """
見本 一郎 みほん いちろう 行政経営課 課長 chief
仮野 花子 かりの はなこ 市民課 主査 hanako
例田 次郎 れいだ じろう 総務課 主任 jiro
試山 三郎 ためしやま さぶろう 総務課 主事 saburo
模木 四郎 もぎ しろう 財政課 主査 shiro
架空 五月 かくう さつき 財政課 主事 satsuki
見本 睦美 みほん むつみ 税務課 主任 mutsumi
仮野 七海 かりの ななみ 税務課 主事 nanami
例田 八重 れいだ やえ 市民課 主事 yae
試山 九美 ためしやま くみ 環境課 主査 kumi
模木 十和 もぎ とわ 環境課 主事 towa
架空 一花 かくう いちか 福祉課 主任 ichika
見本 二葉 みほん ふたば 福祉課 主事 futaba
仮野 三奈 かりの みな 子育て支援課 主査 mina
例田 四季 れいだ しき 子育て支援課 主任保育士 shiki
試山 五郎 ためしやま ごろう 健康課 保健師 goro
模木 六花 もぎ りっか 農政課 主任 rikka 例沢 れいざわ
架空 七生 かくう ななお 農政課 主事 nanao
見本 八雲 みほん やくも 商工観光課 主査 yakumo
仮野 九郎 かりの くろう 商工観光課 主事 kuro
SAMPLE TOM サンプル トム 建設課 技師 tomu
試山 千春 ためしやま ちはる 都市計画課 主任 chiharu
模木 万里 もぎ まり 上下水道課 技師 mari
架空 億人 かくう おくと 学校教育課 主事 okuto
見本 京子 みほん きょうこ 図書館 司書 kyoko
仮野 百合 かりの ゆり 消防総務課 消防士長 yuri
"""
STAFF = [Person(*line.split()) for line in NAMES.split("\n") if line]

EXPERTS = [
    Person("例示", "太郎", "れいじ", "たろう", "株式会社サンプル", "代表取締役", "taro"),
    Person("仮名", "花", "かめい", "はな", "一般社団法人かりそめ", "理事", "hana"),
    Person("想定", "学", "そうてい", "まなぶ", "見本大学", "准教授", "manabu"),
]

# Runs the desk and is not counted.
SECRETARIAT = Person("事務", "局子", "じむ", "きょくこ", "行政経営課", "主任", "desk")
# Uploads data sets; in no group.
CLERK = Person("台帳", "守", "だいちょう", "まもる", "環境課", "主事", "clerk")
ADMINISTRATOR = Person("管理", "人志", "かんり", "ひとし", "総務課", "係長", "admin")
