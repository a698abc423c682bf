"""Who asks is told by two consents: to the one who is asked, and to everybody who reads the report."""

import pytest

from meetings.models import Question
from meetings.survey.sections import SECTIONS
from reports.compose import rows
from reports.compose.lines import asker
from tests import builders

pytestmark = pytest.mark.django_db
BOTH = [(False, False), (True, False), (False, True), (True, True)]


@pytest.mark.parametrize(("to_addressee", "in_report"), BOTH)
def test_each_is_stored_apart(give, sheet, expert, to_addressee, in_report):
    give(to_people={expert.pk: "なぜですか。"}, show_name=to_addressee, name_in_report=in_report)
    assert list(Question.objects.values_list("show_name", "name_in_report")) == [(to_addressee, in_report)]


@pytest.mark.parametrize(("to_addressee", "in_report"), BOTH)
def test_who_is_asked_reads_the_name_by_the_first_alone(as_, give, sheet, expert, tanaka, to_addressee, in_report):
    give(to_people={expert.pk: "なぜですか。"}, show_name=to_addressee, name_in_report=in_report)
    shown = as_(tanaka).get("/groups/dx-now/meetings/2/questions/").content.decode()
    assert ("なぜですか。" in shown, "佐藤" in shown) == (True, to_addressee)


@pytest.mark.parametrize(("to_addressee", "in_report"), BOTH)
def test_the_report_prints_it_by_the_second_alone(give, sheet, expert, meeting, to_addressee, in_report):
    give(to_people={expert.pk: "なぜですか。"}, show_name=to_addressee, name_in_report=in_report)
    told = asker(rows.read(meeting), Question.objects.select_related("asker__user").get())
    assert bool(told) is in_report


def test_neither_is_ticked_beforehand(as_, sato, survey, member, sheet):
    form = as_(sato).get("/groups/dx-now/meetings/2/answer/").context["form"]
    consents = {name: (str(form[name].label), form[name].value()) for name in ("show_name", "name_in_report")}
    assert consents == {
        "show_name": ("質問の宛先の方に名前を伝える", None),
        "name_in_report": ("結果報告に載るときに名前を出す", None),
    }


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ({"show_name": False, "name_in_report": False}, "事務局だけが見る"),
        ({"show_name": True, "name_in_report": False}, "宛先の方に伝えてよい（結果報告には出さない）"),
        ({"show_name": False, "name_in_report": True}, "結果報告に出してよい（宛先の方には伝えない）"),
        ({"show_name": True, "name_in_report": True}, "宛先の方に伝え、結果報告にも出してよい"),
        # As one tick had it, before there were two.
        ({"show_name": True}, "宛先の方に伝え、結果報告にも出してよい"),
        ({"show_name": False}, "事務局だけが見る"),
    ],
)
def test_the_receipt_and_the_history_say_who_reads_the_name(part, told, sheet, expert, meeting, survey, member):
    from meetings.survey.section import Asked

    section = SECTIONS["member_questions"]
    asked = Asked(survey, member, section.targets(survey, member))
    words = section.words({"to": {str(expert.pk): "なぜですか。"}} | part, asked)
    assert words[-1] == ("質問者の名前", told)


@pytest.mark.parametrize(
    ("consents", "told"),
    [
        ({"show_name": True, "name_in_report": True}, ""),
        ({"show_name": True}, "（結果報告には氏名を出さない）"),
        ({"name_in_report": True}, "（宛先の方には氏名を伝えない）"),
        ({}, "（氏名は事務局だけが閲覧）"),
    ],
)
def test_the_desk_reads_both(as_, suzuki, give, sheet, expert, consents, told):
    give(to_people={expert.pk: "なぜですか。"}, **consents)
    shown = as_(suzuki).get("/groups/dx-now/desk/meetings/2/tally/answers/").content.decode()
    said = [words for words in ("結果報告には氏名", "宛先の方には氏名", "氏名は事務局だけ") if words in shown]
    assert said == ([told[1 : len(said[0]) + 1]] if told else [])


def test_what_is_written_down_at_the_meeting_names_nobody_unless_it_says_so(meeting, suzuki, member):
    from foundation.actions import Actor
    from meetings.actions import questions

    asked = [
        questions.ask(meeting=meeting, by=Actor(suzuki), text="？", asker=member, **named)
        for named in ({}, {"name_in_report": True})
    ]
    assert [(each.show_name, each.name_in_report) for each in asked] == [(False, False), (False, True)]
    assert builders.make_content(to_people={}, show_name=True)["member_questions"]["show_name"] is False
