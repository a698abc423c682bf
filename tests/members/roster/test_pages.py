"""The pages, with the reader as a process of its own: paste, Excel, CSV of Excel; and what they refuse."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.jobs.models import Job
from members.models import MembershipTerm, RosterImport, User
from members.rostering.reading import NO_NAMES
from members.states import RosterState
from tablecheck.sniff import REMEDY
from tests import builders
from tests.members.logins import long_ago
from tests.members.roster.books import book
from tests.members.roster.kit import ICHIRO, NITTA, SATO, USUAL, kinds, line, pasted, plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sections(citizens_section, environment_section):
    pass


@pytest.fixture
def read_url(group):
    return reverse("members:desk_read_roster", args=[group.slug])


@pytest.fixture
def desk(as_, suzuki):
    return as_(suzuki)


def upload(client, url, data, name="名簿.xlsx"):
    return client.post(url, {"pasted": "", "file": SimpleUploadedFile(name, data)})


def sent(roster, *ticked, do="settle", **more):
    """What the page of the preview sends."""
    options = {name: roster.options[name] for name in ("category", "valid_from", "moved_on")}
    return options | {"seen": roster.version, "tick": ticked, "do": do} | more


def said(response):
    return [str(message) for message in response.context["messages"]]


def errors(response):
    return [error for found in response.context["form"].errors.values() for error in found]


# What comes in


def test_pasted_from_excel_previewed_and_registered_in_three_presses(desk, read_url, group):
    answer = desk.post(read_url, {"pasted": pasted(ICHIRO, NITTA)}, follow=True)
    roster = RosterImport.objects.get()
    assert "この内容で登録する（2名）" in answer.content.decode()
    here = answer.redirect_chain[-1][0]
    answer = desk.post(here, sent(roster, "r2", "r3", do="apply"), follow=True)
    assert said(answer) == ["2名を登録しました。"]
    assert group.memberships.current().count() == 2


def test_a_workbook_with_a_title_merged_cells_and_days_of_excel(desk, read_url):
    titles = ["職員番号", "氏名", "フリガナ", "課", "職名", "開始日"]
    rows = [
        titles,
        ["101", "髙﨑 一郎", "ﾀｶｻｷ ｲﾁﾛｳ", None, "主事", date(2026, 5, 1)],
        ["102", "𠮷田 二葉", "ヨシダ フタバ", None, "主任", "R8.6.1"],
    ]
    data = book(rows, head=[["令和8年度 DX推進部会 名簿"]], merged=[(1, 3, 2, 3, "市民課")])
    upload(desk, read_url, data)
    roster = RosterImport.objects.get()
    assert plan(roster).notes == [
        "所属の全部又は一部が空欄の行が1行あります。結合したセルの場合は「空欄の所属は、上の行と同じとする」を選択してください。"
    ]
    here = reverse("members:desk_roster_import", args=[roster.group.slug, roster.pk])
    desk.post(here, sent(roster, "r3", "r4", fill_down="on"))
    roster.refresh_from_db()
    desk.post(here, sent(roster, "r3", "r4", fill_down="on", do="apply"))
    terms = MembershipTerm.objects.order_by("valid_from")
    assert [(str(term.membership), str(term.department), str(term.valid_from)) for term in terms] == [
        ("髙﨑 一郎", "市民課", "2026-05-01"),
        ("𠮷田 二葉", "市民課", "2026-06-01"),
    ]


def test_a_csv_as_excel_saves_it_in_shift_jis(desk, read_url):
    text = "\r\n".join(",".join(row) for row in [USUAL, ICHIRO]) + "\r\n"
    upload(desk, read_url, text.encode("cp932"), "名簿.csv")
    roster = RosterImport.objects.get()
    assert (kinds(roster), roster.source) == ([("髙﨑 一郎", "add")], "名簿.csv")
    assert roster.findings[0] == "文字コードをShift_JIS（Excelの保存形式）として読み込みました。"


def test_a_second_sheet_is_told_and_not_read(desk, read_url):
    upload(desk, read_url, book([USUAL, ICHIRO], second="前年度"))
    assert RosterImport.objects.get().findings == [
        "「職員名簿」シートを読み込みました。ほかに「前年度」があります。"
    ]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"pasted": ""}, "名簿を貼り付けるか、ファイルを選択してください（どちらか一方）。"),
        (
            {"pasted": "あいう\tえお\nか\tき\n"},
            str(NO_NAMES),
        ),
        ({"pasted": "氏名\tふりがな\n"}, "見出しだけで、名簿の行がありません。"),
        (
            {"file": SimpleUploadedFile("名簿.xlsx", b"%PDF-1.4")},
            f"これはPDFファイルで、表として読み込めません。{REMEDY}",
        ),
    ],
)
def test_what_is_no_list_is_refused_in_words_and_nothing_is_kept(desk, read_url, given, sentence):
    answer = desk.post(read_url, {"pasted": ""} | given)
    assert (errors(answer), RosterImport.objects.exists()) == ([sentence], False)


def test_what_was_pasted_is_still_there_after_a_refusal(desk, read_url):
    answer = desk.post(read_url, {"pasted": "あいう\tえお\n"})
    assert "あいう\tえお" in answer.content.decode()


def test_more_rows_than_a_town_has_are_refused(desk, read_url):
    rows = "".join(f"試験 {number}\n" for number in range(10_001))
    answer = desk.post(read_url, {"pasted": f"氏名\n{rows}"})
    assert errors(answer) == ["一度に取り込めるのは10,000行までです。名簿を分けてください。"]


def test_a_long_list_is_compared_by_a_worker_and_its_page_shows_how_far(desk, read_url):
    rows = [[str(number), f"試験 {number}", "しけん", "市民課", ""] for number in range(301)]
    answer = desk.post(read_url, {"pasted": pasted(*rows)}, follow=True)
    roster = RosterImport.objects.get()
    assert (roster.state, Job.objects.get(kind="members.preview_roster").state) == (RosterState.READ, "waiting")
    assert "順番を待っています。" in answer.content.decode()


# What is decided


@pytest.fixture
def roster(desk, read_url):
    desk.post(read_url, {"pasted": pasted(ICHIRO, [*NITTA[:3], "未来課", "主任"])})
    return RosterImport.objects.get()


@pytest.fixture
def here(roster):
    return reverse("members:desk_roster_import", args=[roster.group.slug, roster.pk])


def test_other_conditions_are_shown_before_anything_is_registered(desk, here, roster):
    answer = desk.post(here, sent(roster, "r2", do="apply", valid_from="2026-10-01"), follow=True)
    assert said(answer) == ["条件を反映しました。下の内容を確認してください。まだ登録していません。"]
    roster.refresh_from_db()
    assert (roster.state, line(roster).changes[-1][2]) == (RosterState.PREVIEWED, "令和8年10月1日（木）")


def test_a_section_is_chosen_among_those_of_the_town_and_none_is_made(desk, here, roster, environment_section):
    page = desk.get(here).content.decode()
    assert ("「未来課」は、どの組織ですか" in page, "新しい組織として登録する" in page) == (True, False)
    desk.post(here, sent(roster, "r2", **{"section-1": str(environment_section.pk)}))
    roster.refresh_from_db()
    assert ["所属", "", "環境課"] in line(roster, 1).changes


def test_a_desk_that_sends_the_administrators_choice_is_told_to_choose(desk, here, roster):
    answer = desk.post(here, sent(roster, "r2", **{"section-1": "create"}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["section-1"])


def test_what_was_decided_in_another_window_is_not_written_over(desk, here, roster):
    RosterImport.objects.update(version=roster.version + 1)
    answer = desk.post(here, sent(roster, "r2", do="apply"), follow=True)
    assert (User.objects.filter(employee_number="101").exists(), len(said(answer))) == (False, 1)


def test_a_page_that_is_out_of_date_registers_nothing_and_shows_what_is_so_now(desk, here, roster, suzuki):
    desk.post(here, sent(roster, "r2", **{"section-1": "open"}))
    builders.make_user(family="髙﨑", given="一郎", employee_number="101")
    roster.refresh_from_db()
    answer = desk.post(here, sent(roster, "r2", "r3", do="apply", **{"section-1": "open"}), follow=True)
    assert said(answer)[-1].startswith("確認の後に、名簿の方の登録が変更されています。何も登録していません。")
    assert MembershipTerm.objects.count() == 0


def test_one_kind_alone_is_shown(desk, here):
    page = desk.get(here, {"kind": "ask"}).context["page"]
    assert [found.name for found in page] == ["新田 二葉"]


def test_what_is_ticked_on_another_page_stays(desk, here, roster):
    desk.post(here, sent(roster))
    roster.refresh_from_db()
    desk.post(f"{here}?kind=ask", sent(roster))
    roster.refresh_from_db()
    assert roster.options["unticked"] == ["r2"]


def test_the_button_after_the_registration_takes_it_back(desk, here, roster):
    desk.post(here, sent(roster, "r2", do="apply"))
    assert "取込みを取り消す" in desk.get(here).content.decode()
    answer = desk.post(f"{here}undo/", follow=True)
    assert said(answer) == ["取込みを取り消し、取り込む前の状態に戻しました。"]
    assert not User.objects.filter(employee_number="101").exists()


# Whose it is


def test_the_list_of_another_group_does_not_exist(as_, here, roster):
    other = builders.make_user()
    group = builders.make_group(slug="other")
    builders.make_grant(group=group, user=other)
    theirs = here.replace(roster.group.slug, "other")
    client = as_(other)
    assert [client.get(url).status_code for url in (here, theirs)] == [404, 404]
    assert client.post(f"{theirs}undo/").status_code == 404


def test_a_new_login_address_is_given_by_who_has_just_shown_who_they_are(as_, abe, sato):
    User.objects.filter(pk=sato.pk).update(employee_number="103")
    client = as_(abe)
    given = pasted([*SATO, "hanako@example.jp"], titles=[*USUAL, "メール"])
    client.post(reverse("members:manage_read_roster"), {"pasted": given})
    roster = RosterImport.objects.get()
    here = reverse("members:manage_roster_import", args=[roster.pk])
    long_ago(client, minutes=11)
    answer = client.post(here, sent(roster, "r2", do="apply", move_terms="on"))
    assert answer.url.startswith("/accounts/reauthenticate")
    sato.refresh_from_db()
    assert sato.email == "sato@example.jp"


def test_who_runs_two_desks_finds_a_list_only_at_the_desk_that_it_came_to(desk, here, roster, suzuki):
    builders.make_grant(group=builders.make_group(slug="other"), user=suzuki)
    theirs = here.replace(roster.group.slug, "other")
    assert [desk.get(url).status_code for url in (here, theirs)] == [200, 404]
