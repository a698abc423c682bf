"""Answers that people gave in another form: whose they are, what they say, and that nothing else is touched."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.actions import Actor
from foundation.audit.models import Event
from meetings.actions import imports, withdrawals
from meetings.models import Question, Reply
from meetings.states import Mode
from meetings.survey.importing import RowOutcome, SentTable, columns_of, meaning_of, plan, table_of
from members.models import User, WorkingGroup
from tests import builders
from tests.members.roster.books import book

pytestmark = pytest.mark.django_db
PAGE = "/groups/dx-now/desk/meetings/2/responses/import/"
HEADER = ["タイムスタンプ", "氏名", "メールアドレス", "第2回の出欠", "備考"]


def table(*rows, header=HEADER):
    return SentTable(header, [(at, [str(cell) for cell in row]) for at, row in enumerate(rows, 2)])


def row(name="", mode="会場で出席", email="", note="", at="2026/12/01 9:00"):
    return [at, name, email, mode, note]


# What columns and words are taken for


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (HEADER, {"name": 1, "email": 2, "mode": 3, "note": 4}),
        (["回答ID", "お名前", "ふりがな（氏名）", "ご出席について"], {"name": 1, "mode": 3}),
        (["出欠", "代理の方の氏名", "氏名"], {"mode": 0, "substitute": 1, "name": 2}),
        (["Ｅ－ｍａｉｌ", "参加方法"], {"email": 0, "mode": 1}),
        (["Email", "参加方法"], {"email": 0, "mode": 1}),
        (["番号", "課"], {}),
    ],
)
def test_columns_are_known_by_their_headings(header, found):
    assert columns_of(header) == found


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("出席", "venue"),
        ("会場", "venue"),
        ("参加します（現地）", "venue"),
        ("○", "venue"),
        ("オンライン", "online"),
        ("Ｗｅｂ参加", "online"),
        ("Zoomで出席", "online"),
        ("欠席", "absent"),
        ("参加しない", "absent"),
        ("不参加", "absent"),
        ("×", "absent"),
        ("代理出席", "venue_substitute"),
        ("代理（オンライン）", "online_substitute"),
        ("会場又はオンライン", ""),
        ("代理も欠席", ""),
        ("未定", ""),
        ("", ""),
    ],
)
def test_words_mean_what_they_seem_to_or_nothing(word, meaning):
    assert meaning_of(word) == meaning


# Whose it is


MEANINGS = {word: meaning_of(word) for word in ("会場で出席", "オンライン", "欠席", "未定", "代理出席")}


@pytest.fixture
def look(meeting, survey, member, expert):
    """`look(row(…))`: what would become of the rows, as things stand."""

    def made(*rows, header=HEADER):
        people = list(meeting.asked().select_related("user", "group"))
        replies = {reply.membership_id: reply for reply in Reply.objects.filter(survey=survey)}
        sent = table(*rows, header=header)
        return plan(sent, columns_of(sent.header), MEANINGS, people, replies)

    return made


def told(found):
    return [(line.outcome, line.person and line.person.user.family_name) for line in found.lines]


@pytest.mark.parametrize("name", ["佐藤 花子", "佐藤花子", "佐藤　花子 様", "佐藤花子さん"])
def test_a_person_is_found_by_name_however_it_is_spaced(look, name):
    assert told(look(row(name))) == [(RowOutcome.NEW, "佐藤")]


@pytest.mark.parametrize("email", ["sato@example.jp", "SATO@example.jp", " ｓａｔｏ@example.jp"])
def test_or_by_address(look, email):
    assert told(look(row(email=email), row("誰 か", email=email))) == [
        (RowOutcome.REPEATED, "佐藤"),
        (RowOutcome.NEW, "佐藤"),
    ]


def test_of_a_shared_address_the_name_tells(look, sato, tanaka):
    User.objects.filter(pk__in=[sato.pk, tanaka.pk]).update(delivery_email="office@example.jp")
    found = look(row("田中三郎", email="office@example.jp"), row("誰か", email="office@example.jp"))
    assert told(found) == [(RowOutcome.NEW, "田中"), (RowOutcome.SEVERAL, None)]


def test_who_is_not_asked_or_is_two_people_is_told_and_left_out(look, group, kimura):
    for _time in range(2):
        builders.make_membership(group=group, user=builders.make_user(family="同名", given="二人"))
    found = look(row("木村 四郎"), row("同名 二人"), row(""))
    assert told(found) == [(RowOutcome.STRANGER, None), (RowOutcome.SEVERAL, None), (RowOutcome.STRANGER, None)]
    assert found.chosen([]) == []


def test_of_two_rows_of_one_person_the_later_counts(look):
    found = look(row("佐藤花子", "欠席"), row("佐藤花子", "会場で出席"))
    assert [line.values["mode"] for line in found.chosen([])] == ["venue"]


def test_what_is_not_understood_is_told(look):
    assert told(look(row("佐藤花子", "未定"))) == [(RowOutcome.UNCLEAR, "佐藤")]


def test_a_substitute_has_a_name_or_is_not_taken(look):
    header = [*HEADER[:4], "代理の方の氏名"]
    found = look(row("佐藤花子", "代理出席", note="代理 太郎"), row("田中三郎", "代理出席"), header=header)
    assert told(found) == [(RowOutcome.NEW, "佐藤"), (RowOutcome.NO_SUBSTITUTE, "田中")]
    assert found.lines[0].values["substitute_name"] == "代理 太郎"


# Who has answered already


def test_whoever_answered_themselves_is_overwritten_only_where_the_desk_ticks(look, give, member):
    give(mode=Mode.ONLINE)
    found = look(row("佐藤花子", "欠席"), row("田中三郎", "欠席"))
    assert told(found) == [(RowOutcome.ANSWERED, "佐藤"), (RowOutcome.NEW, "田中")]
    assert [len(found.chosen(ticked)) for ticked in ([], [str(member.pk)])] == [1, 2]


def test_what_says_the_same_changes_nothing(look, give, member):
    give(mode=Mode.VENUE)
    found = look(row("佐藤花子"))
    assert (told(found), found.chosen([str(member.pk)])) == ([(RowOutcome.SAME, "佐藤")], [])


def test_whoever_took_their_answer_back_is_not_answered_for_unasked(look, give, survey, member, sato):
    give()
    withdrawals.withdraw_reply(survey=survey, membership=member, by=Actor(sato), seen=1)
    found = look(row("佐藤花子"))
    assert (told(found), found.chosen([])) == ([(RowOutcome.WITHDRAWN, "佐藤")], [])


# Taken in


@pytest.fixture
def take_in(meeting, suzuki):
    def done(found, ticked=(), by=suzuki):
        return imports.import_replies(
            meeting=meeting, by=Actor(by), source="回答.csv", chosen=found.chosen(ticked)
        )

    return done


def test_it_is_an_answer_entered_by_the_desk(look, take_in, suzuki, emails):
    assert take_in(look(row("佐藤花子", "オンライン", note="遅れます"))) == 1
    reply = Reply.objects.get()
    assert (reply.mode, reply.note, reply.entered_by, reply.entered_by_desk) == (
        "online",
        "遅れます",
        suzuki,
        True,
    )
    assert reply.revisions.get().via == "desk"
    names = [event.target_type for event in Event.objects.filter(action="meetings.import_replies").order_by("pk")]
    assert names == ["meetings.reply", "meetings.meeting"]
    assert Event.objects.get(target_type="meetings.meeting").changes == {"source": "回答.csv", "rows": 1}
    assert emails() == [("sato@example.jp", "【受付】第2回DX推進部会 出欠の回答")]


def test_nothing_else_that_they_answered_is_touched(look, take_in, give, member, expert, sheet):
    give(mode=Mode.VENUE, note="前からの連絡", arrival_note="遅れます", to_people={expert.pk: "なぜですか。"})
    before = Question.objects.values().get()
    take_in(look(row("佐藤花子", "オンライン")), [str(member.pk)])
    reply = Reply.objects.get()
    assert (reply.mode, reply.note, reply.arrival_note) == ("online", "前からの連絡", "遅れます")
    assert Question.objects.values().get() == before
    last = reply.revisions.last().content
    assert (last["attendance"]["mode"], last["member_questions"]["to"]) == (
        "online",
        {str(expert.pk): "なぜですか。"},
    )


def test_whoever_answered_meanwhile_stops_all_of_it(look, take_in, give):
    found = look(row("田中三郎", "欠席"), row("佐藤花子", "欠席"))
    give(mode=Mode.VENUE)
    with pytest.raises(ValidationError, match="佐藤 花子さんの回答が変わりました。何も取り込んでいません。"):
        take_in(found)
    assert [reply.mode for reply in Reply.objects.all()] == ["venue"]


def test_nothing_chosen_is_nothing_to_take_in(look, take_in):
    with pytest.raises(ValidationError, match="取り込む行がありません。"):
        take_in(look(row("誰か")))


def test_a_substitute_needs_a_charter_that_allows_one(look, take_in, group):
    header = [*HEADER[:4], "代理の方の氏名"]
    found = look(row("佐藤花子", "代理出席", note="代理 太郎"), header=header)
    with pytest.raises(ValidationError, match="この会議では、代理出席を認めていません。"):
        take_in(found)
    WorkingGroup.objects.filter(pk=group.pk).update(substitutes_allowed=True)
    take_in(found)
    assert (Reply.objects.get().is_substitute, Reply.objects.get().substitute_name) == (True, "代理 太郎")


# The page


@pytest.fixture
def desk(as_, suzuki, survey, member, expert):
    return as_(suzuki)


def csv(*rows, encoding="cp932"):
    lines = [",".join(cells) for cells in (HEADER, *rows)]
    return SimpleUploadedFile("回答.csv", "\r\n".join(lines).encode(encoding))


def sent(form, **more):
    """As a browser sends the page that it was shown."""
    hidden = ["table", "source", "shown", *form.columns, *form.boxes]
    return {name: form[name].value() or "" for name in hidden} | more


def test_a_file_is_shown_first_and_taken_in_by_one_press(desk):
    assert "1行に1名" in desk.get(PAGE).content.decode()
    shown = desk.post(PAGE, {"file": csv(row("佐藤花子"), row("誰か", "未定"))})
    form = shown.context["importing"]
    assert form.plan.counts == [("取り込む", 1), ("該当する方がいない", 1)]
    assert (Reply.objects.count(), "まだ何も取り込んでいません。" in shown.content.decode()) == (0, True)
    assert desk.post(PAGE, sent(form, apply="1")).url == "/groups/dx-now/desk/meetings/2/tally/"
    assert Reply.objects.get().mode == "venue"


def test_a_workbook_is_read_too(desk):
    data = book([HEADER, row("田中 三郎", "Web参加")], sheet="フォームの回答 1")
    form = desk.post(PAGE, {"file": SimpleUploadedFile("回答.xlsx", data)}).context["importing"]
    assert [line.values["mode"] for line in form.plan.lines] == ["online"]


def test_columns_and_words_can_be_chosen_and_are_remembered(desk):
    form = desk.post(PAGE, {"file": csv(row("佐藤花子", "未定"))}).context["importing"]
    (box,) = form.boxes
    again = desk.post(PAGE, sent(form, again="1", **{box: "absent"})).context["importing"]
    assert (again[box].value(), again.plan.counts) == ("absent", [("取り込む", 1)])
    other = desk.post(PAGE, sent(again, again="1", name="")).context["importing"]
    assert (other.columns["name"], other.plan.counts) == (None, [("該当する方がいない", 1)])
    desk.post(PAGE, sent(again, apply="1"))
    assert Reply.objects.get().mode == "absent"


def test_who_has_answered_is_ticked_on_the_page(desk, give, member):
    give(mode=Mode.ONLINE)
    form = desk.post(PAGE, {"file": csv(row("佐藤花子"))}).context["importing"]
    refused = desk.post(PAGE, sent(form, apply="1"))
    assert "取り込む行がありません。" in refused.content.decode()
    assert desk.post(PAGE, sent(form, apply="1", overwrite=str(member.pk))).status_code == 302
    assert Reply.objects.get().mode == "venue"


def test_what_changed_behind_the_page_is_shown_before_it_is_taken_in(desk, give, member):
    form = desk.post(PAGE, {"file": csv(row("佐藤花子"))}).context["importing"]
    give(mode=Mode.ONLINE)
    again = desk.post(PAGE, sent(form, apply="1", overwrite=str(member.pk)))
    assert (again.status_code, "確認している間に、回答や名簿が変わりました。" in again.content.decode()) == (
        409,
        True,
    )
    assert Reply.objects.get().mode == "online"
    assert "checked" in again.content.decode()
    assert (
        desk.post(PAGE, sent(again.context["importing"], apply="1", overwrite=str(member.pk))).status_code == 302
    )


def test_what_is_no_table_is_refused_in_words(desk):
    for data, said in ((b"%PDF-1.7", "PDF"), (b"", "空（0バイト）")):
        shown = desk.post(PAGE, {"file": SimpleUploadedFile("回答.csv", data)}).content.decode()
        assert said in shown


def test_a_table_without_rows_and_one_that_is_too_large_are_refused(desk):
    assert "回答の行がありません。" in desk.post(PAGE, {"file": csv()}).content.decode()
    rows = [row("佐藤花子", note="あ" * 390) for _time in range(1100)]
    assert "表が大きすぎるため" in desk.post(PAGE, {"file": csv(*rows)}).content.decode()


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "[[], []]", '[["a"], [[2, ["b", "c"]]]]', '[["a"], [["x", ["b"]]]]']
)
def test_a_page_that_lost_its_table_asks_for_the_file_again(desk, text):
    assert table_of(text) is None
    shown = desk.post(PAGE, {"table": text, "apply": "1"}).content.decode()
    assert "この画面の情報が足りません。もう一度ファイルを選択してください。" in shown


def test_before_the_call_the_page_says_when(desk, meeting):
    meeting.state, meeting.announced_at = "draft", None
    meeting.save()
    assert "開催通知の後、開催済みになるまでの間だけです。" in desk.get(PAGE).content.decode()


def test_a_word_is_shown_as_text_whatever_stands_in_it(desk):
    shown = desk.post(PAGE, {"file": csv(row("<b>佐藤</b>", "<script>x</script>"))}).content.decode()
    assert ("<script>x" in shown, "&lt;script&gt;x" in shown) == (False, True)
