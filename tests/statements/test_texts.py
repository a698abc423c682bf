"""A text on its way from our proposal to what citizens read."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from statements import actions
from statements.models import PublishedStatement, TextDraft
from statements.proposals import BLANK, draft_of, proposal_of, says_too_much
from statements.states import TEXTS, Statement
from tests.statements.conftest import DECISION

PRIVACY = Statement.PRIVACY


def says(statement):
    return PublishedStatement.objects.standing().of(statement).values_list("body", flat=True).first()


# What we propose


@pytest.mark.parametrize("statement", TEXTS)
def test_each_proposal_names_the_town_and_its_section_and_no_other_town(statement, town):
    town.name, town.contact_section = "架空村", "総務課<＆>"
    town.save()
    text = proposal_of(statement)
    assert ("架空村" in text) == (statement != Statement.CONTACT)
    assert ("総務課<＆>" in text) == (statement != Statement.POLICY)
    assert ("見本" in text, "市" in text) == (False, False)


def test_what_the_town_has_not_entered_is_left_for_it(db):
    assert [str(BLANK) in proposal_of(text) for text in TEXTS] == [True] * 4


def test_only_the_policy_of_accessibility_leaves_something_to_decide(town):
    town.contact_section = "行政経営課"
    town.save()
    assert [text for text in TEXTS if str(BLANK) in proposal_of(text)] == [Statement.ACCESSIBILITY]


def test_what_is_worked_on_is_the_draft_else_what_was_published_else_what_we_propose(town, abe, publish):
    assert draft_of(PRIVACY).body == proposal_of(PRIVACY)
    publish("privacy", body="本市の文")
    TextDraft.objects.all().delete()
    assert draft_of(PRIVACY).body == "本市の文"
    TextDraft.objects.create(statement=PRIVACY, body="新しい文")
    assert draft_of(PRIVACY).body == "新しい文"


# Drafts


def test_a_draft_is_read_by_no_citizen(client, town, by_abe):
    actions.edit_text(statement=PRIVACY, by=by_abe, seen=0, body="下書きの一文")
    page = client.get("/about/privacy/").text
    assert ("下書きの一文" in page, "準備中です" in page) == (False, True)


def test_two_who_write_at_once_are_told(town, by_abe):
    actions.edit_text(statement=PRIVACY, by=by_abe, seen=0, body="一人目")
    with pytest.raises(Conflict):
        actions.edit_text(statement=PRIVACY, by=by_abe, seen=0, body="二人目")
    assert TextDraft.objects.get().body == "一人目"


def test_the_page_shows_both_texts_and_keeps_what_was_typed(office, town, by_abe):
    actions.edit_text(statement=PRIVACY, by=by_abe, seen=0, body="一人目の文")
    answer = office.post(reverse("statements:edit_text", args=["privacy"]), {"seen": 0, "body": "二人目の文"})
    assert (answer.status_code, "一人目の文" in answer.text, "二人目の文" in answer.text) == (409, True, True)


# Publication


def test_the_first_decision_is_shown_with_its_day(client, publish):
    said = publish("privacy", body="■目的\n市民のため", document_number="行経第1号")
    page = client.get("/about/privacy/").text
    assert ("<h2>目的</h2>" in page, "市民のため" in page, "準備中" in page) == (True, True, False)
    assert "決定、" in page
    assert "行政経営部長　行経第1号" in page
    assert (said.number, Event.objects.latest("id").action) == (1, "statements.publish_text")


def test_a_change_is_another_decision_and_says_what_was_changed(client, publish):
    publish("privacy", body="初めの文")
    publish("privacy", body="改めた文", change="保存の項を改めた")
    page = client.get("/about/privacy/").text
    assert ("改めた文" in page, "初めの文" in page, "改定（保存の項を改めた）" in page) == (True, False, True)
    assert list(PublishedStatement.objects.values_list("number", "body")) == [(1, "初めの文"), (2, "改めた文")]


@pytest.mark.parametrize(
    ("body", "decision", "refusal"),
    [
        ("本文", {}, "改定の内容又は取りやめる理由を入力してください。"),
        ("初めの文", {"change": "字句"}, "掲載中の内容から変わったところがありません。"),
        (f"担当：{BLANK}", {"change": "字句"}, "と書かれた箇所が残っています"),
        (
            "本文",
            {"change": "字句", "decided_on": timezone.localdate() + timedelta(days=1)},
            "決定日は、今日までの日付にしてください。",
        ),
    ],
)
def test_what_is_not_published(publish, body, decision, refusal):
    publish("privacy", body="初めの文")
    with pytest.raises(ValidationError) as refused:
        publish("privacy", body=body, **decision)
    assert refusal in refused.value.messages[0]
    assert says(PRIVACY) == "初めの文"


def test_a_change_without_words_is_told_beside_its_field(publish):
    publish("privacy", body="初めの文")
    with pytest.raises(ValidationError) as refused:
        publish("privacy", body="本文")
    assert list(refused.value.message_dict) == ["change"]


def test_nobody_decides_on_a_text_that_the_page_did_not_show(town, by_abe):
    shown = actions.hash_of(draft_of(PRIVACY).body)
    actions.edit_text(statement=PRIVACY, by=by_abe, seen=0, body="別の文")
    with pytest.raises(Conflict):
        actions.publish_text(statement=PRIVACY, by=by_abe, shown=shown, **DECISION)
    assert says(PRIVACY) is None


def test_what_was_withdrawn_says_since_when_and_why(client, publish, withdraw):
    publish("privacy", body="誤った文")
    withdraw("privacy", upto=1, change="根拠の誤り")
    page = client.get("/about/privacy/").text
    assert ("誤った文" in page, "掲載を取りやめました（理由：根拠の誤り）。" in page) == (False, True)
    assert "掲載の取りやめ（理由：根拠の誤り）" in page


def test_what_was_withdrawn_can_be_published_again(client, publish, withdraw):
    publish("privacy", body="本文")
    withdraw("privacy", upto=1)
    publish("privacy", body="本文", change="再び掲載")
    assert says(PRIVACY) == "本文"


def test_only_what_stands_there_as_shown_is_withdrawn(publish, withdraw, by_abe):
    with pytest.raises(ValidationError, match="掲載中の内容がありません。"):
        withdraw("privacy", upto=1)
    publish("privacy", body="一")
    publish("privacy", body="二", change="字句")
    with pytest.raises(Conflict):
        withdraw("privacy", upto=1)
    assert says(PRIVACY) == "二"


@pytest.mark.parametrize("name", ["edit_text", "publish_text", "withdraw"])
def test_only_administrators_do(town, suzuki, abe, publish, name):
    publish("privacy", body="本文")
    values = {"edit_text": {"seen": 1, "body": "別"}, "withdraw": {"shown": "1", "change": "x"} | DECISION}
    values["publish_text"] = {"shown": actions.hash_of("本文"), "change": "x"} | DECISION
    with pytest.raises(PermissionDenied):
        getattr(actions, name)(statement=PRIVACY, by=Actor(suzuki), **values[name])
    assert says(PRIVACY) == "本文"


# The office's pages


def test_the_overview_tells_what_citizens_read_and_what_waits(office, publish, by_abe):
    publish("privacy", body="本文")
    actions.edit_text(statement=PRIVACY, by=by_abe, seen=1, body="新しい文")
    page = office.get(reverse("statements:overview"))
    assert [(row["statement"], row["waits"]) for row in page.context["texts"]] == [
        ("contact", None),
        ("policy", None),
        ("privacy", True),
        ("accessibility", None),
    ]
    assert page.text.count("下書きは、掲載中の文と異なります。") == 1


def test_from_the_draft_to_the_page_of_citizens(office, client, town):
    edit, publish = (reverse(f"statements:{name}", args=["contact"]) for name in ("edit_text", "publish_text"))
    answer = office.post(edit, {"seen": 0, "body": "窓口へ"}, follow=True)
    assert "「お問い合わせ」の下書きを保存しました。まだ公開していません。" in answer.text
    shown = {"shown": answer.context["form"]["shown"].value()}
    answer = office.post(publish, shown | DECISION, follow=True)
    assert "「お問い合わせ」を公開しました。" in answer.text
    assert "窓口へ" in client.get("/about/").text
    answer = office.post(
        reverse("statements:withdraw", args=["contact"]), {"shown": "1", "change": "誤り"} | DECISION
    )
    assert answer.status_code == 302
    assert "窓口へ" not in client.get("/about/").text


def test_where_a_blank_is_left_there_is_no_form_but_what_to_do(office, town):
    page = office.get(reverse("statements:publish_text", args=["accessibility"])).text
    assert ("このままでは公開できません" in page, 'name="decided_by"' in page) == (True, False)


# 準拠


@pytest.mark.parametrize(
    ("first", "words"),
    [(None, "AAに配慮し"), ("fail", "AAに一部準拠"), ("pass", "AAに準拠")],
)
def test_the_proposal_says_what_the_published_results_bear_out(town, whole, publish_results, first, words):
    if first:
        whole(first)
        publish_results()
    text = proposal_of(Statement.ACCESSIBILITY)
    assert [sentence for sentence in ("AAに配慮し", "AAに一部準拠", "AAに準拠") if sentence in text] == [words]


def test_a_whole_test_that_nobody_can_read_bears_out_nothing(town, whole):
    whole()
    assert "準拠" not in proposal_of(Statement.ACCESSIBILITY)


@pytest.mark.parametrize(
    ("first", "too_much"),
    [
        (None, {"準拠": True, "一部準拠": True, "配慮し": False}),
        ("fail", {"準拠": True, "一部準拠": False, "配慮し": False}),
        ("pass", {"準拠": False, "一部準拠": False, "配慮し": False}),
    ],
)
def test_the_office_is_warned_of_a_word_that_is_not_borne_out(town, whole, publish_results, first, too_much):
    if first:
        whole(first)
        publish_results()
    assert {word: says_too_much(f"レベルAAに{word}") for word in too_much} == too_much


def test_the_warning_stands_on_the_page(office, town, by_abe):
    address = reverse("statements:publish_text", args=["accessibility"])
    assert "「準拠」の記載があります" not in office.get(address).text
    actions.edit_text(statement=Statement.ACCESSIBILITY, by=by_abe, seen=0, body="レベルAAに準拠しています。")
    assert "「準拠」の記載があります" in office.get(address).text
