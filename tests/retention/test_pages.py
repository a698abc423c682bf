"""The pages of keeping and disposal, as the administrator, the desk and a citizen see them."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation import retention
from foundation.calendar import wareki
from meetings.states import MeetingState
from reports.formats.blocks import Block, BlockKind, generated, to_json
from reports.models import Report
from retention.kinds import KINDS
from retention.models import Archive, Disposal, Hold, Period
from tests import builders
from tests.members.logins import long_ago
from tests.retention.decisions import decide

TODAY = timezone.localdate
ROWS = re.compile(r"<td class=\"number\"[^>]*>(\d+)</td>")


@pytest.fixture
def sheet(old, sato):
    return builders.make_sheet(membership=builders.make_membership(group=old, user=sato))


@pytest.fixture
def office(as_, abe):
    return as_(abe)


def page(client, name, *args, **query):
    return client.get(reverse(f"retention:{name}", args=args), query).text


DECIDE = ("decide_of_group", "sheets", 2020, "dx-r2")


def test_what_is_over_is_listed_with_its_last_day(office, sheet):
    text = page(office, "overview")
    assert re.findall(r'<a href="(/manage/retention/sheets/[^"]+)">', text) == [
        "/manage/retention/sheets/2020/dx-r2/"
    ]
    assert ("令和4年3月31日（木）" in text, ROWS.findall(text)) == (True, ["1"])


def test_the_list_costs_the_same_however_much_is_kept(office, django_assert_num_queries):
    for year in (2018, 2019, 2020, 2021):
        with django_assert_num_queries(44):
            office.get(reverse("retention:overview"))
        for _time in range(3):
            group = builders.make_group(fiscal_year=year)
            builders.make_sheet(membership=builders.make_membership(group=group))
    assert len(ROWS.findall(page(office, "overview"))) == 12


def test_the_page_shows_what_would_go_and_the_list_names_each(office, sheet, taken):
    text = page(office, *DECIDE)
    assert "<li>自己紹介シート：1件</li>" in text
    listing = office.get(reverse("retention:listing_of_group", args=DECIDE[1:]))
    assert listing.content.decode("utf-8-sig").splitlines() == [
        "記録の種類,番号,内容",
        f"自己紹介シート,{sheet.pk},佐藤 花子",
    ]


def test_without_the_zip_there_is_no_form_but_what_to_do(office, sheet):
    text = page(office, *DECIDE)
    assert ("年度の終了後にまだ作成されていません" in text, "decided_by" in text) == (True, False)


def sent(**changes):
    words = {"decided_on": TODAY().isoformat(), "decided_by": "行政経営部長", "document_number": "行経第12号"}
    return words | {"due_on": (TODAY() + timezone.timedelta(days=3)).isoformat()} | changes


def test_the_decision_is_recorded_and_can_be_taken_back(office, sheet, taken, old_unit):
    shown = retention.digest(KINDS["sheets"], old_unit)
    answer = office.post(reverse("retention:decide_of_group", args=DECIDE[1:]), sent(shown=shown), follow=True)
    assert "「自己紹介シート DX推進部会（令和2年度）」の廃棄の決定を記録しました。" in answer.text
    assert "行経第12号" in answer.text
    assert f"{wareki.date(TODAY() + timezone.timedelta(days=3))}の午前5時以後に廃棄します。" in answer.text
    disposal = Disposal.objects.get()
    answer = office.post(reverse("retention:cancel", args=[disposal.pk]), {"seen": 1}, follow=True)
    assert "廃棄の決定を取り消しました。記録は残っています。" in answer.text
    assert Disposal.objects.open().count() == 0


def test_of_another_number_of_rows_it_is_asked_again(office, sheet, taken, old_unit):
    answer = office.post(reverse("retention:decide_of_group", args=DECIDE[1:]), sent(shown="0" * 64))
    assert (answer.status_code, Disposal.objects.count()) == (409, 0)
    assert "対象となる記録に増減又は変更がありました。まだ何も記録していません。" in answer.text
    assert retention.digest(KINDS["sheets"], old_unit) in answer.text


def test_what_was_stopped_says_why(office, sheet, taken, old_unit, by_abe):
    decide("sheets", old_unit, by=by_abe)
    Disposal.objects.update(stopped_because="廃棄の決定の後に、対象となる記録に増減又は変更がありました。")
    assert "この決定を取り消し、今の内容で決定し直してください。" in page(office, "overview")


def test_a_hold_is_placed_and_lifted(office, old, sheet):
    office.post(reverse("retention:place_hold"), {"group": old.pk, "reason": "開示請求への対応"})
    assert "差止め中" in page(office, "overview")
    office.post(reverse("retention:lift_hold", args=[Hold.objects.get().pk]))
    assert "差止め中" not in page(office, "overview")


def test_the_town_sets_its_own_period_and_citizens_read_it(office, client):
    address = reverse("retention:set_period", args=["replies"])
    office.post(address, {"seen": 0, "years": "3", "basis": "文書管理規程第20条"})
    assert Period.objects.get(kind="replies").years == 3
    client.logout()
    (row,) = re.findall(r"出欠の回答</th>.*?</tr>", client.get("/about/privacy/").text, re.DOTALL)
    assert re.search(r'保存期間">\s*3年\s*</td>', row)


def test_a_period_that_somebody_else_set_meanwhile_is_shown_beside(office, by_abe):
    Period.objects.create(kind="replies", years=5)
    answer = office.post(reverse("retention:set_period", args=["replies"]), {"seen": 0, "years": "3", "basis": ""})
    assert (answer.status_code, Period.objects.get().years) == (409, 5)


@pytest.mark.parametrize("args", [("letters", 2020, "dx-r2"), ("nothing", 2020, "dx-r2")])
def test_a_kind_of_the_town_is_none_of_a_group(office, old, args):
    assert office.get(reverse("retention:decide_of_group", args=args)).status_code == 404


def test_the_draft_of_the_register_is_filled_in(office, group, sato):
    text = page(office, "register")
    (entry,) = re.findall(r"<h2>DX推進部会（令和8年度）の構成員等</h2>.*?</section>", text, re.DOTALL)
    assert "本人の数：1人" in entry
    assert "出欠の回答：作成した年度の翌年度の4月1日から1年間、" in entry
    assert "（団体で記入）" in entry


# Who takes so much, or opens a way to lose it, shows again who they are


@pytest.mark.parametrize(
    ("who", "name", "args"),
    [
        ("abe", "decide_of_group", DECIDE[1:]),
        ("abe", "lift_hold", [1]),
        ("abe", "cancel", [1]),
        ("suzuki", "archive_year", ["dx-now"]),
        ("suzuki", "archive_meeting", ["dx-now", 1]),
    ],
)
def test_an_old_login_does_not_do(as_, request, sheet, taken, group, who, name, args):
    builders.make_meeting(group=group)
    client = as_(request.getfixturevalue(who))
    long_ago(client, minutes=11)
    answer = client.post(reverse(f"retention:{name}", args=args))
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("account_reauthenticate"))
    assert list(Archive.objects.all()) == [taken]


# The desk


def test_the_desk_takes_the_year(as_, suzuki, group):
    answer = as_(suzuki).post(reverse("retention:archive_year", args=["dx-now"]))
    assert answer["Content-Type"] == "application/zip"
    assert len(answer.content) == Archive.objects.get().size
    assert Archive.objects.get().sha256 in page(as_(suzuki), "archives", "dx-now")


def test_a_meetings_zip_is_of_that_meeting(as_, suzuki, group):
    builders.make_meeting(group=group, number=3)
    answer = as_(suzuki).post(reverse("retention:archive_meeting", args=["dx-now", 3]))
    assert len(answer.content) == Archive.objects.get().size
    assert Archive.objects.get().meeting_number == 3
    assert 'filename="records-dx-now-3.zip"' in answer["Content-Disposition"]


# What is no longer there is not counted as nothing


@pytest.fixture
def meeting(group):
    return builders.make_meeting(group=group, state=MeetingState.HELD)


def test_replies_that_went_are_not_unanswered(as_, suzuki, meeting):
    survey = builders.make_survey(meeting=meeting)
    survey.replies_disposed_on = TODAY()
    survey.save()
    desk = as_(suzuki)
    said = f"出欠の回答は、保存期間が満了したため、{wareki.date(TODAY())}に廃棄しました。"
    for page in ("tally", "tally_answers"):
        text = desk.get(reverse(f"meetings:{page}", args=["dx-now", 1])).text
        assert (said in text, "未回答" in text) == (True, False)
    files = [reverse(f"meetings:tally_{kind}", args=["dx-now", 1]) for kind in ("csv", "xlsx")]
    assert [desk.get(file).status_code for file in files] == [404, 404]


def test_of_a_meeting_whose_records_went_the_desk_has_a_line_and_no_page(as_, suzuki, meeting):
    type(meeting).objects.update(disposed_on=TODAY())
    desk = as_(suzuki)
    assert f"保存期間が満了したため、{wareki.date(TODAY())}に廃棄" in desk.get("/groups/dx-now/desk/").text
    assert desk.get("/groups/dx-now/desk/meetings/1/").status_code == 404


def test_what_was_published_of_it_is_withheld_all_the_same(as_, suzuki, meeting):
    title = to_json([Block(BlockKind.TITLE, "title", (generated("結果報告"),))])
    published = {"number": 1, "blocks": title, "text": "本文", "sha256": "0" * 64, "published_by": suzuki}
    Report.objects.create(meeting=meeting).revisions.create(**published)
    type(meeting).objects.update(disposed_on=TODAY())
    report, withhold = (reverse(f"reports:{name}", args=["dx-now", 1]) for name in ("report", "withhold"))
    desk = as_(suzuki)
    assert f'<a href="{withhold}">' in desk.get("/groups/dx-now/desk/").text
    page = desk.get(withhold).text
    assert "会議の記録は廃棄しているため、訂正した内容を新しい版として公開することもできません。" in page
    assert '"/groups/dx-now/desk/meetings/1/"' not in page
    answer = desk.post(withhold, {"shown": "0" * 64, "reason": "氏名の誤り"}, follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([(report, 302)], 410)


def test_a_group_whose_meetings_went_had_meetings(as_, sato, meeting):
    type(meeting).objects.update(disposed_on=TODAY())
    page = as_(sato).get("/groups/dx-now/").text
    said = f"会議の記録は、保存期間が満了したため、{wareki.date(TODAY())}に廃棄しました。"
    assert (said in page, "開催が決まった会議はまだありません" in page) == (True, False)


def test_sheets_that_went_are_not_missing(as_, sato, group):
    type(group).objects.update(sheets_disposed_on=TODAY())
    said = f"それまでの自己紹介シートは、保存期間が満了したため、{wareki.date(TODAY())}に廃棄しました。"
    assert said in as_(sato).get("/groups/dx-now/sheets/").text
