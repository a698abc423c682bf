"""What becomes of a question beside its answers, and what its asker reads of that."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from meetings.actions import question_states, questions, replies, themes
from meetings.models import Question, Reply, Theme
from members import links
from members.models import PersonalLink
from tests import builders

PAGE = "/groups/dx-now/meetings/2/questions/"
DESK = "/groups/dx-now/desk/meetings/2/questions/"


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def question(give, survey, member, expert, sheet):
    """Sato's, put to Tanaka in the form."""
    give(to_people={expert.pk: "費用はどのくらいですか。"})
    return Question.objects.get()


@pytest.fixture
def other(group, survey, expert, question):
    """Somebody else's, also to Tanaka."""
    asker = builders.make_membership(group=group)
    return builders.make_question(survey=survey, asker=asker, addressee=expert, text="予算は必要ですか。")


@pytest.fixture
def merged(question, other, by):
    return question_states.merge_question(question=question, by=by, seen=question.version, into=other)


@pytest.fixture
def declined(question, by):
    return question_states.decline_question(question=question, by=by, seen=1, reason="個別の案件のため")


def asked(page):
    """The texts of what the page asks of its reader, and of what its reader has asked: text and state."""
    context = page.context
    return [question.text for question in context["to_me"]], [
        (each.text, each.state) for each, _ in context["mine"]
    ]


# Merged


def test_the_asker_of_a_merged_question_reads_where_it_went_and_the_answer(as_, merged, other, sato, suzuki):
    questions.add_answer(question=other, by=Actor(suzuki), text="不要です。")
    page = as_(sato).get(PAGE).content.decode()
    assert "「予算は必要ですか。」の質問にまとめました" in page
    assert "不要です。" in page


def test_who_is_asked_answers_the_other_alone(as_, merged, tanaka):
    assert asked(as_(tanaka).get(PAGE))[0] == ["予算は必要ですか。"]


def test_a_merge_is_taken_back(as_, merged, by, tanaka):
    question_states.restore_question(question=merged, by=by, seen=merged.version)
    assert sorted(asked(as_(tanaka).get(PAGE))[0]) == ["予算は必要ですか。", "費用はどのくらいですか。"]


def test_a_question_that_others_were_merged_into_is_not_merged_itself(merged, other, meeting, by):
    third = meeting.questions.create(channel="oral", text="ほかには。")
    with pytest.raises(ValidationError, match="他の質問をまとめています"):
        question_states.merge_question(question=other, by=by, seen=other.version, into=third)


def test_no_question_is_merged_into_one_of_another_meeting_or_into_itself(question, first_meeting, by):
    elsewhere = first_meeting.questions.create(channel="oral", text="第1回の質問")
    for target in (elsewhere, question):
        with pytest.raises(ValidationError, match="見つかりません"):
            question_states.merge_question(question=question, by=by, seen=1, into=target)


def test_in_other_words_it_stands_for_itself_again(merged, give, expert):
    give(version=1, to_people={expert.pk: "別の質問です。"})
    merged.refresh_from_db()
    assert (merged.state, merged.merged_into, merged.text) == ("open", None, "別の質問です。")


def test_what_was_merged_into_a_question_that_is_taken_back_stands_again(merged, other):
    question_states.withdraw_question(question=other, by=Actor(other.asker.user))
    merged.refresh_from_db()
    assert (merged.state, merged.merged_into) == ("open", None)


# Declined


def test_the_asker_of_a_declined_question_reads_why(as_, declined, sato):
    page = as_(sato).get(PAGE).content.decode()
    assert "取り上げないこととしました。理由：個別の案件のため" in page


def test_who_would_have_been_asked_is_not(as_, declined, tanaka):
    assert asked(as_(tanaka).get(PAGE))[0] == []


def test_it_is_taken_up_again(declined, by):
    restored = question_states.restore_question(question=declined, by=by, seen=declined.version)
    assert (restored.state, restored.declined_reason) == ("open", "")


def test_what_was_answered_is_not_declined(question, by):
    questions.add_answer(question=question, by=by, text="三十万円です。")
    with pytest.raises(ValidationError, match="回答のある質問は、見送りにできません"):
        question_states.decline_question(question=question, by=by, seen=1, reason="個別の案件のため")


def test_what_was_declined_is_decided_on_once(declined, other, by):
    for decide in (
        lambda: question_states.merge_question(question=declined, by=by, seen=declined.version, into=other),
        lambda: question_states.decline_question(
            question=declined, by=by, seen=declined.version, reason="別の理由"
        ),
        lambda: question_states.route_question(question=declined, by=by, seen=declined.version),
        lambda: themes.make_theme(question=declined, by=by, seen=declined.version, meeting=declined.meeting),
    ):
        with pytest.raises(ValidationError, match="「見送り」のため"):
            decide()


def test_a_page_of_before_decides_nothing(question, by, other):
    question_states.route_question(question=question, by=by, seen=1, routed_to=other.asker)
    with pytest.raises(Conflict):
        question_states.decline_question(question=question, by=by, seen=1, reason="個別の案件のため")


# Led to somebody else


def test_who_it_is_led_to_answers_it_and_the_first_is_asked_no_more(
    as_, question, kimura_inside, by, kimura, tanaka
):
    question_states.route_question(question=question, by=by, seen=1, routed_to=kimura_inside)
    assert asked(as_(kimura).get(PAGE))[0] == ["費用はどのくらいですか。"]
    assert asked(as_(tanaka).get(PAGE))[0] == []


@pytest.fixture
def kimura_inside(group, kimura):
    return builders.make_membership(group=group, user=kimura)


def test_who_presents_the_item_it_is_led_to_answers_it_alone(
    as_, question, kimura_inside, meeting, by, kimura, tanaka
):
    item = builders.make_item(meeting=meeting, title="予算", presenter=kimura_inside)
    question_states.route_question(question=question, by=by, seen=1, routed_item=item)
    assert asked(as_(kimura).get(PAGE))[0] == ["費用はどのくらいですか。"]
    assert asked(as_(tanaka).get(PAGE))[0] == []


def test_who_may_read_it_changes_with_whom_it_is_led_to(question, kimura_inside, by, kimura, tanaka):
    question_states.route_question(question=question, by=by, seen=1, routed_to=kimura_inside)
    assert [list(Question.objects.visible_to(who)) for who in (kimura, tanaka)] == [[question], []]


def test_led_back_it_is_again_for_whom_it_was_put_to(as_, question, kimura_inside, by, tanaka):
    question_states.route_question(question=question, by=by, seen=1, routed_to=kimura_inside)
    question_states.route_question(question=question, by=by, seen=2)
    assert asked(as_(tanaka).get(PAGE))[0] == ["費用はどのくらいですか。"]


def test_the_form_of_the_asker_is_as_she_filled_it(question, kimura_inside, by, give, expert):
    question_states.route_question(question=question, by=by, seen=1, routed_to=kimura_inside)
    give(version=1, to_people={expert.pk: "費用はどのくらいですか。"}, note="追記")
    question.refresh_from_db()
    assert (question.addressee, question.routed_to) == (expert, kimura_inside)


def test_nobody_of_another_group_and_not_the_asker_is_asked(question, member, first_meeting, by):
    stranger = builders.make_membership(group=builders.make_group())
    item = builders.make_item(meeting=first_meeting, title="第1回の議題")
    for wrong in ({"routed_to": stranger}, {"routed_to": member}, {"routed_item": item}):
        with pytest.raises(ValidationError, match="選んでください"):
            question_states.route_question(question=question, by=by, seen=1, **wrong)


# Taken back by its asker


@pytest.fixture
def link(member):
    return links.token(PersonalLink.objects.create(membership=member, purpose="meeting", code_hash="1" * 64))


def test_the_asker_takes_it_back_from_the_link(client, question, link):
    page = reverse("meetings:personal_answer_questions", args=[link, 2])
    assert "質問を取り下げる" in client.get(page).content.decode()
    away = reverse("meetings:personal_withdraw_question", args=[link, 2, question.pk])
    assert client.post(away).url == page
    assert asked(client.get(page)) == ([], [("費用はどのくらいですか。", "withdrawn")])


def test_or_logged_in(as_, question, sato):
    as_(sato).post(f"{PAGE}{question.pk}/withdraw/")
    assert Question.objects.get().state == "withdrawn"


def test_the_reply_says_so_and_keeps_what_it_had_said(question, sato, expert):
    question_states.withdraw_question(question=question, by=Actor(sato))
    said = [revision.content["member_questions"]["to"] for revision in Reply.objects.get().revisions.all()]
    assert said == [{str(expert.pk): "費用はどのくらいですか。"}, {}]


def test_a_form_that_is_still_open_does_not_ask_it_again(question, sato, give, expert):
    question_states.withdraw_question(question=question, by=Actor(sato))
    with pytest.raises(Conflict):
        give(version=1, to_people={expert.pk: "費用はどのくらいですか。"}, note="追記")


def test_nobody_else_takes_it_back(as_, question, tanaka, expert):
    assert as_(tanaka).post(f"{PAGE}{question.pk}/withdraw/").status_code == 404
    with pytest.raises(PermissionDenied):
        question_states.withdraw_question(question=question, by=Actor(tanaka))


@pytest.mark.parametrize("used", ["answered", "meant for the report"])
def test_what_is_used_already_is_not_taken_back_nor_said_in_other_words(question, by, sato, give, expert, used):
    if used == "answered":
        questions.add_answer(question=question, by=by, text="三十万円です。")
    else:
        questions.change_question(question=question, by=by, seen=1, text=question.text, in_report=True)
    with pytest.raises(ValidationError, match="事務局へ御連絡ください"):
        question_states.withdraw_question(question=question, by=Actor(sato))
    for text in ({}, {"to_people": {expert.pk: "別の質問です。"}}):
        with pytest.raises(ValidationError, match="変更や取下げができません"):
            give(version=1, **text)
    assert Question.objects.get().text == "費用はどのくらいですか。"


def test_the_page_offers_it_as_long_as_it_can_be_done(as_, question, by, sato):
    questions.add_answer(question=question, by=by, text="三十万円です。")
    assert "質問を取り下げる" not in as_(sato).get(PAGE).content.decode()


# A theme


def test_a_question_becomes_a_theme_of_its_meeting_and_its_asker_reads_so(as_, question, by, sato, meeting):
    theme = themes.make_theme(question=question, by=by, seen=1, meeting=meeting)
    assert (theme.title, theme.question) == ("費用はどのくらいですか。", question)
    assert "第2回で取り上げたいテーマの例に加えました" in as_(sato).get(PAGE).content.decode()


def test_or_of_the_next_meeting_in_one_press(as_, question, group, suzuki):
    third = builders.make_meeting(group=group, number=3, state="draft")
    as_(suzuki).post(f"{DESK}{question.pk}/theme/", {"seen": 1, "to": 3})
    assert Theme.objects.get().meeting == third


def test_not_of_a_meeting_before(question, by, group, first_meeting):
    type(first_meeting).objects.filter(pk=first_meeting.pk).update(state="draft")
    with pytest.raises(ValidationError, match="この後の会議"):
        themes.make_theme(question=question, by=by, seen=1, meeting=first_meeting)


def test_it_becomes_one_once(question, by, meeting):
    themes.make_theme(question=question, by=by, seen=1, meeting=meeting)
    with pytest.raises(ValidationError, match="既にテーマの例に加えています"):
        themes.make_theme(question=question, by=by, seen=1, meeting=meeting)


def test_it_is_undone_as_long_as_nobody_wants_the_theme(question, by, meeting):
    themes.make_theme(question=question, by=by, seen=1, meeting=meeting)
    themes.unmake_theme(question=question, by=by, seen=1)
    assert not Theme.objects.exists()
    with pytest.raises(ValidationError, match="加えていません"):
        themes.unmake_theme(question=question, by=by, seen=1)


def test_a_long_question_is_shortened_to_a_theme():
    assert themes.shortened("あ" * 101) == "あ" * 99 + "…"
    assert themes.shortened("一行目\n二行目") == "一行目 二行目"


# At the desk


def test_the_desk_merges_declines_leads_and_restores_on_its_pages(
    as_, question, other, expert, kimura_inside, suzuki
):
    desk = as_(suzuki)
    desk.post(f"{DESK}{question.pk}/merge/", {"seen": 1, "into": other.pk})
    desk.post(f"{DESK}{question.pk}/restore/", {"seen": 2})
    desk.post(f"{DESK}{question.pk}/route/", {"seen": 3, "routed_to": kimura_inside.pk})
    desk.post(f"{DESK}{question.pk}/decline/", {"seen": 4, "reason": "個別の案件のため"})
    question.refresh_from_db()
    assert (question.state, question.routed_to, question.version) == ("declined", kimura_inside, 5)
    done = Event.objects.filter(target_type="meetings.question", target_id=question.pk, by=suzuki)
    assert list(done.order_by("id").values_list("action", flat=True)) == [
        "meetings.merge_question",
        "meetings.restore_question",
        "meetings.route_question",
        "meetings.decline_question",
    ]


def test_a_page_that_was_opened_before_is_shown_again(as_, question, by, kimura_inside, suzuki):
    question_states.route_question(question=question, by=by, seen=1, routed_to=kimura_inside)
    late = as_(suzuki).post(f"{DESK}{question.pk}/decline/", {"seen": 1, "reason": "個別の案件のため"})
    assert late.status_code == 409


def test_both_a_person_and_an_item_are_one_too_many(as_, question, meeting, kimura_inside, suzuki):
    item = builders.make_item(meeting=meeting, title="予算")
    sent = {"seen": 1, "routed_to": kimura_inside.pk, "routed_item": item.pk}
    page = as_(suzuki).post(f"{DESK}{question.pk}/route/", sent)
    assert page.context["form"].errors == {
        "routed_item": ["回答をお願いする方と議題は、どちらか一方だけを選択してください。"]
    }


def test_what_is_settled_stands_apart_on_the_page_of_the_desk(as_, merged, other, suzuki):
    context = as_(suzuki).get(DESK).context
    assert (list(context["questions"]), list(context["settled"])) == ([other], [merged])


# Printed with consent


def test_the_words_of_the_asker_are_read_and_not_asked_again(as_, question, suzuki):
    page = as_(suzuki).get(f"{DESK}{question.pk}/")
    assert list(page.context["form"].fields) == ["seen", "in_report"]
    assert "御本人の文のまま載せます" in page.content.decode()
    as_(suzuki).post(f"{DESK}{question.pk}/", {"seen": 1, "text": "事務局の文", "in_report": "on"})
    question.refresh_from_db()
    assert (question.text, question.in_report) == ("費用はどのくらいですか。", True)


def test_the_form_says_above_its_boxes_that_it_may_be_printed(as_, survey, sheet, member, sato):
    page = as_(sato).get("/groups/dx-now/meetings/2/answer/").content.decode()
    assert "会議の結果報告に掲載して公開することがあります" in page


def test_who_asked_on_that_page_is_not_asked_again(question, by):
    assert question.asker_told
    changed = questions.change_question(question=question, by=by, seen=1, text=question.text, in_report=True)
    assert (changed.in_report, changed.agreed_at) == (True, None)


def test_what_the_desk_took_down_by_telephone_is_printed_after_it_has_asked(
    as_, survey, member, expert, sheet, suzuki
):
    replies.enter_reply(
        survey=survey,
        membership=member,
        by=Actor(suzuki),
        content=builders.make_content(to_people={expert.pk: "電話での質問"}),
        idempotency_key=uuid4(),
        seen=0,
    )
    asked_by_phone = Question.objects.get()
    page = f"{DESK}{asked_by_phone.pk}/"
    sent = {"seen": 1, "text": "電話での質問", "in_report": "on"}
    refused = as_(suzuki).post(page, sent).context["form"]
    assert refused.errors == {
        "agreed": ["結果報告に載せる前に、質問した方の了承を確認し、チェックを入れてください。"]
    }
    as_(suzuki).post(page, sent | {"agreed": "on"})
    asked_by_phone.refresh_from_db()
    assert (asked_by_phone.in_report, asked_by_phone.agreed_by) == (True, suzuki)
