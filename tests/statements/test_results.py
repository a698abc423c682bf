"""A test of accessibility: what a machine found, what a person judged, and what may be said by both."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from foundation.actions import Actor, Conflict
from statements import actions, automatic
from statements.criteria import CRITERIA
from statements.models import AccessibilityTest, CriterionResult, PublishedStatement
from statements.results import degree_of_site, from_json, table_of, to_json
from statements.states import Degree, Judgement, PageType
from tests import builders
from tests.statements.conftest import DECISION

ALL = [page.value for page in PageType]


def cells(test, criterion):
    test.refresh_from_db()
    row = next(row for row in table_of(test).rows if row.criterion.number == criterion)
    return {cell.page.value: cell.judgement.value for cell in row.cells}


# The criteria


def test_jis_has_38_criteria_of_levels_a_and_aa():
    """25 of level A and 13 of AA, as in WCAG 2.0."""
    assert [sum(one.level == level for one in CRITERIA.values()) for level in ("A", "AA")] == [25, 13]


# What a machine finds


@pytest.mark.parametrize(
    ("found", "told"),
    [({"1.1.1": ["image-alt"]}, "fail"), ({"1.1.1": []}, "clean"), ({}, "untested")],
)
def test_a_machine_proves_failures_and_nothing_else(accessibility_test, by_abe, machine, found, told):
    machine(home=found)
    actions.take_in_automatic(test=accessibility_test, by=by_abe)
    assert cells(accessibility_test, "1.1.1")["home"] == told


def test_whatever_a_machine_finds_nobody_conforms_by_it(accessibility_test, by_abe, machine):
    machine(**{page: {number: [] for number in CRITERIA} for page in ALL})
    actions.take_in_automatic(test=accessibility_test, by=by_abe)
    accessibility_test.refresh_from_db()
    table = table_of(accessibility_test)
    told = {cell.judgement for row in table.rows for cell in row.cells}
    assert (told, table.tested, table.degree) == ({Judgement.CLEAN}, 0, Degree.CONSIDERS)


def test_a_person_s_word_stays_when_a_machine_s_is_taken_in(accessibility_test, by_abe, judge, machine):
    judge("1.1.1", home="pass")
    machine(home={"1.1.1": ["image-alt"]}, group={"1.1.1": ["image-alt"]})
    actions.take_in_automatic(test=accessibility_test, by=by_abe)
    found = cells(accessibility_test, "1.1.1")
    assert (found["home"], found["group"], found["login"]) == ("pass", "fail", "untested")


@pytest.mark.parametrize("told", ["pass", "not_applicable"])
def test_who_gainsays_a_machine_says_why(accessibility_test, by_abe, judge, machine, told):
    machine(home={"1.1.1": ["image-alt"]})
    actions.take_in_automatic(test=accessibility_test, by=by_abe)
    with pytest.raises(ValidationError) as refused:
        judge("1.1.1", home=told)
    assert list(refused.value.message_dict) == ["home_remark"]
    judge("1.1.1", home=told, remarks={"home": "規則の誤検知"})
    assert cells(accessibility_test, "1.1.1")["home"] == told


def test_who_agrees_with_a_machine_need_not(accessibility_test, by_abe, judge, machine):
    machine(home={"1.1.1": ["image-alt"]})
    actions.take_in_automatic(test=accessibility_test, by=by_abe)
    judge("1.1.1", home="fail")
    assert cells(accessibility_test, "1.1.1")["home"] == "fail"


def test_the_file_of_this_release_speaks_of_every_sort_of_page_and_of_no_other_criterion():
    found = automatic.of_this_release().found
    assert list(found) == ALL
    assert {number for told in found.values() for number in told} - set(CRITERIA) == set()
    assert automatic.to_json(automatic.of_this_release()) == json.loads(automatic.FILE.read_text())


# What may be said


@pytest.mark.parametrize(("first", "degree"), [("pass", Degree.CONFORMS), ("fail", Degree.PARTLY)])
def test_a_whole_test_says_how_far_the_site_conforms(accessibility_test, whole, first, degree):
    whole(first)
    assert table_of(accessibility_test).degree == degree


def test_where_nothing_applies_it_is_met(accessibility_test, whole):
    whole("not_applicable")
    assert table_of(accessibility_test).degree == Degree.CONFORMS


def test_one_cell_that_nobody_judged_takes_the_word_away(accessibility_test, whole, judge):
    whole()
    judge("4.1.2", seen=1, **dict.fromkeys(ALL[:-1], "pass"))
    assert (table_of(accessibility_test).tested, table_of(accessibility_test).degree) == (37, Degree.CONSIDERS)


def test_what_counts_is_what_citizens_read(accessibility_test, whole, publish_results, withdraw):
    whole()
    assert degree_of_site() == Degree.CONSIDERS
    publish_results()
    assert degree_of_site() == Degree.CONFORMS
    withdraw("results", upto=1)
    assert degree_of_site() == Degree.CONSIDERS


def test_what_was_frozen_reads_as_it_was(accessibility_test, judge, by_abe, machine):
    machine(home={"1.1.1": ["image-alt"]})
    actions.take_in_automatic(test=accessibility_test, by=by_abe)
    judge("1.1.1", home="fail", remarks={"home": "図の代替文がない"})
    accessibility_test.refresh_from_db()
    table = table_of(accessibility_test)
    assert from_json(json.loads(json.dumps(to_json(table)))) == table


# Tests


@pytest.mark.parametrize("days", [-400, 1])
def test_a_test_is_of_one_fiscal_year_and_of_the_past(accessibility_test, by_abe, days):
    day = timezone.localdate() + timedelta(days=days)
    words = {"tester": "委託先", "method": "目視", "scope": "全て"}
    if days < 0:
        test = actions.add_test(by=by_abe, tested_on=day, **words)
        assert test.fiscal_year == day.year - (day.month < 4)
        with pytest.raises(ValidationError, match="この年度の試験は、既に登録されています。"):
            actions.add_test(by=by_abe, tested_on=day, **words)
    else:
        with pytest.raises(ValidationError, match="今日までの日付"):
            actions.add_test(by=by_abe, tested_on=day, **words)


def test_a_test_can_be_corrected_unless_somebody_else_did(accessibility_test, by_abe):
    words = {"tested_on": accessibility_test.tested_on, "method": "目視", "scope": "全て"}
    actions.edit_test(test=accessibility_test, by=by_abe, seen=1, tester="委託先", **words)
    with pytest.raises(Conflict):
        actions.edit_test(test=accessibility_test, by=by_abe, seen=1, tester="別の委託先", **words)
    assert AccessibilityTest.objects.get().tester == "委託先"


def test_two_who_judge_a_criterion_at_once_are_told(judge):
    judge("1.1.1", "pass")
    with pytest.raises(Conflict):
        judge("1.1.1", "fail")
    assert CriterionResult.objects.get().judgements == dict.fromkeys(ALL, "pass")


@pytest.mark.parametrize("name", ["add_test", "edit_test", "take_in_automatic", "judge", "publish_results"])
def test_only_administrators_do(accessibility_test, suzuki, name):
    words = {"tested_on": date(2020, 4, 1), "tester": "x", "method": "x", "scope": "x"}
    values = {
        "add_test": words,
        "edit_test": words | {"seen": 1, "test": accessibility_test},
        "take_in_automatic": {"test": accessibility_test},
        "judge": {"test": accessibility_test, "criterion": "1.1.1", "seen": 0, "judgements": {}, "remarks": {}},
        "publish_results": {"test": accessibility_test, "shown": ""} | DECISION,
    }
    with pytest.raises(PermissionDenied):
        getattr(actions, name)(by=Actor(suzuki), **values[name])


# Publication


def test_a_test_of_which_nothing_was_judged_is_not_published(publish_results):
    with pytest.raises(ValidationError, match="全てのページを判定した達成基準がありません"):
        publish_results()


def test_the_same_results_are_not_published_twice(judge, publish_results):
    judge("1.1.1", "pass")
    publish_results()
    with pytest.raises(ValidationError, match="掲載中の内容から変わったところがありません"):
        publish_results(change="x")


def test_nobody_decides_on_results_that_the_page_did_not_show(accessibility_test, by_abe, judge):
    shown = actions.hash_of(to_json(table_of(accessibility_test)))
    judge("1.1.1", "pass")
    with pytest.raises(Conflict):
        actions.publish_results(test=accessibility_test, by=by_abe, shown=shown, **DECISION)


def test_what_is_judged_afterwards_changes_nothing_in_public(client, judge, publish_results):
    judge("1.1.1", "pass")
    publish_results()
    judge("1.1.1", "fail", seen=1)
    assert client.get("/about/accessibility/results/").text.count("適合</td>") == len(PageType)
    publish_results(change="1.1.1の判定を改めた")
    page = client.get("/about/accessibility/results/").text
    assert page.count('data-judgement="fail">不適合</td>') == len(PageType)
    assert "改定（1.1.1の判定を改めた）" in page


# The office's pages


def test_from_the_test_to_the_page_of_citizens(office, client, town):
    words = {"tested_on": timezone.localdate(), "tester": "行政経営課", "method": "目視", "scope": "トップページ"}
    answer = office.post(reverse("statements:add_test"), words, follow=True)
    test = AccessibilityTest.objects.get()
    assert f"{test}を登録しました。" in answer.text
    answer = office.post(reverse("statements:take_in_automatic", args=[test.fiscal_year]), follow=True)
    assert "自動試験の結果を取り込みました。担当者による判定は変わりません。" in answer.text
    judged = {"seen": 0, "rest": "pass", "home_judgement": "fail", "home_remark": "図の代替文がない", "next": "1"}
    answer = office.post(reverse("statements:judge", args=[test.fiscal_year, "1.1.1"]), judged)
    assert answer.url == reverse("statements:judge", args=[test.fiscal_year, "1.2.1"])
    address = reverse("statements:publish_results", args=[test.fiscal_year])
    page = office.get(address)
    assert "判定していない箇所があります" in page.text
    answer = office.post(address, {"shown": page.context["form"]["shown"].value()} | DECISION)
    assert answer.url == "/about/accessibility/results/"
    page = client.get(answer.url).text
    assert "試験の済んでいない達成基準があります。" in page
    assert "1.1.1 非テキストコンテンツ（トップページ）：図の代替文がない" in " ".join(page.split())


def test_after_the_last_criterion_comes_the_table(office, accessibility_test):
    address = reverse("statements:judge", args=[accessibility_test.fiscal_year, "4.1.2"])
    answer = office.post(address, {"seen": 0, "rest": "pass", "next": "1"})
    assert answer.url == reverse("statements:test", args=[accessibility_test.fiscal_year])


def test_one_who_came_second_sees_both_judgements(office, accessibility_test, judge):
    judge("1.1.1", home="pass")
    address = reverse("statements:judge", args=[accessibility_test.fiscal_year, "1.1.1"])
    answer = office.post(address, {"seen": 0, "home_judgement": "fail"})
    assert (answer.status_code, answer.context["form"].conflict) == (409, [("判定", "適合", "不適合")])


def test_a_judgement_against_the_machine_without_a_reason_is_told_beside_its_field(
    office, accessibility_test, by_abe, machine
):
    machine(home={"1.1.1": ["image-alt"]})
    actions.take_in_automatic(test=accessibility_test, by=by_abe)
    address = reverse("statements:judge", args=[accessibility_test.fiscal_year, "1.1.1"])
    answer = office.post(address, {"seen": 0, "home_judgement": "pass"})
    assert list(answer.context["form"].errors) == ["home_remark"]


@pytest.mark.parametrize("judged", [0, 1, 38])
def test_the_table_costs_the_same_however_much_was_judged(
    office, judge, accessibility_test, judged, django_assert_num_queries
):
    for number in list(CRITERIA)[:judged]:
        judge(number, "pass")
    with django_assert_num_queries(5):
        office.get(reverse("statements:test", args=[accessibility_test.fiscal_year]))


def test_the_day_of_a_test_can_be_corrected(office, accessibility_test):
    day = accessibility_test.tested_on - timedelta(days=400)
    address = reverse("statements:edit_test", args=[accessibility_test.fiscal_year])
    words = {"seen": 1, "tested_on": day, "tester": "委託先", "method": "目視", "scope": "トップ"}
    assert office.post(address, words).url == reverse("statements:test", args=[day.year - (day.month < 4)])


def test_a_test_that_there_is_not_has_no_page(office, town):
    builders.make_accessibility_test(tested_on=date(2020, 5, 1))
    assert office.get(reverse("statements:test", args=[2021])).status_code == 404
    assert PublishedStatement.objects.count() == 0
