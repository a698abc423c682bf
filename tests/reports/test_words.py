"""Those who spoke or are named look at their words before the report goes out."""

import copy
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor, Conflict, Via
from foundation.audit.models import Event
from foundation.calendar.workdays import TOKYO
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from meetings.actions import record
from meetings.models import RecordEntry
from members import links
from members.models import PersonalLink
from members.states import Purpose
from reports import actions as reports, drafting, jobs
from reports.actions import words
from reports.compose import compose
from reports.compose.passages import block_of, passages, sha256, who_may_be_asked
from reports.models import WordsCheck, WordsCorrection, WordsReader
from reports.states import Decision
from tests import builders
from tests.stories.first_meeting import FirstMeeting
from tests.stories.our_words import OUR_WORDS

SPOKEN = "公開の意義と、身近な一覧表の例を説明"


@pytest.fixture(scope="module")
def first_once(for_the_module):
    """The second member speaks and has an address; the third is told of nowhere and has one."""
    first = FirstMeeting(OUR_WORDS, members=3)
    first.group.silence_consents = False
    first.chair.user.family_name = "会田"
    first.chair.user.save()
    for number, (person, family) in enumerate(zip(first.members[1:], ["試山", "例田"], strict=True)):
        person.user.family_name, person.user.email = family, f"member{number}@mihon.example.jp"
        person.user.save()
    RecordEntry.objects.filter(meeting=first.meeting, text=SPOKEN).update(speaker=first.members[1])
    return first


@pytest.fixture
def first(db, first_once):
    return copy.deepcopy(first_once)


def ask(first, people=None, closes_at=None):
    return words.ask_for_words(
        meeting=first.meeting,
        by=Actor(first.desk),
        people=[one.pk for one in people or first.members[:2]],
        closes_at=closes_at or timezone.now() + timedelta(days=10),
    )


def own(first, person):
    return passages(compose(first.meeting), first.meeting, [person])[person.pk]


def reader_of(person):
    return WordsReader.objects.get(membership=person)


def answer(first, person, wanted=None, shown=None):
    return words.answer_words(
        reader=reader_of(person),
        by=Actor(person.user, Via.LINK),
        shown=shown or sha256(own(first, person)),
        wanted=wanted or {},
    )


def spoken(first):
    return RecordEntry.objects.get(meeting=first.meeting, speaker=first.members[1])


def correction(first, text="公開の意義と、一覧表の例を二つ説明"):
    ask(first)
    answer(first, first.members[1], {f"entry-{spoken(first).pk}": text})
    return WordsCorrection.objects.get()


def decide(first, wanted, decision=Decision.ADOPTED, text=None, reason="発言のとおりであるため"):
    block = block_of(compose(first.meeting), wanted.key)
    return words.decide_on_words(
        correction=wanted,
        by=Actor(first.desk),
        seen=wanted.version,
        shown=block.sha256 if block else "",
        decision=decision,
        words=text or wanted.words,
        reason=reason,
    )


def letters(check):
    return Email.objects.about(rf"^reports:words:{check.pk}:").order_by("id")


def test_each_is_shown_only_where_they_speak_or_are_named(first):
    """The chair by title and name, in the heading of an item and the election; the expert in two lines."""
    assert [block.text for block in own(first, first.members[1])] == [SPOKEN]
    assert own(first, first.members[2]) == []
    talk, next_form = own(first, first.speaker)
    assert talk.text == "話題提供（外部有識者「例山文子氏」）"
    assert "例山さんの話題提供に対する質疑" in next_form.text
    assert {block.key.partition("-")[0] for block in own(first, first.chair)} == {"item", "entry"}


def test_who_is_called_like_the_town_is_not_named_wherever_the_town_is(first):
    builders.make_municipality(name="会田市")
    first.group.parent_body = "会田市行政経営本部"
    first.group.save()
    first.meeting.refresh_from_db()
    assert {block.key.partition("-")[0] for block in own(first, first.chair)} == {"item", "entry"}


def test_d27_those_counted_on_the_day_may_be_asked(first):
    assert list(who_may_be_asked(first.meeting)) == [*first.members, *first.experts]


def test_each_with_an_address_gets_one_letter_with_a_link_of_their_own(first):
    check = ask(first)
    (letter,) = letters(check)
    link = PersonalLink.objects.get(membership=first.members[1], purpose=Purpose.MEETING)
    assert letter.to_address == "member0@mihon.example.jp"
    assert letter.subject.endswith("第1回DX推進部会 記録の発言等の確認のお願い")
    assert f"[[personal-link:{link.pk}]]meetings/1/words/" in letter.body
    assert "確認いただいたものとします" not in letter.body


def test_silence_consents_only_where_the_group_has_it_so_and_the_letter_says_it(first):
    first.group.silence_consents = True
    first.group.save()
    check = ask(first)
    assert "期限までに御連絡がない場合は、内容を確認いただいたものとします。" in letters(check).get().body
    WordsCheck.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    assert str(reader_of(first.members[1]).answer) == "連絡なし（確認いただいたものとする）"
    WordsCheck.objects.update(silence_consents=False)
    assert str(reader_of(first.members[1]).answer) == "未確認"


def test_by_link_one_says_that_it_is_right_and_the_trail_says_so(first):
    check = ask(first)
    answer(first, first.members[1])
    reader = reader_of(first.members[1])
    assert (str(reader.answer), reader.sha256) == ("このままでよい", sha256(own(first, first.members[1])))
    event = Event.objects.get(action="reports.answer_words")
    assert (event.by, event.via, event.changes["corrections"]) == (first.members[1].user, Via.LINK, 0)
    assert letters(check).get().job.state == JobState.CANCELLED


def test_nobody_finds_right_what_their_page_did_not_show(first):
    ask(first)
    before = sha256(own(first, first.members[1]))
    line = spoken(first)
    record.edit_entry(entry=line, by=Actor(first.desk), seen=line.version, text="別の説明")
    with pytest.raises(Conflict):
        answer(first, first.members[1], shown=before)


def test_nobody_else_answers(first):
    ask(first)
    with pytest.raises(PermissionDenied):
        words.answer_words(
            reader=reader_of(first.members[1]), by=Actor(first.members[2].user), shown="", wanted={}
        )


def test_what_was_answered_is_taken_back_until_the_desk_has_decided_on_it(first):
    wanted = correction(first)
    person = first.members[1]
    words.take_back_words(reader=reader_of(person), by=Actor(person.user))
    assert (str(reader_of(person).answer), WordsCorrection.objects.count()) == ("未確認", 0)
    answer(first, person, {wanted.key: wanted.words})
    decide(first, WordsCorrection.objects.get(), Decision.DECLINED)
    with pytest.raises(ValidationError, match="事務局が確認したため"):
        words.take_back_words(reader=reader_of(person), by=Actor(person.user))


def test_a_correction_that_is_taken_up_stands_in_the_report(first):
    decide(first, correction(first))
    assert spoken(first).text == "公開の意義と、一覧表の例を二つ説明"
    assert SPOKEN not in first.text()
    told = WordsCorrection.objects.get()
    assert (told.decision, told.reason, told.decided_by) == ("adopted", "発言のとおりであるため", first.desk)


def test_one_that_is_declined_leaves_it_as_it_was(first):
    decide(first, correction(first), Decision.DECLINED, reason="録音のとおりであるため")
    assert spoken(first).text == SPOKEN
    with pytest.raises(ValidationError, match="既に記録されています"):
        decide(first, WordsCorrection.objects.get())


def test_a_computed_sentence_keeps_the_computed_value_beside_the_correction(first):
    ask(first, [first.speaker])
    talk, _next_form = own(first, first.speaker)
    answer(first, first.speaker, {talk.key: "話題提供（例山文子氏）"})
    decide(first, WordsCorrection.objects.get())
    (span,) = block_of(compose(first.meeting), talk.key).spans
    assert (span.text, span.computed, span.reason) == (
        "話題提供（例山文子氏）",
        talk.text,
        "発言のとおりであるため",
    )


def test_what_somebody_asked_can_be_printed_in_other_words_for_a_reason(first):
    question = next(block for block in compose(first.meeting).blocks if block.key.startswith("question-"))
    reports.override_sentence(
        meeting=first.meeting,
        by=Actor(first.desk),
        key=question.key,
        shown=question.sha256,
        words="公開できる一覧表の探し方は？",
        reason="要点だけにするため",
    )
    (span,) = compose(first.meeting).sentence(question.key).spans
    assert (span.text, span.computed) == ("公開できる一覧表の探し方は？", question.text)
    assert "Q. 公開できる一覧表の探し方は？" in first.text()


def test_after_its_date_and_after_the_decision_nothing_is_taken(first):
    ask(first)
    WordsCheck.objects.update(closes_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(ValidationError, match="確認の受付は終わりました"):
        answer(first, first.members[1])
    WordsCheck.objects.update(closes_at=timezone.now() + timedelta(days=1))
    first.approve()
    with pytest.raises(ValidationError, match="確認の受付は終わりました"):
        answer(first, first.members[1])


@pytest.mark.parametrize(
    ("given", "field"),
    [({"closes_at": datetime(2021, 5, 20, 17, tzinfo=TOKYO)}, "closes_at"), ({"people": [0]}, "people")],
)
def test_a_request_has_a_date_to_come_and_somebody_of_the_meeting(first, given, field):
    usual = {"people": [first.chair.pk], "closes_at": timezone.now() + timedelta(days=3)}
    with pytest.raises(ValidationError) as refusal:
        words.ask_for_words(meeting=first.meeting, by=Actor(first.desk), **{**usual, **given})
    assert list(refusal.value.message_dict) == [field]


def test_only_the_desk_asks(first):
    with pytest.raises(PermissionDenied):
        words.ask_for_words(
            meeting=first.meeting, by=Actor(first.chair.user), people=[first.chair.pk], closes_at=timezone.now()
        )


def test_the_clock_reminds_once_on_the_working_day_before(first):
    check = ask(first, first.members[1:], closes_at=datetime(2027, 1, 29, 17, tzinfo=TOKYO))
    WordsCheck.objects.update(asked_at=datetime(2027, 1, 20, 9, tzinfo=TOKYO))
    answer(first, first.members[1])
    for day in (27, 28, 29):
        jobs.remind_on(datetime(2027, 1, day, tzinfo=TOKYO).date())
    subjects = [(letter.to_address, letter.subject[:4]) for letter in letters(check)]
    assert subjects == [
        ("member0@mihon.example.jp", "【要確認"),
        ("member1@mihon.example.jp", "【要確認"),
        ("member1@mihon.example.jp", "【再案内"),
    ]


def test_another_date_replaces_what_has_not_left(first):
    check = ask(first)
    words.move_words(
        check=check, by=Actor(first.desk), seen=check.version, closes_at=timezone.now() + timedelta(days=20)
    )
    told = [(letter.subject[:6], letter.job.state) for letter in letters(check)]
    assert told == [("【要確認・1", JobState.CANCELLED), ("【期限の変更", JobState.WAITING)]


def test_a_request_is_called_off_with_its_letters_and_made_anew(first):
    check = ask(first)
    words.call_off_words(check=check, by=Actor(first.desk), seen=check.version)
    assert letters(check).get().job.state == JobState.CANCELLED
    with pytest.raises(ValidationError, match="既に取り下げています"):
        words.remind_of_words(check=check, by=Actor(first.desk), seen=check.version + 1)
    ask(first)
    assert WordsCheck.objects.standing().count() == 1
    with transaction.atomic(), pytest.raises((IntegrityError, ValidationError)):
        ask(first)


def test_it_stands_in_the_papers_of_the_decision(first):
    decide(first, correction(first))
    papers = {paper.name: paper.content for paper in drafting.papers(first.report, at=timezone.now())}
    lines = papers["07_発言等の確認.csv"].decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["氏名", "会田 一郎", "試山 一郎"]
    assert SPOKEN in lines[2]
    assert "採用" in lines[2]


# Its pages


@pytest.fixture
def by_link(first, client):
    ask(first)
    link = PersonalLink.objects.get(membership=first.members[1], purpose=Purpose.MEETING)
    return links.token(link)


def test_the_link_leads_to_one_s_own_words_and_past_them(first, client, by_link):
    page = reverse("reports:personal_own_words", args=[by_link, 1])
    assert client.get(reverse("personal", args=[by_link])).url == page
    assert client.get(reverse("personal", args=[by_link]), {"answers": ""}).status_code == 200
    shown = client.get(page).content.decode()
    assert SPOKEN in shown
    assert "修正を申し出る" in shown
    assert client.post(page, {"shown": sha256(own(first, first.members[1]))}).url == page
    assert client.get(reverse("personal", args=[by_link])).status_code == 200
    assert "このままでよい" in client.get(page).content.decode()


def test_what_is_typed_is_not_lost_by_the_other_button(first, client, by_link):
    page = reverse("reports:personal_own_words", args=[by_link, 1])
    typed = {f"words-entry-{spoken(first).pk}": "二つ説明", "shown": sha256(own(first, first.members[1]))}
    refused = client.post(page, typed).content.decode()
    assert "修正の案が入力されています" in refused
    assert "二つ説明" in refused
    client.post(page, {**typed, "wants": ""})
    assert WordsCorrection.objects.get().words == "二つ説明"


def test_who_was_not_asked_finds_nothing(first, client, by_link):
    client.force_login(first.members[2].user)
    assert client.get(reverse("reports:own_words", args=[first.group.slug, 1])).status_code == 404


def test_the_desk_sees_who_has_answered_and_that_the_text_changed_since(first, client):
    wanted = correction(first)
    client.force_login(first.desk)
    page = reverse("reports:words", args=[first.group.slug, 1])
    shown = client.get(page).content.decode()
    assert shown.count("未確認の1名") == 1
    assert "採否を決めてください" in shown
    assert "確認の後に文が変わりました" not in shown
    decide(first, wanted)
    assert "確認の後に文が変わりました" in client.get(page).content.decode()
