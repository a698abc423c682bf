"""独自の設問: what the desk of a meeting asks of its own. An answered question is never another: it is retired."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from foundation.actions import Actor, Conflict
from foundation.audit.models import Event
from meetings.actions import fields, meetings, replies, surveys, withdrawals
from meetings.models import FieldAnswer, Meeting, Reply, ReplyDraft, Survey, SurveyField
from meetings.papers import of_meeting
from meetings.states import FieldKind, Mode, SectionKind
from meetings.survey.content import content_of, questionnaire
from meetings.survey.tally import file_rows, tally
from tests import builders
from tests.meetings.conftest import close

pytestmark = pytest.mark.django_db
ANSWER = "/groups/dx-now/meetings/2/answer/"
PAGE = "/groups/dx-now/desk/meetings/2/form/fields/"


@pytest.fixture
def by(suzuki):
    return Actor(suzuki)


@pytest.fixture
def lunch(survey):
    """「当日の昼食」, answered by a short text."""
    return builders.make_field(survey=survey)


@pytest.fixture
def box(survey):
    """「弁当」か「持参」か."""
    return builders.make_field(survey=survey, kind="one", label="昼食の手配", options=["弁当", "持参"], order=2)


def now(field):
    return SurveyField.objects.get(pk=field.pk)


# Asking


def test_the_desk_asks_one_more_question_and_the_form_has_a_place_for_it(meeting, survey, by):
    survey.sections.filter(kind=SectionKind.CUSTOM).delete()
    field = fields.add_field(meeting=meeting, by=by, kind="number", label="同行者の人数", options=[])
    assert (field.order, field.kind, field.is_required) == (1, "number", False)
    assert [section.kind for section in survey.sections.all()] == list(builders.ASKED)
    event = Event.objects.get(action="meetings.add_field")
    assert event.changes["label"] == ["", "同行者の人数"]


def test_a_page_of_the_settings_from_before_does_not_take_the_section_away(meeting, survey, by):
    survey.sections.filter(kind=SectionKind.CUSTOM).delete()
    fields.add_field(meeting=meeting, by=by, kind="text", label="昼食")
    given = {"closes_at": survey.closes_at, "sections": [], "themes": []}
    with pytest.raises(Conflict):
        surveys.set_survey(meeting=meeting, by=by, seen=survey.version, **given)


def test_without_a_form_there_is_nothing_to_add_it_to(group, by):
    meeting = builders.make_meeting(group=group, number=1, state="draft")
    with pytest.raises(ValidationError, match="先に、入力フォームの回答期限を保存してください。"):
        fields.add_field(meeting=meeting, by=by, kind="text", label="昼食")


def test_only_the_desk_asks(meeting, survey, sato):
    with pytest.raises(PermissionDenied, match="会議の準備は、事務局の担当者だけが行えます。"):
        fields.add_field(meeting=meeting, by=Actor(sato), kind="text", label="昼食")


def test_choices_belong_to_what_is_chosen(meeting, survey, by):
    for kind, options in (("text", ["弁当"]), ("one", [])):
        with pytest.raises(ValidationError, match="選択肢は、「一つ選ぶ」「いくつでも選ぶ」のときに"):
            fields.add_field(meeting=meeting, by=by, kind=kind, label="昼食", options=options)


def test_as_long_as_nobody_has_answered_it_is_changed_and_taken_away(lunch, by):
    fields.edit_field(field=lunch, by=by, seen=1, label="夕食")
    assert now(lunch).label == "夕食"
    with pytest.raises(Conflict):
        fields.remove_field(field=lunch, by=by, seen=1)
    fields.remove_field(field=lunch, by=by, seen=2)
    assert SurveyField.objects.count() == 0


def test_one_is_moved_among_those_that_are_asked(lunch, box, survey, by):
    builders.make_field(survey=survey, label="古い設問", order=1, retired_at=survey.opens_at)
    for step in (-1, -1):
        fields.move_field(field=box, by=by, step=step)
    assert list(SurveyField.objects.living()) == [box, lunch]
    fields.move_field(field=box, by=by, step=1)
    assert list(SurveyField.objects.living()) == [lunch, box]


# Answering


def test_what_was_said_is_stored_and_kept_with_its_revision(give, lunch, box, member):
    reply = give(answers={lunch.pk: "弁当", box.pk: "持参"})
    assert dict(FieldAnswer.objects.values_list("field", "value")) == {lunch.pk: "弁当", box.pk: "持参"}
    said = {"answers": {str(lunch.pk): "弁当", str(box.pk): "持参"}}
    assert reply.revisions.get().content["custom"] == said
    assert content_of(Reply.objects.whole().get())["custom"] == said


def test_what_is_said_no_more_is_taken_away(give, lunch, box):
    give(answers={lunch.pk: "弁当", box.pk: "持参"})
    give(version=1, answers={box.pk: "弁当"})
    assert dict(FieldAnswer.objects.values_list("field", "value")) == {box.pk: "弁当"}


def test_the_same_page_sent_twice_is_one_answer(give, lunch):
    key = uuid4()
    for _time in range(2):
        assert give(key=key, answers={lunch.pk: "弁当"}).version == 1


def test_what_was_not_asked_is_refused(give, lunch, group):
    elsewhere = builders.make_survey(meeting=builders.make_meeting(group=group, number=9))
    strange = builders.make_field(survey=elsewhere)
    for pk in (strange.pk, 999_999):
        with pytest.raises(ValidationError, match="入力中に設問が変わりました"):
            give(answers={pk: "弁当"})


def test_what_the_desk_changed_while_somebody_typed_is_not_answered(give, lunch, survey, member):
    """The desk was faster between the look at the questions and the answer to them."""
    reply = give()
    asks = questionnaire(Survey.objects.for_person(member).get(pk=survey.pk), member)
    (section, asked) = next(part for part in asks if part[0].kind == SectionKind.CUSTOM)
    SurveyField.objects.update(label="夕食", version=2)
    with pytest.raises(ValidationError, match="入力中に設問が変わりました"):
        section.write(reply, {"answers": {str(lunch.pk): "弁当"}}, asked)


# Once it was answered


def test_an_answered_question_is_neither_changed_nor_taken_away(give, lunch, by):
    give(answers={lunch.pk: "弁当"})
    with pytest.raises(ValidationError, match="既に回答があるため、変更も削除もできません。"):
        fields.edit_field(field=lunch, by=by, seen=1, label="夕食")
    with pytest.raises(ValidationError, match="既に回答があるため、変更も削除もできません。"):
        fields.remove_field(field=lunch, by=by, seen=1)
    assert now(lunch).label == "当日の昼食"


def test_nor_is_one_whose_answer_was_taken_back(give, lunch, by, survey, member, sato):
    """Its answer stands in the history, under these words."""
    give(answers={lunch.pk: "弁当"})
    withdrawals.withdraw_reply(survey=survey, membership=member, by=Actor(sato), seen=1)
    with pytest.raises(ValidationError, match="既に回答があるため"):
        fields.edit_field(field=lunch, by=by, seen=1, label="夕食")


def test_a_question_left_open_by_whoever_answered_is_still_a_draft(give, lunch, by):
    give()
    assert fields.edit_field(field=lunch, by=by, seen=1, label="夕食").label == "夕食"


def test_it_is_retired_and_no_longer_asked(give, lunch, by, as_, tanaka, sheet):
    give(answers={lunch.pk: "弁当"})
    fields.retire_field(field=lunch, by=by, seen=1)
    assert f"field_{lunch.pk}" not in as_(tanaka).get(ANSWER).context["form"].fields
    assert Event.objects.get(action="meetings.retire_field").changes["label"] == "当日の昼食"


def test_who_answered_it_still_reads_it_and_changes_the_rest(give, lunch, by, as_, sato):
    give(answers={lunch.pk: "弁当"})
    fields.retire_field(field=lunch, by=by, seen=1)
    shown = as_(sato).get(f"{ANSWER}receipt/").content.decode()
    assert ("当日の昼食（取りやめた設問）" in shown, "弁当" in shown) == (True, True)
    give(version=1, mode=Mode.ABSENT)
    assert FieldAnswer.objects.get().value == "弁当"


def test_sent_again_without_the_retired_question_nothing_has_changed(give, lunch, by):
    give(answers={lunch.pk: "弁当"})
    fields.retire_field(field=lunch, by=by, seen=1)
    assert give(version=1).version == 1


def test_a_draft_of_before_is_shown_with_what_was_typed_to_it(lunch, by, as_, sato, survey, member):
    data = {"mode": ["venue"], f"field_{lunch.pk}": ["弁当の希望"], "seen": ["0"]}
    replies.save_draft(survey=survey, membership=member, by=Actor(sato), data=data)
    fields.retire_field(field=lunch, by=by, seen=1)
    close(survey)
    shown = as_(sato).get(ANSWER).content.decode()
    assert ("当日の昼食（取りやめた設問）" in shown, "弁当の希望" in shown) == (True, True)


def test_retired_ones_with_answers_stay_in_the_tally_and_the_file(give, lunch, by, survey, meeting):
    nobody = builders.make_field(survey=survey, label="誰も答えない設問", order=5)
    give(answers={lunch.pk: "弁当"})
    for field in (lunch, nobody):
        fields.retire_field(field=field, by=by, seen=1)
    found = tally(meeting)
    assert [(result.asked, [text for _row, text in result.texts]) for result in found.field_results] == [
        (lunch, ["弁当"])
    ]
    header, sato, _tanaka_or_none = [*file_rows(meeting), None][:3]
    assert sato[header.index("当日の昼食（取りやめた設問）")] == "弁当"


# A slip of the pen


def test_a_slip_is_corrected_with_its_reason_and_a_trail(give, box, by):
    give(answers={box.pk: "弁当"})
    words = {"label": "昼食の手配", "help_text": "", "options": ["お弁当", "持参"]}
    fields.correct_field(field=box, by=by, seen=1, reason="「お」の脱字のため", **words)
    event = Event.objects.get(action="meetings.correct_field")
    assert event.changes == {
        "field": box.pk,
        "reason": "「お」の脱字のため",
        "options": [["弁当", "持参"], ["お弁当", "持参"]],
    }


def test_whoever_chose_it_has_chosen_it_in_its_corrected_words(give, survey, by, meeting, expert, member):
    both = builders.make_field(survey=survey, kind="several", options=["弁当", "茶"])
    one = builders.make_field(survey=survey, kind="one", label="席", options=["前", "後"], order=2)
    reply = give(answers={both.pk: ["弁当", "茶"], one.pk: "前"})
    fields.correct_field(
        field=both, by=by, seen=1, reason="誤字", label="昼食", help_text="", options=["お弁当", "茶"]
    )
    fields.correct_field(field=one, by=by, seen=1, reason="誤字", label="席", help_text="", options=["前方", "後"])
    counts = [result.counts for result in tally(meeting).field_results]
    assert counts == [[("お弁当", 1), ("茶", 1)], [("前方", 1), ("後", 0)]]
    assert reply.revisions.get().content["custom"]["answers"][str(one.pk)] == "前"


def test_a_correction_neither_adds_nor_takes_away(give, box, by):
    give(answers={box.pk: "弁当"})
    words = {"field": box, "by": by, "seen": 1, "reason": "誤字", "label": "昼食の手配", "help_text": ""}
    with pytest.raises(ValidationError, match="選択肢の数を変えられません"):
        fields.correct_field(**words, options=["弁当"])
    with pytest.raises(ValidationError, match="訂正した箇所がありません"):
        fields.correct_field(**words)


# The next meeting


def test_the_next_form_asks_what_this_one_still_asks(survey, group, by, lunch, box):
    survey.sections.exclude(kind__in=[SectionKind.ATTENDANCE, SectionKind.CUSTOM, SectionKind.THEMES]).delete()
    surveys.move_section(meeting=survey.meeting, by=by, section="custom", step=-1)
    fields.retire_field(field=lunch, by=by, seen=1)
    details = {"starts_at": survey.meeting.starts_at, "ends_at": survey.meeting.ends_at}
    following = meetings.create_meeting(group=group, by=by, **details)
    (copied,) = following.survey.fields.all()
    assert (copied.label, copied.options, copied.order, copied.retired_at) == (
        "昼食の手配",
        ["弁当", "持参"],
        1,
        None,
    )
    assert [section.kind for section in following.survey.sections.all()] == ["attendance", "custom", "themes"]


def test_a_form_that_asked_nothing_of_its_own_leaves_no_section(survey, group, by):
    details = {"starts_at": survey.meeting.starts_at, "ends_at": survey.meeting.ends_at}
    following = meetings.create_meeting(group=group, by=by, **details)
    assert not following.survey.sections.filter(kind=SectionKind.CUSTOM).exists()


# What leaves the house


def test_the_archive_has_every_answer(give, lunch, box, meeting):
    give(answers={lunch.pk: "弁当", box.pk: "持参"})
    papers = {paper.name: paper.content.decode("utf-8-sig") for paper in of_meeting(meeting)}
    header, row, *_rest = papers["06_回答/出欠と質問.csv"].splitlines()
    assert ("当日の昼食,昼食の手配" in header, "弁当,持参" in row) == (True, True)
    assert papers["06_回答/回答の履歴.csv"].count("弁当") == 1


def test_a_heading_is_never_a_formula(as_, suzuki, survey, member):
    builders.make_field(survey=survey, label="=HYPERLINK(1)")
    file = as_(suzuki).get("/groups/dx-now/desk/meetings/2/tally.csv").content.decode("utf-8-sig")
    assert [cell for cell in file.splitlines()[0].split(",") if "HYPERLINK" in cell] == ["'=HYPERLINK(1)"]


# The desk's pages


@pytest.fixture
def desk(as_, suzuki, survey):
    return as_(suzuki)


def test_a_question_is_added_on_the_page(desk, meeting):
    typed = {"label": "昼食の手配", "kind": "one", "options": " 弁当 \n\n持参\n弁当", "help_text": "実費です。"}
    assert desk.post(PAGE, typed).url == PAGE
    field = SurveyField.objects.get()
    assert (field.kind, field.options, field.help_text) == ("one", ["弁当", "持参"], "実費です。")
    shown = desk.get(PAGE).content.decode()
    assert ("一つ選ぶ（弁当／持参）" in shown, "回答あり" in shown, "変更する" in shown) == (True, False, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("弁当", "選択肢を二つ以上、1行に一つずつ入力してください。"),
        ("\n".join(str(number) for number in range(31)), "選択肢は30個までにしてください。"),
        (
            "弁当\n" + "持" * 101,
            "選択肢は100文字以内で入力してください（持持持持持持持持持持持持持持持持持持持持…）。",
        ),
    ],
)
def test_choices_that_are_none_are_told_at_their_field(desk, typed, said):
    form = desk.post(PAGE, {"label": "昼食", "kind": "several", "options": typed}).context["form"]
    assert form.errors == {"options": [said]}


def test_a_question_of_another_kind_keeps_no_choices(desk):
    desk.post(PAGE, {"label": "昼食", "kind": "text", "options": "弁当\n持参"})
    assert SurveyField.objects.get().options == []


def test_one_that_nobody_answered_is_changed_moved_and_removed_there(desk, lunch, box):
    typed = {"label": "夕食", "kind": "text", "seen": "1"}
    assert desk.post(f"{PAGE}{lunch.pk}/", typed).url == PAGE
    assert desk.post(f"{PAGE}{box.pk}/move/", {"to": "up"}).url == PAGE
    assert [field.label for field in SurveyField.objects.living()] == ["昼食の手配", "夕食"]
    assert desk.post(f"{PAGE}{box.pk}/remove/", {"seen": "1"}).url == PAGE
    assert [field.label for field in SurveyField.objects.all()] == ["夕食"]


def test_an_answered_one_is_corrected_or_retired_there(desk, give, box):
    give(answers={box.pk: "弁当"})
    shown = desk.get(PAGE).content.decode()
    assert ("字句を訂正する" in shown, "設問を取りやめる" in shown, "変更する<" in shown) == (True, True, False)
    typed = {"label": "昼食の手配", "options": "お弁当\n持参", "reason": "脱字", "seen": "1"}
    assert desk.post(f"{PAGE}{box.pk}/correct/", typed).url == PAGE
    assert "元に戻すことはできません" in desk.get(f"{PAGE}{box.pk}/retire/").content.decode()
    address = desk.post(f"{PAGE}{box.pk}/retire/", {"seen": "2"}).url
    assert address == f"{PAGE}?like={box.pk}#add"
    form = desk.get(address).context["form"]
    assert (form["label"].value(), form["options"].value()) == ("昼食の手配", "お弁当\n持参")
    assert "取りやめた設問" in desk.get(PAGE).content.decode()


def test_a_correction_without_a_reason_is_none(desk, lunch):
    form = desk.post(f"{PAGE}{lunch.pk}/correct/", {"label": "夕食", "seen": "1"}).context["form"]
    assert form.errors == {"reason": ["訂正の理由を入力してください。"]}


def test_two_windows_at_one_question_see_both_texts(desk, lunch):
    for label in ("夕食", "朝食"):
        sent = desk.post(f"{PAGE}{lunch.pk}/", {"label": label, "kind": "text", "seen": "1"})
    assert (sent.status_code, sent.context["form"]["seen"].value()) == (409, "2")
    assert now(lunch).label == "夕食"


@pytest.mark.parametrize("like", ["x", "999999", "99999999999"])
def test_an_address_that_names_no_question_begins_with_none(desk, like):
    assert desk.get(f"{PAGE}?like={like}").context["form"]["label"].value() is None


def test_the_settings_say_how_many_there_are_and_whether_they_are_asked(desk, lunch, survey):
    settings = "/groups/dx-now/desk/meetings/2/form/"
    shown = desk.get(settings).content.decode()
    assert ("1件の設問があります。" in shown, "尋ねていません" in shown) == (True, False)
    survey.sections.filter(kind=SectionKind.CUSTOM).delete()
    assert "「独自の設問」の欄を設けていないため、尋ねていません。" in desk.get(settings).content.decode()


def test_the_tally_page_sums_up_each_kind(desk, give, survey, meeting):
    options = {"one": ["弁当", "持参"], "several": ["茶", "水"]}
    said = {
        "text": "一",
        "paragraph": "二",
        "one": "弁当",
        "several": ["茶", "水"],
        "number": "1200.5",
        "date": "2026-12-04",
    }
    made = {
        kind: builders.make_field(survey=survey, kind=kind, label=kind, options=options.get(kind, []))
        for kind in FieldKind
    }
    give(answers={made[kind].pk: value for kind, value in said.items()})
    results = {result.asked.kind: result for result in tally(meeting).field_results}
    texts = {kind: [text for _row, text in result.texts] for kind, result in results.items() if result.texts}
    assert texts == {"text": ["一"], "paragraph": ["二"], "number": ["1200.5"], "date": ["令和8年12月4日（金）"]}
    counts = {kind: result.counts for kind, result in results.items() if result.counts}
    assert counts == {"one": [("弁当", 1), ("持参", 0)], "several": [("茶", 1), ("水", 1)]}
    shown = desk.get("/groups/dx-now/desk/meetings/2/tally/answers/").content.decode()
    assert ("合計：1200.5" in shown, "令和8年12月4日（金）" in shown) == (True, True)


def test_the_desk_that_was_told_by_telephone_need_not_ask_everything(desk, survey, member, meeting):
    builders.make_field(survey=survey, is_required=True)
    sent = desk.post(
        f"/groups/dx-now/desk/meetings/2/responses/{member.pk}/",
        {"key": str(uuid4()), "seen": "0", "mode": "venue"},
    )
    assert (sent.status_code, Reply.objects.get().mode) == (302, "venue")


def test_nothing_is_typed_away(as_, sato, survey, member, lunch):
    """A question that was made compulsory while somebody typed is asked; the rest stays, as a draft too."""
    SurveyField.objects.update(is_required=True)
    sent = as_(sato).post(ANSWER, {"key": str(uuid4()), "seen": "0", "mode": "venue", "note": "遅れます"})
    assert sent.context["form"].errors == {f"field_{lunch.pk}": ["当日の昼食を入力してください。"]}
    assert ReplyDraft.objects.get().data["note"] == ["遅れます"]
    assert Meeting.objects.with_progress().get(number=2).answer_count == 0
    assert Survey.objects.get(meeting__number=2).replies.count() == 0
