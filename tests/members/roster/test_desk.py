"""A desk brings a list: who is who, what becomes of each, and what stays the administrator's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.audit.models import Event
from members.models import User
from members.states import Category
from tests import builders
from tests.members.roster.kit import ICHIRO, NITTA, SATO, bring, decide, kinds, line, plan, register

pytestmark = pytest.mark.django_db
APRIL = "2026-04-01"


@pytest.fixture(autouse=True)
def _sections(citizens_section, environment_section):
    pass


def at_the_desk(suzuki, group, *rows, **options):
    return bring(*rows, by=suzuki, group=group, **options)


def registered(suzuki, group, *rows, **options):
    return register(*rows, by=suzuki, group=group, **options)


def roster_of(group, day=None):
    people = group.memberships.on(day or timezone.localdate()).in_roster_order()
    return [(str(person.user), person.post, person.category) for person in people]


# What becomes of each


def test_who_is_in_no_register_yet_is_added_with_the_groups_word_and_from_its_years_first_day(suzuki, group):
    roster = at_the_desk(suzuki, group, ICHIRO)
    assert kinds(roster) == [("髙﨑 一郎", "add")]
    assert line(roster).changes == [
        ["ふりがな", "", "たかさき いちろう"],
        ["職員番号", "", "101"],
        ["区分", "", "部会メンバー"],
        ["所属", "", "市民課"],
        ["職名", "", "主事"],
        ["開始日", "", "令和8年4月1日（水）"],
    ]


def test_what_was_shown_is_what_is_there_afterwards(suzuki, group):
    registered(suzuki, group, ICHIRO, NITTA)
    assert roster_of(group) == [
        ("髙﨑 一郎", "市民課 主事", Category.MEMBER),
        ("新田 二葉", "環境課 主任", Category.MEMBER),
    ]
    ichiro = User.objects.get(employee_number="101")
    assert (ichiro.kana, ichiro.email, ichiro.has_usable_password()) == ("たかさき いちろう", None, False)
    assert User.objects.matching("高崎 いちろう").get() == ichiro
    assert [str(term.valid_from) for term in ichiro.memberships.get().terms.all()] == [APRIL]


def test_the_same_list_a_second_time_changes_nothing(suzuki, group, sato):
    registered(suzuki, group, ICHIRO, NITTA, SATO)
    again = at_the_desk(suzuki, group, ICHIRO, NITTA, SATO)
    assert kinds(again) == [("髙﨑 一郎", "same"), ("新田 二葉", "same"), ("佐藤 花子", "same")]


def test_who_is_in_another_section_now_moves_from_the_day_of_the_moves(suzuki, group, sato):
    roster = at_the_desk(suzuki, group, [*SATO[:3], "環境課", "係長"], moved_on="2026-12-01")
    # Nobody is taken for somebody else because of a name: the section is another.
    assert (kinds(roster), line(roster).question) == (
        [("佐藤 花子", "ask")],
        "同じ氏名の方が登録されています。同じ方ですか。",
    )
    decide(roster, suzuki, answers={"2": str(sato.pk)})
    roster.refresh_from_db()
    assert (kinds(roster), line(roster).changes[1:]) == (
        [("佐藤 花子", "move")],
        [["所属", "市民課", "環境課"], ["職名", "主査", "係長"], ["開始日", "", "令和8年12月1日（火）"]],
    )


def test_a_move_ends_the_term_before_on_the_eve(suzuki, group, sato):
    User.objects.filter(pk=sato.pk).update(employee_number="103")
    registered(suzuki, group, [*SATO[:3], "環境課", "主査"], moved_on="2026-12-01")
    terms = sato.memberships.get().terms.order_by("valid_from")
    assert [(str(term.department), str(term.valid_from), str(term.valid_to)) for term in terms] == [
        ("市民課", "2020-04-01", "2026-11-30"),
        ("環境課", "2026-12-01", "None"),
    ]


def test_a_term_that_begins_on_that_day_is_put_right_and_never_ends_before_it_begins(suzuki, group, sato):
    User.objects.filter(pk=sato.pk).update(employee_number="103")
    sato.memberships.get().terms.update(valid_from="2026-12-01")
    registered(suzuki, group, [*SATO[:3], "環境課", "主査"], moved_on="2026-12-01")
    assert [(str(term.department), str(term.valid_from)) for term in sato.memberships.get().terms.all()] == [
        ("環境課", "2026-12-01")
    ]


def test_nobody_leaves_because_a_list_does_not_name_them(suzuki, group, sato):
    assert kinds(at_the_desk(suzuki, group, ICHIRO)) == [("髙﨑 一郎", "add")]


def test_who_is_not_on_a_complete_list_leaves_on_the_eve_and_so_does_the_office(suzuki, group, sato, member):
    office = member.office_terms.create(group=group, office="chair", valid_from=builders.LONG_AGO)
    roster = registered(suzuki, group, ICHIRO, complete=True, moved_on="2026-12-01")
    assert kinds(roster) == [("髙﨑 一郎", "add"), ("佐藤 花子", "leave")]
    office.refresh_from_db()
    assert (str(member.terms.get().valid_to), str(office.valid_to)) == ("2026-11-30", "2026-11-30")


def test_while_a_row_is_open_nobody_is_said_to_leave(suzuki, group, sato):
    roster = at_the_desk(suzuki, group, [*ICHIRO[:2], "", *ICHIRO[3:]], complete=True)
    assert kinds(roster) == [("髙﨑 一郎", "ask")]
    assert plan(roster).notes == ["確認が必要な行があるため、名簿にない方の退任は、まだ計算していません。"]


# Who is who


def test_a_number_is_the_person_whatever_else_the_list_says(suzuki, group, sato):
    User.objects.filter(pk=sato.pk).update(employee_number="103")
    roster = at_the_desk(suzuki, group, ["103", "佐藤 華子", "さとう はなこ", "市民課", "主査"])
    assert (kinds(roster), line(roster).person) == ([("佐藤 華子", "same")], sato.pk)
    assert line(roster).notes == ["名は登録と異なりますが、変更しません。システム管理者が変更できます。"]


def test_a_login_address_is_the_person_if_the_name_is_theirs(suzuki, group, sato):
    titles = ["氏名", "ふりがな", "課", "職名", "メール"]
    own = ["佐藤 花子", "さとう はなこ", "市民課", "主査", "SATO@example.jp"]
    assert kinds(at_the_desk(suzuki, group, own, titles=titles)) == [("佐藤 花子", "same")]
    roster = at_the_desk(suzuki, group, ["田中 一", "たなか はじめ", *own[2:]], titles=titles)
    assert (kinds(roster), line(roster).question) == (
        [("田中 一", "ask")],
        "「sato@example.jp」は、登録済みの佐藤 花子さんのログイン用メールアドレスです。同じ方ですか。",
    )


def test_name_and_reading_in_the_same_section_are_the_person_and_the_number_is_filled_in(suzuki, group, sato):
    roster = registered(suzuki, group, SATO)
    sato.refresh_from_db()
    assert (kinds(roster), sato.employee_number) == ([("佐藤 花子", "change")], "103")


def test_two_numbers_are_two_people_and_the_twin_is_told(suzuki, group, sato):
    User.objects.filter(pk=sato.pk).update(employee_number="999")
    roster = at_the_desk(suzuki, group, SATO)
    assert (kinds(roster), line(roster).notes) == (
        [("佐藤 花子", "add")],
        ["氏名とふりがなが同じ方が、ほかに登録されています（市民課）。"],
    )


def test_twins_on_one_list_without_numbers_are_asked_about_once(suzuki, group):
    twins = ["", *ICHIRO[1:]], ["", *ICHIRO[1:3], "環境課", "主事"]
    roster = at_the_desk(suzuki, group, *twins)
    assert kinds(roster) == [("髙﨑 一郎", "ask"), ("髙﨑 一郎", "ask")]
    assert line(roster).question == "3行目にも、氏名とふりがなが同じ方がいます。別の方ですか。"
    roster = decide(roster, suzuki, answers={"2": "use", "3": "use"})
    assert kinds(roster) == [("髙﨑 一郎", "add"), ("髙﨑 一郎", "add")]


def test_a_person_twice_with_different_addresses_is_asked_about_and_only_one_row_is_taken(suzuki, group):
    titles = ["職員番号", "氏名", "ふりがな", "メール"]
    rows = [["101", "髙﨑 一郎", "たかさき いちろう", mail] for mail in ("a@example.jp", "b@example.jp")]
    roster = at_the_desk(suzuki, group, *rows, titles=titles)
    assert [found.question for found in plan(roster).lines] == [
        "3行目も同じ方で、内容が異なります。どちらを登録しますか。",
        "2行目も同じ方で、内容が異なります。どちらを登録しますか。",
    ]
    roster = decide(roster, suzuki, answers={"3": "use"})
    assert kinds(roster) == [("髙﨑 一郎", "same"), ("髙﨑 一郎", "add")]
    assert line(roster, 1).fields["email"] == "b@example.jp"


def test_a_row_that_stands_there_twice_is_one_person(suzuki, group):
    roster = at_the_desk(suzuki, group, ICHIRO, ICHIRO)
    assert (kinds(roster), line(roster, 1).notes) == (
        [("髙﨑 一郎", "add"), ("髙﨑 一郎", "same")],
        ["2行目と同じ内容です。"],
    )


def test_somebody_whom_the_administrator_has_stopped_is_not_brought_back(suzuki, group, sato):
    User.objects.filter(pk=sato.pk).update(employee_number="103", is_active=False)
    roster = at_the_desk(suzuki, group, SATO)
    assert line(roster).question == "利用を停止している方です。システム管理者に確認してください。"


# What a desk may not do


def test_a_desk_changes_no_login_address_and_leads_no_email_elsewhere(suzuki, group, sato):
    User.objects.filter(pk=sato.pk).update(employee_number="103", email=None)
    titles = ["職員番号", "氏名", "ふりがな", "課", "職名", "メール", "内線"]
    registered(suzuki, group, [*SATO, "evil@example.com", "2345"], titles=titles)
    sato.refresh_from_db()
    assert (sato.email, sato.delivery_email, sato.phone) == (None, "", "2345")


def test_an_address_of_several_people_is_nobodys_login(suzuki, group):
    titles = ["職員番号", "氏名", "ふりがな", "メール"]
    rows = [[n, f"{name} 一", "な はじめ", "hoiku@example.jp"] for n, name in (("1", "甲"), ("2", "乙"))]
    registered(suzuki, group, *rows, titles=titles)
    people = User.objects.filter(delivery_email="hoiku@example.jp")
    assert [person.email for person in people] == [None, None]


def test_a_section_that_nobody_knows_is_chosen_or_left_open_and_never_made_at_the_desk(suzuki, group):
    roster = at_the_desk(suzuki, group, [*ICHIRO[:3], "未来課", "主事"])
    assert (line(roster).question, plan(roster).unknown) == (
        "「未来課」は登録されていない組織です。「所属の対応」で選択してください。",
        [["未来課", "未来課"]],
    )
    assert kinds(decide(roster, suzuki, sections={"未来課": "open"})) == [("髙﨑 一郎", "add")]


def test_of_two_sections_of_one_name_the_one_above_tells_which(suzuki, group, citizens_section):
    bureau = builders.make_department(name="教育委員会", level="bureau", order=90)
    builders.make_department(name="市民課", parent=bureau, order=91, given_label="教育委員会市民課")
    titles = ["職員番号", "氏名", "ふりがな", "部", "課"]
    roster = at_the_desk(suzuki, group, ["1", "甲 一", "こう はじめ", "教育委員会", "市民課"], titles=titles)
    assert ["所属", "", "教育委員会市民課"] in line(roster).changes
    roster = at_the_desk(suzuki, group, ICHIRO)
    assert line(roster).question == "「市民課」に当たる組織が複数あります。「所属の対応」で選択してください。"


def test_a_section_that_ends_on_the_day_it_begins_is_there_on_that_day_alone(suzuki, group):
    builders.make_department(name="一日課", valid_from="2026-04-01", valid_to="2026-04-01")
    row = [*ICHIRO[:3], "一日課", "主事"]
    assert kinds(at_the_desk(suzuki, group, row)) == [("髙﨑 一郎", "add")]
    roster = at_the_desk(suzuki, group, row, valid_from="2026-04-02")
    assert line(roster).question == "「一日課」は、令和8年4月2日（木）の時点では存在しない組織です。"


# Categories and people from outside


def test_the_groups_own_word_of_a_category_counts_and_another_is_asked(suzuki, group):
    titles = ["氏名", "ふりがな", "区分", "所属団体", "役職"]
    expert = ["例示 太郎", "れいじ たろう", "外部有識者", "見本大学", "准教授"]
    registered(suzuki, group, expert, titles=titles)
    assert roster_of(group) == [("例示 太郎", "見本大学 准教授", Category.EXPERT)]
    roster = at_the_desk(suzuki, group, ["想定 学", "そうてい まなぶ", "会員", "", ""], titles=titles)
    assert line(roster).question == "区分「会員」は、この会議体の区分にありません。"


def test_where_somebody_from_outside_is_from_is_taken_from_another_group(suzuki, group, tanaka):
    elsewhere = builders.make_membership(
        group=builders.make_group(), user=tanaka, category=Category.EXPERT, job_title="理事"
    )
    elsewhere.terms.update(affiliation="一般社団法人かりそめ")
    tanaka.memberships.get(group=group).terms.all().delete()
    titles = ["氏名", "ふりがな", "メール", "区分"]
    row = ["田中 三郎", "たなか さぶろう", "tanaka@example.com", "外部有識者"]
    registered(suzuki, group, row, titles=titles)
    assert roster_of(group) == [("田中 三郎", "一般社団法人かりそめ 理事", Category.EXPERT)]


def test_who_left_and_comes_again_begins_after_the_term_before(suzuki, group, sato):
    User.objects.filter(pk=sato.pk).update(employee_number="103")
    yesterday = timezone.localdate() - timedelta(days=1)
    sato.memberships.get().terms.update(valid_to=yesterday)
    registered(suzuki, group, SATO)
    assert [term.valid_from for term in sato.memberships.get().terms.order_by("valid_from")] == [
        builders.LONG_AGO,
        timezone.localdate(),
    ]


# The trail


def test_the_trail_of_each_tells_what_was_done(suzuki, group, sato):
    roster = registered(suzuki, group, ICHIRO, [*SATO[:3], "市民課", "係長"])
    told = Event.objects.filter(action="members.apply_roster").order_by("pk")
    assert [(event.target_label, event.changes) for event in told][1] == (
        "佐藤 花子",
        {"職員番号": ["", "103"], "職名": ["主査", "係長"], "開始日": ["", line(roster, 1).changes[-1][2]]},
    )
    assert [event.target_label for event in told] == ["髙﨑 一郎", "佐藤 花子", "名簿.xlsx"]
