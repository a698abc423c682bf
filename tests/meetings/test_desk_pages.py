"""The desk's way: plan the next meeting, call it, count the answers, help those who have trouble."""

import csv
import re
from io import BytesIO, StringIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db.models import F
from django.utils import timezone
from python_calamine import CalamineWorkbook

from foundation.mail.models import Email
from meetings.models import AgendaItem, Meeting, Reply, Survey, SurveyExtension
from meetings.states import GIVEN, MeetingState, Mode, SectionKind
from members.models import User
from tests import builders

pytestmark = pytest.mark.django_db
GROUP = "/groups/dx-now/desk/"
NEW = f"{GROUP}meetings/new/"
DESK = f"{GROUP}meetings/2/"
PLAN = {
    "day": "2027-06-04",
    "starts": "13:00",
    "ends": "15:00",
    "date_note": "",
    "building": "見本市役所",
    "room": "大会議室",
    "online_url": "",
    "theme": "",
    "method": "",
}


@pytest.fixture
def desk(as_, suzuki, group):
    return as_(suzuki)


def text(answer):
    return answer.content.decode()


# From one meeting to the next


def test_a_group_without_a_meeting_begins_with_the_first(desk):
    assert "第1回の会議を作成する" in text(desk.get(GROUP))
    assert desk.post(NEW, PLAN).url == f"{GROUP}meetings/1/"
    assert Meeting.objects.get().number == 1


def test_the_second_is_made_from_the_first(desk, first_meeting):
    assert "第1回の内容を引き継いで第2回を作成する" in text(desk.get(GROUP))
    survey = desk.get(NEW).context["form"]
    prefilled = {name: survey[name].value() for name in ("day", "starts", "building", "room")}
    assert {name: str(value) for name, value in prefilled.items()} == {
        "day": "None",
        "starts": "13:00:00",
        "building": "見本市役所",
        "room": "大会議室",
    }
    assert desk.post(NEW, PLAN).url == DESK
    day = '<span class="nowrap">令和9年6月4日（金）</span> <span class="nowrap">午後1時～3時</span>'
    assert day in text(desk.get(DESK))


def test_an_empty_plan_is_told_what_is_missing(desk):
    answer = desk.post(NEW, {})
    assert answer.status_code == 200
    assert "開催日を入力してください。" in text(answer)


def test_a_closed_day_is_pointed_out(desk, first_meeting):
    desk.post(NEW, PLAN | {"day": "2027-06-05"})
    assert "開催日が閉庁日（土日、祝日、年末年始等）に当たっています。" in text(desk.get(DESK))


def test_d5_where_the_time_alone_is_edited_the_address_stays(desk, meeting):
    url = "https://meet.example.jp/abc"
    Meeting.objects.filter(pk=meeting.pk).update(online_url=url)
    form = desk.get(f"{DESK}edit/").context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    assert desk.post(f"{DESK}edit/", shown | {"starts": "10:00", "ends": "11:00"}).url == DESK
    meeting.refresh_from_db()
    assert (timezone.localtime(meeting.starts_at).hour, meeting.online_url) == (10, url)


def test_two_of_the_desk_edit_at_once_and_the_second_is_told(desk, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(version=7, room="小会議室")
    late = desk.post(f"{DESK}edit/", PLAN | {"seen": "1", "room": "中会議室"})
    assert late.status_code == 409
    assert ("部屋", "小会議室", "中会議室") in late.context["form"].conflict
    again = desk.post(f"{DESK}edit/", PLAN | {"seen": late.context["form"]["seen"].value(), "room": "中会議室"})
    assert again.url == DESK
    assert Meeting.objects.get(number=2).room == "中会議室"


def test_the_agenda_grows_and_moves(desk, meeting):
    for title in ("開会", "協議"):
        desk.post(f"{DESK}agenda/", {"title": title, "kind": "other"})
    second = AgendaItem.objects.get(title="協議")
    desk.post(f"{DESK}agenda/{second.pk}/move/", {"to": "up"})
    assert [item.title for item in meeting.items.all()] == ["協議", "開会"]
    desk.post(f"{DESK}agenda/{second.pk}/", {"title": "意見交換", "kind": "discussion", "seen": 1})
    desk.post(f"{DESK}agenda/{second.pk}/remove/", {"seen": 2})
    assert [item.title for item in meeting.items.all()] == ["開会"]


def test_the_form_is_decided(desk, meeting, survey):
    shown = desk.get(f"{DESK}form/").context["form"]
    assert shown["sections"].value() == [kind for kind in SectionKind if kind not in GIVEN]
    until = timezone.localtime(meeting.starts_at) - timezone.timedelta(days=1)
    data = {"seen": 1, "closes_at": f"{until:%Y-%m-%dT%H:%M}", "sections": ["themes"], "themes": "申請\n会議"}
    assert desk.post(f"{DESK}form/", data).url == DESK
    assert [theme.title for theme in meeting.themes.all()] == ["申請", "会議"]


# The call


@pytest.fixture
def planned(desk, first_meeting, member, expert):
    desk.post(NEW, PLAN)
    return Meeting.objects.get(number=2)


def test_the_check_page_says_who_gets_the_email_and_what_stands_in_it(desk, planned, sato):
    sato.channel = "paper"
    sato.save()
    shown = text(desk.get(f"{DESK}announce/"))
    assert "送信先 2名" in shown
    assert "紙でお渡しする方：1名" in shown
    assert "1名に送る" in shown
    assert "第2回DX推進部会の開催について【要回答・" in shown
    assert "[[" not in shown
    assert not Email.objects.exists()


def test_where_nobody_takes_part_on_the_day_there_is_nothing_to_send(desk, first_meeting):
    desk.post(NEW, PLAN)
    shown = text(desk.get(f"{DESK}announce/"))
    assert ("まだどなたもいません" in shown, "0名に送る" in shown) == (True, False)


def test_where_all_are_on_paper_the_button_says_so(desk, planned, member, expert):
    User.objects.filter(memberships__in=[member, expert]).update(channel="paper")
    shown = text(desk.get(f"{DESK}announce/"))
    assert ("紙でお渡しする通知を用意する" in shown, "0名に送る" in shown) == (True, False)


def test_whoever_shares_an_address_is_named_before_the_call(desk, planned, member, expert, sato, tanaka):
    """Everybody who opens that mailbox could answer for all of them."""
    User.objects.filter(pk__in=[sato.pk, tanaka.pk]).update(delivery_email="Shimin@example.jp")
    shown = desk.get(f"{DESK}announce/").context["shared"]
    assert shown == ["shimin@example.jp（市民課 佐藤 花子 さん、田中 三郎 様）"]


def test_the_call_goes_out_once(desk, planned):
    version = planned.version
    assert desk.post(f"{DESK}announce/", {"seen": version, "despite": "on"}).url == f"{DESK}letters/"
    again = desk.post(f"{DESK}announce/", {"seen": version})
    assert again.status_code == 200
    assert Email.objects.count() == 2


def test_a_meeting_without_a_day_cannot_be_called(desk, first_meeting, member):
    desk.post(NEW, PLAN | {"day": "", "date_note": "9月上旬"})
    assert "日時と入力フォームを決めてください。" in text(desk.get(f"{DESK}announce/"))


def test_a_meeting_is_called_off_with_a_reason(desk, meeting, survey, member):
    assert "中止の理由を入力してください。" in text(desk.post(f"{DESK}cancel/", {}))
    assert desk.post(f"{DESK}cancel/", {"reason": "台風", "seen": 1}).url == f"{DESK}letters/"
    assert Meeting.objects.get(number=2).state == MeetingState.CANCELLED


# The answers


def test_the_tally_counts_and_filters(desk, give, survey, expert):
    give(mode=Mode.ONLINE)
    assert desk.get(f"{DESK}tally/").context["counts"].figures == {
        "venue": 0,
        "online": 1,
        "absent": 0,
        "unanswered": 1,
    }
    rows = desk.get(f"{DESK}tally/?show=unanswered").context["rows"]
    assert [row.person for row in rows] == [expert]
    chosen = [desk.get(f"{DESK}tally/?show={name}").context["chosen"].show for name in ("unanswered", "nonsense")]
    assert chosen == ["unanswered", ""]


def test_who_answered_for_another_day_is_counted_and_named_as_to_be_asked_again(
    desk, give, meeting, member, expert
):
    give(mode=Mode.VENUE)
    assert "再確認待ち）" not in text(desk.get(f"{DESK}tally/"))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=F("starts_at") + timezone.timedelta(hours=1))
    shown = desk.get(f"{DESK}tally/")
    assert [(row.person, row.to_confirm) for row in shown.context["rows"]] == [(member, True), (expert, False)]
    assert ["このうち1名は" in text(shown), "未回答・再確認待ちの2名に再案内を送る" in text(shown)] == [True, True]
    assert [row.person for row in desk.get(f"{DESK}tally/?show=confirm").context["rows"]] == [member]


@pytest.mark.parametrize(
    ("state", "has_form", "deeds"),
    [
        (MeetingState.DRAFT, False, []),
        (MeetingState.DRAFT, True, []),
        (MeetingState.HELD, False, []),
        (MeetingState.HELD, True, ["回答の確認・リンクの再送（佐藤 花子）"]),
    ],
)
def test_what_can_be_done_for_somebody_is_offered_once_there_is_a_call(
    desk, group, member, state, has_form, deeds
):
    meeting = builders.make_meeting(group=group, number=7, state=state)
    if has_form:
        builders.make_survey(meeting=meeting)
    page = desk.get(f"{GROUP}meetings/7/tally/").text
    assert (
        re.findall(r"<a href=\"[^\"]*/responses/\d+/\">(.*?)</a>", re.sub(r"<span[^>]*>|</span>", "", page))
        == deeds
    )


def test_a_number_of_the_tally_leads_to_those_whom_it_counts(desk, give, survey, member, expert):
    give(mode=Mode.ONLINE)
    shown = {
        query: [row.person for row in desk.get(f"{DESK}tally/?{query}").context["rows"]]
        for query in ("category=member", "way=online", "category=expert&way=online", "category=x&way=x")
    }
    assert shown == {
        "category=member": [member],
        "way=online": [member],
        "category=expert&way=online": [],
        "category=x&way=x": [member, expert],
    }


def test_the_list_says_whom_alone_it_shows(desk, survey, member, expert):
    found = {
        query: re.findall("「(.*)」の方だけを表示しています。", text(desk.get(f"{DESK}tally/?{query}")))
        for query in ("", "show=unanswered", "category=expert&way=unanswered", "way=unanswered")
    }
    assert found == {
        "": [],
        "show=unanswered": [],
        "category=expert&way=unanswered": ["外部有識者・未回答"],
        "way=unanswered": ["未回答"],
    }


def test_where_nobody_stands_no_number_is_pressed(desk, survey, member, expert):
    page = desk.get(f"{DESK}tally/").text
    pressed = re.findall(r'href="\?category=(\w*)(?:&amp;way=(\w+))?"[^>]*>(\d+)<', page)
    assert pressed == [
        ("member", "unanswered", "1"),
        ("member", "", "1"),
        ("expert", "unanswered", "1"),
        ("expert", "", "1"),
        ("", "unanswered", "2"),
    ]


REFRESH = {"X-Requested-With": "refresh"}


def test_a_tally_that_lies_open_gets_what_has_changed_alone(desk, give, survey, expert):
    first = desk.get(f"{DESK}tally/", headers=REFRESH)
    same = {**REFRESH, "If-None-Match": first["ETag"]}
    assert desk.get(f"{DESK}tally/", headers=same).status_code == 304
    give(mode=Mode.ONLINE)
    parts = desk.get(f"{DESK}tally/", headers=same)
    whole = desk.get(f"{DESK}tally/")
    assert re.findall(r'<div id="([\w-]+)"', parts.text) == ["tally-figures", "tally-counts", "tally-people"]
    assert all(part in whole.text for part in re.split(r"(?=<div id=)", parts.text.removesuffix("</div>\n"))[1:])
    assert "<h1" not in parts.text


def test_a_tally_to_which_nothing_is_added_any_more_is_not_asked_for_again(desk, survey, first_meeting):
    builders.make_survey(meeting=first_meeting)
    pages = [f"{DESK}tally/", f"{DESK}tally/?all=1", f"{GROUP}meetings/1/tally/"]
    assert ["data-live" in desk.get(page).text for page in pages] == [True, False, False]


def test_the_tally_is_read_fifty_people_at_a_time_and_printed_whole(desk, group, survey, member):
    """Slow, because as many people have to be there first."""
    for _each in range(50):
        builders.make_membership(group=group)
    length = {
        query: len(desk.get(f"{DESK}tally/{query}").context["rows"])
        for query in ("", "?page=2", "?page=9", "?all=1", "?way=unanswered&page=2", "?show=unanswered&page=2")
    }
    assert length == {
        "": 50,
        "?page=2": 1,
        "?page=9": 1,
        "?all=1": 51,
        "?way=unanswered&page=2": 1,
        "?show=unanswered&page=2": 1,
    }


def test_what_each_question_found_stands_on_a_page_of_its_own(desk, give, survey, expert, sheet):
    give(to_people={expert.pk: "どのように進めましたか。"})
    pages = [text(desk.get(f"{DESK}tally/{page}")) for page in ("", "answers/")]
    assert [["どのように進めましたか。" in page, "1件" in page] for page in pages] == [
        [False, True],
        [True, False],
    ]


def test_d31_the_csv_opens_in_excel_and_says_who_is_who_and_where_mail_reaches_them(desk, give, survey):
    give(mode=Mode.VENUE)
    file = desk.get(f"{DESK}tally.csv")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert file.content.startswith(b"\xef\xbb\xbf")
    header, sato = csv.reader(StringIO(file.content.decode("utf-8-sig")))
    assert sato[:5] == ["佐藤 花子", "さとう はなこ", "部会メンバー", "市民課主査", "会場で出席"]
    assert (header[-1], sato[-1]) == ("メールアドレス", "sato@example.jp")


def test_the_workbook_says_what_the_csv_says_and_computes_nothing(desk, give, survey, expert):
    give(mode=Mode.VENUE, note="=1+1")
    book = desk.get(f"{DESK}tally.xlsx")
    (sheet,) = CalamineWorkbook.from_filelike(BytesIO(book.content)).sheet_names
    cells = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_name(sheet).to_python()
    lines = csv.reader(StringIO(desk.get(f"{DESK}tally.csv").content.decode("utf-8-sig")))
    assert [[cell.removeprefix("'") for cell in line] for line in lines] == cells
    assert (sheet, cells[1][8], b"<f>" in ZipFile(BytesIO(book.content)).read("xl/worksheets/sheet1.xml")) == (
        "回答状況",
        "=1+1",
        False,
    )


def entry(**values):
    return {"key": str(uuid4()), "seen": "0", "mode": "absent"} | values


def test_an_answer_by_telephone_is_entered_and_marked(desk, survey, member):
    assert desk.post(f"{DESK}responses/{member.pk}/", entry()).url == f"{DESK}tally/"
    assert Reply.objects.get().mode == "absent"
    assert "事務局入力" in text(desk.get(f"{DESK}tally/"))


def test_the_desk_is_told_when_the_person_answered_meanwhile(desk, give, member):
    give(mode=Mode.VENUE)
    first = desk.post(f"{DESK}responses/{member.pk}/", entry())
    assert first.status_code == 409
    assert first.context["form"].conflict == [("出欠", "会場で出席", "欠席")]
    seen = first.context["form"]["seen"].value()
    second = desk.post(f"{DESK}responses/{member.pk}/", entry(seen=seen))
    assert second.status_code == 302
    assert Reply.objects.get().mode == "absent"


def forms_of(response):
    """Where the forms of a page lead, but the logout."""
    return [form for form in re.findall(r'<form[^>]*action="([^"]*)"', text(response)) if "logout" not in form]


def test_after_the_meeting_an_answer_is_read_and_no_form_is_shown_that_would_refuse(desk, survey, give, member):
    give(mode=Mode.VENUE)
    Meeting.objects.filter(pk=survey.meeting_id).update(
        state="held", held_from=F("starts_at"), held_to=F("ends_at"), snapshot={}
    )
    assert "回答の確認・リンクの再送" in text(desk.get(f"{DESK}tally/"))
    shown = desk.get(f"{DESK}responses/{member.pk}/")
    assert forms_of(shown) == [f"{DESK}resend/{member.pk}/"]
    assert ("会議が終わっているため、" in text(shown), "会場で出席" in text(shown)) == (True, True)
    assert forms_of(desk.get(f"{DESK}extend/{member.pk}/")) == []


def test_a_deadline_is_extended_for_one_person(desk, survey, member):
    until = timezone.localtime(desk.get(f"{DESK}extend/{member.pk}/").context["form"].initial["until"])
    desk.post(f"{DESK}extend/{member.pk}/", {"until": f"{until:%Y-%m-%dT%H:%M}"})
    extended = SurveyExtension.objects.get()
    # What the page proposes is taken.
    assert (extended.membership, extended.until, extended.until > survey.closes_at) == (member, until, True)
    assert "延長後の期限は" in text(desk.post(f"{DESK}extend/{member.pk}/", {"until": "2020-01-01T17:00"}))


def test_a_link_is_sent_again(desk, survey, member):
    desk.post(f"{DESK}resend/{member.pk}/")
    assert [email.to for email in Email.objects.all()] == [member.user]


def test_who_has_no_address_gets_paper(desk, survey, member, sato):
    sato.channel = "paper"
    sato.save()
    told = desk.post(f"{DESK}resend/{member.pk}/", follow=True)
    assert "メールアドレスの登録がありません" in text(told)


def test_reminding_asks_first_and_sends_once_a_day(desk, give, survey, expert):
    give()
    builders.make_letter(meeting=survey.meeting, membership=expert)
    Email.objects.all().delete()
    check = desk.get(f"{DESK}remind/")
    assert [person.pk for person in check.context["page"]] == [expert.pk]
    assert not Email.objects.exists()
    for _ in range(2):
        desk.post(f"{DESK}remind/", {"people": expert.pk})
    assert [email.to for email in Email.objects.all()] == [expert.user]


@pytest.mark.parametrize("path", ["agenda/999/", "responses/999/", "extend/999/"])
def test_what_is_not_there_is_not_found(desk, survey, path):
    assert desk.get(DESK + path).status_code == 404


def test_of_a_meeting_that_was_held_without_a_call_there_is_what_was_written(desk, first_meeting):
    assert desk.get(f"{GROUP}meetings/1/announce/").url == f"{GROUP}meetings/1/letters/"


def test_what_was_asked_before_a_meeting_is_not_changed_when_it_was_held(desk, first_meeting):
    answer = desk.post(f"{GROUP}meetings/1/form/", {"seen": "0", "closes_at": "2020-01-01T17:00"})
    assert "「開催済み」のため、変更できません。" in text(answer)
    assert not Survey.objects.exists()


@pytest.mark.parametrize("rows", [1, 3, 30])
@pytest.mark.parametrize(
    ("page", "queries"),
    [(DESK, 13), (f"{DESK}form/", 10), (f"{DESK}agenda/", 7), (f"{DESK}tally/", 6)],
)
def test_a_page_takes_the_same_queries_for_any_number(
    desk, group, meeting, survey, page, queries, rows, django_assert_num_queries
):
    for number in range(rows):
        builders.make_reply(survey=survey, membership=builders.make_membership(group=group))
        builders.make_item(meeting=meeting, title=f"議題{number}", order=number + 1)
    with django_assert_num_queries(queries):
        assert desk.get(page).status_code == 200


@pytest.mark.parametrize("rows", [3, 30])
def test_the_hub_asks_for_its_three_newest_meetings_alone(desk, group, rows, django_assert_num_queries):
    """With those who were asked; none of the older costs anything."""
    for number in range(rows):
        builders.make_survey(meeting=builders.make_meeting(group=group, number=number + 1))
    with django_assert_num_queries(9):
        assert desk.get(GROUP).status_code == 200


def test_a_deadline_that_no_longer_fits_is_pointed_out(desk, meeting, survey):
    meeting.starts_at = survey.closes_at - timezone.timedelta(hours=1)
    meeting.ends_at = survey.closes_at
    meeting.save()
    assert "回答期限が、会議の開始より後になっています。" in text(desk.get(DESK))


def test_after_one_without_a_day_the_time_of_day_is_that_of_the_last_one_with_one(as_, suzuki, group):
    dated = builders.make_meeting(group=group, number=1)
    builders.make_meeting(group=group, number=2, starts_at=None, ends_at=None, state=MeetingState.DRAFT)
    proposed = as_(suzuki).get(NEW).context["form"].initial
    assert proposed["starts"] == timezone.localtime(dated.starts_at).time()


def test_a_meeting_sent_twice_is_made_once(as_, suzuki, group):
    page = "/groups/dx-now/desk/meetings/new/"
    plan = {"number": group.meetings.count() + 1, "date_note": "9月上旬"}
    first, second = as_(suzuki).post(page, plan), as_(suzuki).post(page, plan)
    assert (first.status_code, second.status_code, group.meetings.count()) == (302, 200, plan["number"])
