"""Names, from whoever types them to wherever they stand. Kanji that look alike are told apart by their numbers:
髙 U+9AD9, 﨑 U+FA11, 𠮷 U+20BB7, 塚 U+FA10, 辻 with a selector of its form."""

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from members import names
from members.actions import people
from members.models import User
from tests import builders

TALL_TAKA, SAKI, TSUCHI_YOSHI, DOTTED_TSUKA = "\u9ad9", "\ufa11", "\U00020bb7", "\ufa10"
TSUJI = "辻\U000e0100"


# How they are written


@pytest.mark.parametrize(
    ("family", "given", "full", "roster"),
    [
        ("田口", "喜大", "田口喜大", "田口　喜大"),
        ("NGUYEN", "VAN AN", "NGUYEN VAN AN", "NGUYEN　VAN AN"),
        ("グエン", "ヴァン・アン", "グエン ヴァン・アン", "グエン　ヴァン・アン"),
        ("スミス", "花子", "スミス花子", "スミス　花子"),
        ("佐々", "マリア", "佐々マリア", "佐々　マリア"),
        ("佐藤", "Maria", "佐藤 Maria", "佐藤　Maria"),
        (TSUJI, "花", f"{TSUJI}花", f"{TSUJI}　花"),
        ("スハルト", "", "スハルト", "スハルト"),
        ("長" * 48, "名" * 48, "長" * 48 + "名" * 48, "長" * 48 + "　" + "名" * 48),
    ],
)
def test_a_name_is_written_without_a_space_only_where_one_sees_where_the_given_name_begins(
    family, given, full, roster
):
    person = User(family_name=family, given_name=given)
    assert (names.full(person), names.roster(person)) == (full, roster)
    assert names.spaced(person) == f"{family} {given}".strip()


@pytest.mark.parametrize(
    ("department", "title", "said"),
    [
        ("行政経営課", "課長", "行政経営課長"),
        ("財務課", "課長補佐", "財務課長補佐"),
        ("財務課", "課長代理", "財務課長代理"),
        ("総務部", "部次長", "総務部次長"),
        ("総務課", "課付", "総務課付"),
        ("図書館", "館長", "図書館長"),
        ("税務課", "課税係長", "税務課課税係長"),
        ("教育委員会", "会計年度任用職員", "教育委員会会計年度任用職員"),
        ("審議会", "会長", "審議会会長"),
        ("株式会社", "社長", "株式会社社長"),
        ("市民課", "主査", "市民課主査"),
        ("市民課", "", "市民課"),
        ("", "代表取締役", "代表取締役"),
    ],
)
def test_a_title_keeps_its_characters_but_for_the_one_that_a_section_shares_with_its_head(department, title, said):
    assert names.with_title(department, title) == said


def test_who_comes_from_outside_is_called_sama(sato, tanaka, abe, member, expert, group):
    assert [person.with_honorific for person in (sato, tanaka, abe)] == [
        "佐藤 花子さん",
        "田中 三郎様",
        "阿部 五郎さん",
    ]
    people = group.memberships.current().in_roster_order()
    assert [person.with_honorific for person in people] == ["佐藤 花子さん", "田中 三郎様"]
    assert [person.with_honorific for person in (member, expert)] == ["佐藤 花子さん", "田中 三郎様"]


def test_a_member_who_sits_in_no_section_is_from_outside_too(group, citizens_section):
    of = {"A": {"department": citizens_section}, "B": {}}
    for family, post in of.items():
        builders.make_membership(group=group, user=builders.make_user(family=family, given=""), **post)
    people = group.memberships.current().in_roster_order()
    assert sorted(person.addressed for person in people) == ["B 様", "市民課 A さん"]


# 旧姓・通称


@pytest.fixture
def married(sato, abe):
    """Sato married, is registered as 鈴木 and works as 佐藤."""
    new = {"family_name": "鈴木", "family_kana": "すずき"}
    shown = {"display_family_name": "佐藤", "display_family_kana": "さとう"}
    return people.edit_person(person=sato, by=Actor(abe), seen=sato.version, **new, **shown)


def test_who_works_under_another_name_is_named_read_and_sorted_by_it(married, abe, tanaka):
    in_order = [person.kana for person in User.objects.in_kana_order()]
    assert (names.full(married), married.kana, str(married)) == ("佐藤花子", "さとう はなこ", "佐藤 花子")
    assert in_order == ["あべ ごろう", "さとう はなこ", "たなか さぶろう"]
    assert (married.registered_name, tanaka.registered_name) == ("鈴木 花子", "")


@pytest.mark.parametrize("asked", ["佐藤", "さとう", "サトウ はなこ", "鈴木", "すずき", "鈴木花子", "佐藤花子"])
def test_who_works_under_another_name_is_found_by_both(married, abe, asked):
    assert list(User.objects.matching(asked)) == [married]


def test_a_whole_other_name_has_a_reading_of_its_own():
    shown = {"display_family_name": "山田", "display_family_kana": "やまだ"}
    shown |= {"display_given_name": "太郎", "display_given_kana": "たろう"}
    person = User(family_name="NGUYEN", given_name="VAN AN", family_kana="グエン", given_kana="ヴァン", **shown)
    assert (names.full(person), person.kana) == ("山田太郎", "やまだ たろう")


@pytest.mark.parametrize(
    ("fields", "where", "sentence"),
    [
        (
            {"display_family_name": "旧田"},
            "display_family_kana",
            "旧姓・通称を使用するときは、その姓のふりがなも入力してください。",
        ),
        (
            {"display_given_name": "花"},
            "display_given_kana",
            "通称を使用するときは、その名のふりがなも入力してください。",
        ),
        (
            {"display_given_kana": "はな"},
            "display_given_name",
            "ふりがなだけが入力されています。氏名も入力してください。",
        ),
    ],
)
def test_a_shown_name_has_its_reading_and_a_reading_its_name(sato, abe, fields, where, sentence):
    with pytest.raises(ValidationError) as refusal:
        people.edit_person(person=sato, by=Actor(abe), seen=sato.version, **fields)
    assert refusal.value.message_dict == {where: [sentence]}


# In what order


def in_order(*readings):
    """Each is a family name, or that and a given name."""

    def key(reading):
        family, _, given = reading.partition(" ")
        return names.sort_key(family, given)

    return sorted(readings, key=key)


@pytest.mark.parametrize(
    "readings",
    [
        ["おーの", "おおの", "おおば", "おの"],
        ["はは", "はば", "ばば", "ぱぱ", "はん", "ばん"],
        ["ひゅうが", "ひゆうが"],
        ["さとう いちろう", "さとう はなこ", "さとうだ あい"],
        ["かがみ", "カガミ", "かかみだ"],
        ["かか\u3099み", "かがみだ"],
        ["がいじ", "か\u3099ま"],
        ["ｶﾄｳ", "がとう", "かな"],
        ["アン", "ヴァン", "グエン", "さとう", "わだ"],
        ["みすゞ", "みすず", "みせ"],
    ],
    ids=" ".join,
)
def test_names_stand_in_the_order_of_jis_x_4061(readings):
    assert in_order(*reversed(readings)) == readings


def test_the_database_sorts_by_the_same_key(db):
    for reading in ("ばん", "はん", "ぱぱ", "ばば", "はば", "はは"):
        builders.make_user(family="試", given="", kana=(reading, ""))
    found = User.objects.in_kana_order().values_list("family_kana", flat=True)
    assert list(found) == ["はは", "はば", "ばば", "ぱぱ", "はん", "ばん"]


# How they are found


@pytest.mark.parametrize(
    ("family", "asked"),
    [
        (f"{TALL_TAKA}{SAKI}", "高崎"),
        ("高崎", f"{TALL_TAKA}{SAKI}"),
        (f"{TSUCHI_YOSHI}田", "吉田"),
        ("渡邉", "渡辺"),
        ("渡邊", "渡邉"),
        (f"{DOTTED_TSUKA}本", "塚本"),
        (TSUJI, "辻"),
        ("齋藤", "斎藤"),
        ("NGUYEN", "nguyen"),
        ("NGUYEN", "Ｎｇｕｙｅｎ"),
        ("グエン・ヴァン", "ぐえんヴァン"),
        ("佐藤", "佐\u200b藤"),
    ],
)
def test_a_name_is_found_by_who_types_another_of_its_characters(sato, family, asked):
    wanted = builders.make_user(family=family, given="一", kana=("よみ", "いち"))
    assert wanted in User.objects.matching(asked)
    assert User.objects.matching(asked).exclude(family_name__in=(family, "佐藤")).count() == 0


@pytest.mark.parametrize("asked", ["やまだ", "ヤマダ", "ﾔﾏﾀﾞ", "やまた\u3099"])
def test_a_reading_is_found_in_any_width_and_script(db, asked):
    wanted = builders.make_user(family="山田", kana=("やまた\u3099", "いち"))
    assert list(User.objects.matching(asked)) == [wanted]


def test_other_names_are_not_found():
    assert names.same_to_search("高橋") != names.same_to_search("高崎")
    assert names.same_to_search("太田") != names.same_to_search("大田")


# What is taken


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (f"{TALL_TAKA}{SAKI}", f"{TALL_TAKA}{SAKI}"),
        (f"{TSUCHI_YOSHI}田", f"{TSUCHI_YOSHI}田"),
        (f"{DOTTED_TSUKA}本", f"{DOTTED_TSUKA}本"),
        (TSUJI, TSUJI),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("か\u3099", "が"),
        ("　VAN　 AN\t", "VAN AN"),
        ("O'Neill-Smith", "O'Neill-Smith"),
        ("\ue000田", "\ue000田"),
    ],
)
def test_d20_a_name_is_stored_composed_and_with_the_kanji_that_were_typed(typed, stored):
    assert names.name_as_stored(typed) == stored


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u200d", "\ufeff", "\u2066", "\x07", "\u3164", "\uffff"])
def test_a_character_that_nobody_sees_is_refused_by_its_number(sign):
    with pytest.raises(ValidationError) as refusal:
        names.name_as_stored(f"見{sign}本")
    assert refusal.value.messages == [
        f"目に見えない文字（U+{ord(sign):04X}）が入っています。欄を空にして、入力し直してください。"
    ]


@pytest.mark.parametrize("typed", ["\u0301見本", "\u3099見本", "見" + "\u0336" * 4])
def test_marks_that_belong_to_no_letter_are_refused(typed):
    with pytest.raises(ValidationError, match="文字に重ねる記号だけが入っています"):
        names.name_as_stored(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("やまだ", "やまだ"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
        ("か\u3099い", "がい"),
        ("グエン　ヴァン・アン", "グエン ヴァン・アン"),
        ("おーの", "おーの"),
        ("ｵｰﾉ", "オーノ"),
        ("ヴァイオラ", "ヴァイオラ"),
        ("", ""),
    ],
)
def test_a_reading_is_kana_of_full_width(typed, stored):
    assert names.reading_as_stored(typed) == stored


@pytest.mark.parametrize(
    ("typed", "other"), [("山田", "山"), ("やまだ漢字", "漢"), ("NGUYEN", "N"), ("やまだ1", "1"), ("おｰの-", "-")]
)
def test_a_reading_of_other_characters_is_refused_with_the_first_of_them(typed, other):
    with pytest.raises(ValidationError) as refusal:
        names.reading_as_stored(typed)
    assert refusal.value.messages == [
        f"ふりがなは、ひらがなかカタカナで入力してください（「{other}」は使えません）。"
    ]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (f"{TALL_TAKA}{SAKI}{TSUCHI_YOSHI}{TSUJI}", []),
        ("\ue000田", ["氏名に外字が入っています。外字は他の端末では表示されません。"]),
        ("花🍊", ["氏名に、文字ではない記号（🍊）が入っています。"]),
    ],
)
def test_what_other_machines_cannot_show_is_asked_about(name, asked):
    assert list(names.doubts(name)) == asked


def test_whatever_way_a_name_comes_it_is_judged_and_stored_the_same(abe):
    """Without a form: a command, a list."""
    new = {"by": Actor(abe), "family_name": "か\u3099 ", "family_kana": "ｶﾞ"}
    person = people.add_person(**new)
    assert (person.family_name, person.family_kana) == ("が", "ガ")
    with pytest.raises(ValidationError) as refusal:
        people.add_person(**new | {"given_name": "\u202e", "given_kana": "kana"})
    assert sorted(refusal.value.message_dict) == ["given_kana", "given_name"]


# Of whom there are two


@pytest.mark.parametrize(
    ("family", "kana", "is_one"),
    [
        ("高橋", "たかはし", True),
        (f"{TALL_TAKA}橋", "タカハシ", True),
        ("高橋", "たかばし", False),
        ("高端", "たかはし", False),
    ],
)
def test_a_namesake_is_called_and_read_the_same(db, family, kana, is_one):
    known = builders.make_user(family="高橋", given="一", kana=("たかはし", "はじめ"))
    new = User(family_name=family, given_name="一", family_kana=kana, given_kana="はじめ")
    assert User.objects.namesakes(new) == [known] * is_one


def test_nobody_is_a_namesake_of_oneself(sato):
    assert User.objects.namesakes(sato) == []


def test_a_namesake_may_be_one_by_the_name_that_is_shown(married):
    new = User(family_name="佐藤", given_name="花子", family_kana="さとう", given_kana="はなこ")
    assert User.objects.namesakes(new) == [married]


# On the pages


@pytest.mark.parametrize(
    "page", ["/manage/people/?q=鈴木", "/groups/dx-now/desk/members/choose/?q=鈴木"], ids=["people", "desk"]
)
def test_a_list_to_choose_from_tells_by_which_name_somebody_is_registered(as_, married, abe, group, page):
    builders.make_grant(group=group, user=abe)
    shown = as_(abe).get(page).content.decode()
    assert "登録上の氏名：鈴木 花子" in shown
    assert shown.index("佐藤 花子") < shown.index("登録上の氏名：鈴木 花子")


def test_a_roster_shows_the_name_and_reading_that_somebody_works_under_and_no_other(as_, married, tanaka):
    shown = as_(tanaka).get("/groups/dx-now/members/").content.decode()
    assert ("佐藤 花子" in shown, "さとう はなこ" in shown) == (True, True)
    assert ("鈴木" in shown, "すずき" in shown) == (False, False)


@pytest.mark.parametrize("word", ["鈴木", "すずき", "スズキ"])
def test_a_roster_does_not_find_by_the_name_that_it_does_not_show(as_, married, tanaka, abe, group, word):
    builders.make_grant(group=group, user=abe)
    reads, runs = "/groups/dx-now/members/", "/groups/dx-now/desk/members/"
    found = [len(as_(who).get(page, {"q": word}).context["page"]) for who, page in ((tanaka, reads), (abe, runs))]
    assert found == [0, 1]


@pytest.mark.parametrize("word", ["高崎", "髙﨑", "高﨑一郎", "高崎 一郎", "ﾀｶｻｷ", "たかさきいちろう"])
def test_a_roster_finds_a_name_whichever_of_its_characters_are_typed(as_, tanaka, abe, group, word):
    builders.make_grant(group=group, user=abe)
    user = builders.make_user(family="髙﨑", given="一郎", kana=("たかさき", "いちろう"))
    builders.make_membership(group=group, user=user)
    reads, runs = "/groups/dx-now/members/", "/groups/dx-now/desk/members/"
    found = [list(as_(who).get(page, {"q": word}).context["page"]) for who, page in ((tanaka, reads), (abe, runs))]
    assert [[str(line) for line in lines] for lines in found] == [["髙﨑 一郎"], ["髙﨑 一郎"]]


@pytest.mark.parametrize("word", ["佐藤", "さとう", "サトウ", "花子", "はなこ"])
def test_a_roster_finds_by_the_name_that_it_shows(as_, married, tanaka, word):
    assert len(as_(tanaka).get("/groups/dx-now/members/", {"q": word}).context["page"]) == 1


def test_d21_a_page_asks_about_a_namesake_and_keeps_what_was_typed(as_, abe, sato):
    typed = {"family_name": "佐藤", "given_name": "花子", "family_kana": "さとう", "given_kana": "はなこ"}
    typed |= {"channel": "paper", "posted_from": "2026-04-01"}
    page = as_(abe).post("/manage/people/add/", typed)
    shown = page.content.decode()
    assert "<title>確認：職員等の登録" in shown.replace("\n", "")
    assert "このままでよければ、もう一度「登録する」を押してください。" in shown
    assert User.objects.filter(family_name="佐藤").count() == 1
    again = as_(abe).post("/manage/people/add/", {**typed, "meant": page.context["form"].data["meant"]})
    assert (again.status_code, User.objects.filter(family_name="佐藤").count()) == (302, 2)
