"""The call as a paper of the office: written, checked, taken along as Word, PDF and text, tried on oneself."""

import io
import zipfile
from datetime import date

import docx
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from foundation.documents import as_pdf, as_text
from foundation.jobs.models import Job
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from meetings import notices
from meetings.actions import agenda, letters, meetings
from meetings.actions.notices import edit_notice
from meetings.models import Meeting, Notice
from meetings.states import MeetingState, NoticeStyle
from members.models import MembershipTerm, User
from members.states import Channel
from tests import builders

DESK = "/groups/dx-now/desk/meetings/2/"
FORMAL = {"style": NoticeStyle.FORMAL, "number": "行経第12号", "sender": "見本市行政経営本部長"}


@pytest.fixture
def plan(group, suzuki, member, expert, first_meeting):
    """A meeting on 10 June 2031 with a form, not called yet."""
    starts = timezone.make_aware(timezone.datetime(2031, 6, 10, 13))
    meeting = builders.make_meeting(
        group=group,
        number=2,
        state=MeetingState.DRAFT,
        announced_at=None,
        starts_at=starts,
        ends_at=starts + timezone.timedelta(hours=2),
        building="見本市役所",
        room="大会議室",
    )
    closes_at = timezone.make_aware(timezone.datetime(2031, 6, 5, 17))
    builders.make_survey(meeting=meeting, closes_at=closes_at)
    return meeting


@pytest.fixture
def desk(as_, suzuki):
    return as_(suzuki)


def now(meeting):
    meeting.refresh_from_db()
    return meeting


def written(meeting, suzuki, seen=0, **words):
    return edit_notice(meeting=now(meeting), by=Actor(suzuki), seen=seen, **words)


def text_of(meeting):
    return as_text.render(notices.document(meeting, notices.of(meeting)))


def test_a_call_nobody_wrote_is_a_memo_of_the_office(plan):
    assert text_of(plan) == (
        "事務連絡\n"
        f"令和{timezone.localdate().year - 2018}年　　月　　日\n\n"
        "部会メンバー、外部有識者　各位\n\n"
        "見本市行政経営本部 DX推進部会 事務局\n\n"
        "第2回DX推進部会の開催について\n\n"
        "　第2回DX推進部会を次のとおり開催しますので、御出席くださいますようお願いします。\n"
        "　つきましては、令和13年6月5日（木） 午後5時までに、別途お一人ずつにお知らせする回答用ページから、"
        "出欠を御回答ください。\n\n"
        "1　日時　令和13年6月10日（火） 午後1時～3時\n"
        "2　場所　見本市役所 大会議室\n"
        "3　回答期限　令和13年6月5日（木） 午後5時\n\n"
        "担当：DX推進部会 事務局 内線 2345\n"
    )


def test_a_formal_one_has_number_day_sender_and_a_record(plan, suzuki):
    for title in ("部会の進め方", "意見交換"):
        agenda.add_item(meeting=plan, by=Actor(suzuki), title=title)
    words = {
        "dated_on": date(2031, 5, 20),
        "addressee": "委員　各位",
        "title": "第2回会議の開催について",
        "body": "標記の会議を開催します。\n御多用のところ恐れ入ります。",
        "remarks": "駐車場は東側を御利用ください。\n上履きを御持参ください。",
        "copies": "所属長",
    }
    written(plan, suzuki, **FORMAL, **words)
    assert text_of(now(plan)) == (
        "行経第12号\n"
        "令和13年5月20日\n\n"
        "委員　各位\n\n"
        "見本市行政経営本部長\n"
        "（公印省略）\n\n"
        "第2回会議の開催について（通知）\n\n"
        "　標記の会議を開催します。\n"
        "　御多用のところ恐れ入ります。\n"
        "　つきましては、令和13年6月5日（木） 午後5時までに、別途お一人ずつにお知らせする回答用ページから、"
        "出欠を御回答ください。\n\n"
        "記\n\n"
        "1　日時　令和13年6月10日（火） 午後1時～3時\n"
        "2　場所　見本市役所 大会議室\n"
        "3　議題\n"
        "　(1)　部会の進め方\n"
        "　(2)　意見交換\n"
        "4　回答期限　令和13年6月5日（木） 午後5時\n"
        "5　その他\n"
        "　(1)　駐車場は東側を御利用ください。\n"
        "　(2)　上履きを御持参ください。\n"
        "以上\n\n"
        "写し：所属長\n"
        "担当：DX推進部会 事務局 内線 2345\n"
    )


def test_materials_stand_in_the_paper_and_in_the_email_of_a_formal_one(plan, suzuki, sato):
    builders.make_material(meeting=plan, by=suzuki, title="施設の一覧")
    written(plan, suzuki, **FORMAL)
    assert "3　資料\n　(1)　資料1　施設の一覧\n4　回答期限" in text_of(now(plan))
    meetings.announce(meeting=now(plan), by=Actor(suzuki), seen=plan.version)
    body = Email.objects.get(to=sato).body
    assert (
        "3　資料\n　(1)　資料1　施設の一覧\n\n以上\n\n（資料は、回答用ページの「資料」の欄にあります。）" in body
    )
    assert "【資料】" not in body


def test_before_it_has_a_number_the_paper_leaves_room_for_one(plan, suzuki):
    written(plan, suzuki, style=NoticeStyle.FORMAL, sender="見本市長", seal_omitted=False)
    assert text_of(now(plan)).splitlines()[:6] == [
        "第　　　号",
        f"令和{timezone.localdate().year - 2018}年　　月　　日",
        "",
        "部会メンバー、外部有識者　各位",
        "",
        "見本市長",
    ]


@pytest.mark.parametrize(
    ("without", "said"),
    [("number", "文書番号がありません。番号が決まりましたら"), ("sender", "発信者がありません。")],
)
def test_a_formal_call_goes_out_with_number_and_sender(plan, suzuki, desk, without, said):
    written(plan, suzuki, **{**FORMAL, without: ""})
    with pytest.raises(ValidationError, match=said):
        meetings.announce(meeting=now(plan), by=Actor(suzuki), seen=plan.version)
    page = desk.get(f"{DESK}announce/")
    assert (said in page.content.decode(), page.context["is_ready"]) == (True, False)


def test_nothing_is_called_where_nobody_can_be_asked_back(plan, suzuki, group):
    group.contact_phone, group.contact_email, group.contact_department = "", "", None
    group.save()
    with pytest.raises(ValidationError, match="事務局の連絡先がありません"):
        meetings.announce(meeting=now(plan), by=Actor(suzuki), seen=plan.version)


def test_a_memo_has_no_number(plan, suzuki):
    with pytest.raises(ValidationError, match="事務連絡には文書番号を付けません"):
        written(plan, suzuki, style=NoticeStyle.MEMO, number="行経第12号")


def test_without_agenda_place_and_phone_the_desk_says_that_it_looked(plan, desk, group):
    group.contact_phone, group.contact_email = "", "desk@example.jp"
    group.save()
    plan.building = plan.room = ""
    plan.save()
    page = desk.get(f"{DESK}announce/")
    assert page.context["doubts"] == [
        "議題がありません。",
        "場所もオンラインの接続先もありません。通知には「後日お知らせします」と載せます。",
        "事務局の電話番号がありません。受け取った方が、本当に事務局からの連絡かを確認できません。",
    ]
    sent = {"seen": now(plan).version}
    assert (desk.post(f"{DESK}announce/", sent).status_code, Email.objects.count()) == (200, 0)
    assert desk.post(f"{DESK}announce/", {**sent, "despite": "on"}).url == f"{DESK}letters/"


def test_a_day_that_has_passed_is_looked_at_again(plan, suzuki):
    agenda.add_item(meeting=plan, by=Actor(suzuki), title="部会の進め方")
    written(plan, suzuki, **FORMAL, dated_on=date(2026, 4, 1))
    assert notices.doubts(now(plan), plan.notice) == ["発出日（令和8年4月1日）が過ぎています。"]


def test_where_nothing_is_doubtful_nothing_is_asked(plan, desk, suzuki):
    agenda.add_item(meeting=plan, by=Actor(suzuki), title="部会の進め方")
    assert "despite" not in desk.get(f"{DESK}announce/").context["form"].fields


def test_the_call_keeps_the_day_on_which_it_went_out(plan, suzuki):
    meetings.announce(meeting=now(plan), by=Actor(suzuki), seen=plan.version)
    notice = Notice.objects.get(meeting=plan)
    assert f"{notice.dated_on.day}日" in Email.objects.first().body.splitlines()[1]


def test_new_words_replace_those_that_have_not_left(plan, suzuki, sato):
    meetings.announce(meeting=now(plan), by=Actor(suzuki), seen=plan.version)
    written(plan, suzuki, seen=1, body="本文を改めました。")
    waiting = Email.objects.filter(to=sato, job__state="waiting")
    assert [("本文を改めました。" in email.body) for email in waiting] == [True]


def test_new_words_are_no_reason_to_write_again(plan, suzuki, sato):
    meetings.announce(meeting=now(plan), by=Actor(suzuki), seen=plan.version)
    Job.objects.update(state=JobState.DONE, finished_at=timezone.now())
    written(plan, suzuki, seen=1, body="本文を改めました。")
    assert Email.objects.filter(to=sato).count() == 1


def test_two_who_write_at_once_see_each_other(plan, suzuki):
    written(plan, suzuki, body="一人目")
    with pytest.raises(Conflict):
        written(plan, suzuki, body="二人目")


def test_the_next_call_begins_with_the_words_of_the_last(plan, suzuki, group):
    written(plan, suzuki, **FORMAL, copies="所属長", title="第2回会議の開催について", dated_on=date(2031, 5, 20))
    third = notices.of(builders.make_meeting(group=group, number=3, state=MeetingState.DRAFT, announced_at=None))
    assert (third.style, third.sender, third.copies) == ("formal", "見本市行政経営本部長", "所属長")
    assert (third.pk, third.number, third.dated_on, third.title) == (None, "", None, "")


# Files and text


def test_word_has_the_words_of_the_paper_and_says_whose_it_is(plan, desk):
    answer = desk.get(f"{DESK}notice.docx")
    word = docx.Document(io.BytesIO(answer.content))
    lines = [line for paragraph in word.paragraphs for line in paragraph.text.split("\n")]
    assert [line for line in lines if line] == [
        line for line in text_of(plan).replace("　", "　").split("\n") if line
    ]
    assert word.core_properties.author == "見本市行政経営本部 DX推進部会 事務局"
    assert "dx-now-2-notice.docx" in answer["Content-Disposition"]


def test_the_pdf_is_one_that_a_screen_reader_follows(plan, desk):
    """Slow: fonts are looked for once."""
    answer = desk.get(f"{DESK}notice.pdf")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"pdfuaid" in answer.content
    assert b"/StructTreeRoot" in answer.content


def test_words_in_a_pdf_are_words_and_no_markup(plan, suzuki, desk):
    written(plan, suzuki, body='#panic("x") $x$ *強調* @ref <a> \\')
    assert desk.get(f"{DESK}notice.pdf").content[:5] == b"%PDF-"


def test_all_that_the_decision_needs_is_one_file(plan, desk, sato):
    """The paper goes to two people, to one of them by hand."""
    User.objects.filter(pk=sato.pk).update(channel=Channel.PAPER)
    answer = desk.get(f"{DESK}notice.zip")
    assert "dx-now-2-notice.zip" in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == [
            "01_起案文（案）.docx",
            "02_開催通知（案）.docx",
            "02_開催通知（案）.pdf",
            "03_送付先の名簿.csv",
            "04_所属長への写し（案）.docx",
            "目録.csv",
        ]
        readers = packed.read("03_送付先の名簿.csv").decode("utf-8-sig").splitlines()
        request = docx.Document(io.BytesIO(packed.read("01_起案文（案）.docx")))
    assert readers[1:] == [
        "佐藤 花子,部会メンバー,市民課主査,紙",
        "田中 三郎,外部有識者,,メール",
    ]
    assert any("2名（うち紙でお渡しする方1名）" in paragraph.text for paragraph in request.paragraphs)


def test_without_japanese_letters_on_the_server_it_is_said_and_nothing_is_lost(plan, desk, monkeypatch):
    monkeypatch.setattr(as_pdf, "fonts", lambda: ())
    answer = desk.get(f"{DESK}notice.pdf", follow=True)
    assert "このサーバーに日本語の書体（明朝体）がないため" in answer.content.decode()


def test_another_kind_of_file_is_not_there(plan, desk):
    assert desk.get(f"{DESK}notice.exe").status_code == 404


def test_each_head_of_section_gets_a_copy_with_their_people(plan, suzuki, sato, expert):
    """An organisation outside of the house is no section: its people are called by nobody but themselves."""
    MembershipTerm.objects.filter(membership=expert).update(affiliation="見本大学", job_title="教授")
    written(plan, suzuki, **FORMAL)
    copies = notices.copies(now(plan), plan.notice)
    text = as_text.render(copies)
    assert "市民課　所属長　様" in text
    assert "1　佐藤 花子" in text
    assert ("田中" in text, "見本大学" in text) == (False, False)


def test_where_nobody_belongs_to_a_section_no_copy_is_offered(plan, desk, member):
    assert "所属長への写し（Word" in desk.get(f"{DESK}notice/").content.decode()
    MembershipTerm.objects.filter(membership=member).update(department=None, affiliation="見本社会福祉協議会")
    assert "所属長への写し" not in desk.get(f"{DESK}notice/").content.decode()


def test_the_text_to_paste_holds_nobody_s_own_link(plan, suzuki, desk, sato):
    User.objects.filter(pk=sato.pk).update(channel=Channel.GROUPWARE)
    before = desk.get(f"{DESK}notice/text/")
    assert (before.context["links"], before.context["text"]) == ([], text_of(plan))
    meetings.announce(meeting=now(plan), by=Actor(suzuki), seen=plan.version)
    page = desk.get(f"{DESK}notice/text/")
    ((person, way),) = page.context["links"]
    assert (person.user, way["code"] in page.content.decode(), way["code"] in page.context["text"]) == (
        sato,
        True,
        False,
    )


# On oneself


def test_a_test_goes_to_oneself_at_once_and_holds_no_secret(plan, suzuki, desk):
    assert desk.post(f"{DESK}notice/test/").url == f"{DESK}notice/"
    (email,) = Email.objects.all()
    assert (email.to, email.subject[:5], email.job.due_at <= timezone.now()) == (suzuki, "【テスト】", True)
    assert "[[" not in email.body
    assert email.body.startswith("（これは、事務局の担当者が御自身に送ったテストです。")
    assert Event.objects.filter(action="meetings.send_test").count() == 1


def test_a_test_is_no_letter_of_the_meeting(plan, desk):
    desk.post(f"{DESK}notice/test/")
    assert (plan.letters.count(), Email.objects.about(rf"^meetings:\w+:{plan.pk}:").count()) == (0, 0)


def test_who_has_no_address_is_told_so(plan, suzuki, desk):
    User.objects.filter(pk=suzuki.pk).update(channel=Channel.PAPER)
    answer = desk.post(f"{DESK}notice/test/", follow=True)
    assert "御自身のメールアドレスが登録されていない" in answer.content.decode()


def test_before_there_is_a_day_there_is_no_test(plan, desk):
    plan.starts_at = plan.ends_at = None
    plan.save()
    answer = desk.post(f"{DESK}notice/test/", follow=True)
    assert "テスト送信の前に、開催日を決め" in answer.content.decode()


def test_what_was_called_is_called_still_when_its_words_are_taken_back(plan, suzuki):
    """The letters withdrawn, the meeting is in preparation again, and keeps its words."""
    written(plan, suzuki, **FORMAL)
    meetings.announce(meeting=now(plan), by=Actor(suzuki), seen=plan.version)
    letters.withdraw_letters(
        meeting=now(plan), by=Actor(suzuki), letters=list(plan.letters.values_list("pk", flat=True))
    )
    assert (now(plan).state, notices.of(plan).number) == ("draft", "行経第12号")


@pytest.mark.parametrize(
    ("hours", "grace", "said"),
    [
        (True, 300, "送る前であれば、次の画面で取り消せます（少なくとも5分間）。"),
        (False, 10, "体験用のため、開庁時間を待たずに10秒後に送ります。"),
    ],
)
def test_before_it_is_sent_it_is_said_when_it_leaves(plan, desk, suzuki, settings, hours, grace, said):
    settings.MAIL_IN_OFFICE_HOURS, settings.MAIL_GRACE = hours, timezone.timedelta(seconds=grace)
    assert said in desk.get(f"{DESK}announce/").content.decode()


def test_no_form_is_shown_that_would_refuse(plan, desk, suzuki):
    """Of a meeting that was held the words are read; a test needs somebody to send it to."""
    assert "にテスト送信する" in desk.get(f"{DESK}notice/").content.decode()
    User.objects.filter(pk=suzuki.pk).update(channel=Channel.PAPER)
    assert "にテスト送信する" not in desk.get(f"{DESK}notice/").content.decode()
    times = {"held_from": plan.starts_at, "held_to": plan.ends_at, "snapshot": {"members": {}, "next": None}}
    Meeting.objects.filter(pk=plan.pk).update(state=MeetingState.HELD, **times)
    held = desk.get(f"{DESK}notice/").content.decode()
    assert ("文面は変更できません" in held, "文面を保存する" in held, "開催通知（Word）" in held) == (
        True,
        False,
        True,
    )


def test_d18_a_call_whose_deadline_has_passed_shows_no_button_and_is_refused(plan, desk):
    plan.survey.opens_at, plan.survey.closes_at = (timezone.now() - timezone.timedelta(days=d) for d in (2, 1))
    plan.survey.save()
    page = desk.get(f"{DESK}announce/")
    assert (page.context["lacking"], page.context["is_ready"]) == (
        ["回答期限が過ぎています。入力フォームの回答期限を改めてください。"],
        False,
    )
    desk.post(f"{DESK}announce/", {"seen": plan.version})
    assert Meeting.objects.get(pk=plan.pk).state == MeetingState.DRAFT
