"""An administrator brings the personnel office's list: people, postings, and 人事異動 ahead of its day."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from foundation.mail.models import Email
from members.models import Department, Posting, User
from tests import builders
from tests.members.roster.kit import ICHIRO, NITTA, SATO, USUAL, bring, kinds, line, plan, register

pytestmark = pytest.mark.django_db
APRIL = "2027-04-01"


@pytest.fixture(autouse=True)
def _sections(citizens_section, environment_section):
    pass


@pytest.fixture
def sato(sato):
    User.objects.filter(pk=sato.pk).update(employee_number="103")
    return sato


def postings(person):
    rows = person.postings.order_by("valid_from")
    return [(str(row.department), row.job_title, str(row.valid_from), str(row.valid_to)) for row in rows]


def test_who_is_new_is_registered_with_a_main_posting(abe):
    register(ICHIRO, by=abe)
    ichiro = User.objects.get(employee_number="101")
    today = str(timezone.localdate())
    assert (str(ichiro), postings(ichiro)) == ("髙﨑 一郎", [("市民課", "主事", today, "None")])


def test_somebody_without_a_section_is_registered_without_a_posting(abe):
    register(["", "例示 太郎", "れいじ たろう", "", ""], by=abe)
    assert postings(User.objects.get(family_name="例示")) == []


def test_a_move_of_april_that_is_entered_before_takes_effect_on_its_day(abe, sato):
    register([*SATO[:3], "環境課", "係長"], by=abe, moved_on=APRIL)
    assert postings(sato) == [
        ("市民課", "主査", "2020-04-01", "2027-03-31"),
        ("環境課", "係長", APRIL, "None"),
    ]
    assert [str(row.department) for row in sato.postings.current()] == ["市民課"]


def test_the_day_on_the_list_goes_before_the_day_for_all(abe, sato):
    register([*SATO[:3], "環境課", "係長", "令和9年4月1日"], by=abe, titles=[*USUAL, "発令日"])
    assert postings(sato)[1] == ("環境課", "係長", APRIL, "None")


@pytest.mark.parametrize("options", [{"moved_on": APRIL}, {}])
def test_a_second_time_nothing_is_moved_again(abe, sato, options):
    moved = [*SATO[:3], "環境課", "係長"]
    register(moved, ICHIRO, by=abe, **options)
    again = bring(moved, ICHIRO, by=abe, **options)
    assert kinds(again) == [("佐藤 花子", "same"), ("髙﨑 一郎", "same")]


def test_a_posting_that_was_to_begin_later_is_put_right(abe, sato):
    Posting.objects.filter(user=sato).update(valid_to="2027-03-31")
    citizens = Department.objects.get(name="市民課")
    builders.make_posting(user=sato, department=citizens, job_title="係長", valid_from=APRIL)
    register([*SATO[:3], "環境課", "係長"], by=abe, moved_on=APRIL)
    assert postings(sato)[1] == ("環境課", "係長", APRIL, "None")


def test_the_parts_in_groups_move_on_the_same_day(abe, sato, group):
    register([*SATO[:3], "環境課", "係長"], by=abe, moved_on=APRIL)
    terms = sato.memberships.get(group=group).terms.order_by("valid_from")
    assert [(str(term.department), str(term.valid_from), str(term.valid_to)) for term in terms] == [
        ("市民課", "2020-04-01", "2027-03-31"),
        ("環境課", APRIL, "None"),
    ]


def test_unless_the_administrator_says_otherwise(abe, sato, group):
    register([*SATO[:3], "環境課", "係長"], by=abe, moved_on=APRIL, move_terms=False)
    assert [str(term.department) for term in sato.memberships.get(group=group).terms.all()] == ["市民課"]


def test_a_login_address_is_changed_with_a_word_to_both(abe, sato):
    titles = [*USUAL, "メール"]
    register([*SATO, "hanako@example.jp"], by=abe, titles=titles)
    sato.refresh_from_db()
    assert (sato.email, [row.email for row in EmailAddress.objects.filter(user=sato)]) == (
        "hanako@example.jp",
        ["hanako@example.jp"],
    )
    assert sorted(Email.objects.values_list("to_address", flat=True)) == ["hanako@example.jp", "sato@example.jp"]


def test_an_address_that_is_anothers_login_stays_theirs(abe, sato, kimura):
    roster = bring([*SATO, "kimura@example.jp"], by=abe, titles=[*USUAL, "メール"])
    assert line(roster).notes == ["「kimura@example.jp」は別の方のログイン用メールアドレスのため、登録しません。"]
    sato.refresh_from_db()
    assert sato.email == "sato@example.jp"


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("佐藤花子", "さとうはなこ"),
        ("佐藤 花子", "さとう はなこ"),
        ("旧姓 華", "きゅうせい はな"),
    ],
)
def test_a_name_in_one_piece_or_as_it_is_used_at_work_changes_no_name(abe, sato, name, kana):
    used = {"display_family_name": "旧姓", "display_family_kana": "きゅうせい"}
    used |= {"display_given_name": "華", "display_given_kana": "はな"}
    User.objects.filter(pk=sato.pk).update(**used)
    assert kinds(bring(["103", name, kana, *SATO[3:]], by=abe)) == [(name, "same")]


def test_who_has_no_number_is_known_by_the_name_that_is_used_at_work(abe, sato):
    used = {"display_family_name": "旧姓", "display_family_kana": "きゅうせい", "employee_number": None}
    User.objects.filter(pk=sato.pk).update(**used)
    roster = bring(["", "旧姓 花子", "きゅうせい はなこ", *SATO[3:]], by=abe)
    assert (kinds(roster), line(roster).person) == ([("旧姓 花子", "same")], sato.pk)


def test_of_a_merged_bureau_one_sentence_asks_for_the_whole_list(abe):
    """Both 部 have a 総務課; their cells are merged over all of their 課."""
    for name, order in (("市民部", 1), ("教育部", 2)):
        bureau = builders.make_department(name=name, order=order, level="bureau")
        for below in ("総務課", f"{name[:2]}課"):
            builders.make_department(name=below, parent=bureau)
    titles = ["職員番号", "氏名", "ふりがな", "部", "課"]
    rows = [
        ["1", "甲 一", "こう はじめ", "市民部", "市民課"],
        ["2", "乙 二", "おつ つぎ", "", "総務課"],
        ["3", "丙 三", "へい みつ", "教育部", "教育課"],
        ["4", "丁 四", "てい よつ", "", "総務課"],
    ]
    asked = plan(bring(*rows, by=abe, titles=titles))
    assert asked.notes == [
        "所属の全部又は一部が空欄の行が2行あります。結合したセルの場合は「空欄の所属は、上の行と同じとする」を選択してください。"
    ]
    settled = plan(bring(*rows, by=abe, titles=titles, fill_down=True))
    assert (settled.notes, settled.unknown) == ([], [])
    register(*rows, by=abe, titles=titles, fill_down=True)
    posted = Posting.objects.order_by("user__employee_number")
    assert [(row.department.parent.name, row.department.name) for row in posted] == [
        ("市民部", "市民課"),
        ("市民部", "総務課"),
        ("教育部", "教育課"),
        ("教育部", "総務課"),
    ]


def test_sections_are_made_with_what_stands_above_them(abe):
    titles = ["職員番号", "氏名", "ふりがな", "部", "課", "係"]
    rows = [
        ["1", "甲 一", "こう はじめ", "未来部", "未来課", ""],
        ["2", "乙 二", "おつ つぎ", "未来部", "未来課", "企画係"],
    ]
    roster = bring(*rows, by=abe, titles=titles)
    unknown = [key for key, _words in plan(roster).unknown]
    assert unknown == ["未来部未来課", "未来部未来課企画係"]
    register(*rows, by=abe, titles=titles, sections=dict.fromkeys(unknown, "create"))
    made = Department.objects.filter(name__in=["未来部", "未来課", "企画係"]).order_by("path")
    assert [(row.level, row.name, str(row.parent or "")) for row in made] == [
        ("bureau", "未来部", ""),
        ("division", "未来課", "未来部"),
        ("unit", "企画係", "未来課"),
    ]
    assert [str(row.department) for row in Posting.objects.order_by("user__kana_key")] == [
        "未来課 企画係",
        "未来課",
    ]


def test_who_is_missing_on_a_complete_list_leaves_the_post_on_the_eve(abe, sato, kimura):
    roster = register(SATO, by=abe, complete=True, moved_on=APRIL)
    assert kinds(roster) == [("佐藤 花子", "same"), ("木村 四郎", "leave")]
    assert postings(kimura)[0][3] == "2027-03-31"


def test_a_post_beside_the_main_one_in_that_section_is_asked_about(abe, sato):
    environment = Department.objects.get(name="環境課")
    builders.make_posting(user=sato, department=environment, kind="concurrent")
    roster = bring([*SATO[:3], "環境課", "係長"], by=abe)
    assert line(roster).question == (
        "「環境課」には、既に併任の配属があります。職員等のページで併任を終了してから、取り込んでください。"
    )


def test_an_untouched_person_is_as_before(abe, sato, kimura):
    before = User.objects.values().get(pk=kimura.pk)
    register(SATO, NITTA, by=abe)
    assert User.objects.values().get(pk=kimura.pk) == before


def test_a_row_that_is_left_out_is_left_out(abe):
    register(ICHIRO, NITTA, by=abe, unticked=["r2"])
    added = User.objects.exclude(employee_number=None)
    assert list(added.values_list("employee_number", flat=True)) == ["102"]


def test_nobody_is_posted_for_less_than_no_day(abe, sato):
    """The list names the day on which the present posting begins: it was entered otherwise."""
    today = timezone.localdate()
    Posting.objects.filter(user=sato).update(valid_from=today)
    register([*SATO[:3], "環境課", "係長"], by=abe)
    assert postings(sato) == [("環境課", "係長", str(today), "None")]
    assert today - timedelta(days=1) not in Posting.objects.values_list("valid_to", flat=True)


def test_a_section_that_an_import_made_for_april_is_known_the_next_time(abe, sato):
    moved, titles = [*SATO[:3], "未来課", "係長", "R9.4.1"], [*USUAL, "発令日"]
    register(moved, by=abe, titles=titles, sections={"未来課": "create"})
    again = bring(moved, by=abe, titles=titles)
    assert (kinds(again), plan(again).unknown) == ([("佐藤 花子", "same")], [])
    again = bring(moved, by=abe, titles=titles, sections={"未来課": "create"})
    assert (kinds(again), Department.objects.filter(name="未来課").count()) == ([("佐藤 花子", "same")], 1)


def test_groups_of_one_name_are_told_apart_by_their_year(abe, sato, group, citizens_section):
    last = builders.make_group(slug="dx-r7", fiscal_year=2025)
    builders.make_membership(group=last, user=sato, department=citizens_section)
    roster = bring([*SATO[:3], "環境課", "主査"], by=abe)
    assert [what for what, _before, _after in line(roster).changes[2:]] == [
        "DX推進部会（令和8年度）での所属",
        "DX推進部会（令和7年度）での所属",
    ]
