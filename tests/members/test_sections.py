"""部局, 課 and 係: what they are called, in which order they stand, and what ends with them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from foundation.actions import Actor
from members.actions import departments
from members.models import Department, JobTitle, Posting
from members.models.job_title import UNRANKED
from members.states import DepartmentLevel
from tests import builders

APRIL = date(2026, 4, 1)


@pytest.fixture
def add(abe):
    def add_section(name, *, above=None, level=DepartmentLevel.DIVISION, **fields):
        return departments.add_department(
            by=Actor(abe), name=name, parent=above, level=level, valid_from=APRIL, **fields
        )

    return add_section


@pytest.fixture
def board(add):
    return add("教育委員会", level=DepartmentLevel.BUREAU, order=20)


@pytest.fixture
def taxes(add):
    return add("税務課")


def test_the_town_and_its_board_of_education_each_have_a_general_affairs_section(add, board):
    bureau = add("総務部", level=DepartmentLevel.BUREAU, order=10)
    first, second = add("総務課", above=bureau), add("総務課", above=board)
    assert [str(first), str(second)] == ["総務課", "教育委員会総務課"]


def test_a_unit_is_called_with_its_section(add, taxes):
    assert str(add("課税係", above=taxes, level=DepartmentLevel.UNIT)) == "税務課 課税係"


def test_what_the_town_calls_it_goes_before_what_we_would(add, board):
    assert str(add("学校教育課", above=board, given_label="教委学校教育課")) == "教委学校教育課"


def test_a_new_name_is_the_name_of_what_stands_below_too(abe, add, taxes):
    unit = add("課税係", above=taxes, level=DepartmentLevel.UNIT)
    departments.edit_department(department=taxes, by=Actor(abe), seen=taxes.version, name="市民税課")
    unit.refresh_from_db()
    assert str(unit) == "市民税課 課税係"


def test_the_whole_town_stands_in_the_order_of_its_chart(abe, add, board):
    schools = add("学校教育課", above=board, order=10)
    bureau = add("総務部", level=DepartmentLevel.BUREAU, order=10)
    general = add("総務課", above=bureau, order=20)
    unit = add("文書係", above=general, level=DepartmentLevel.UNIT, order=10)
    assert list(Department.objects.all()) == [bureau, general, unit, board, schools]
    departments.edit_department(department=board, by=Actor(abe), seen=board.version, order=5)
    assert list(Department.objects.all()) == [board, schools, bureau, general, unit]


@pytest.mark.parametrize(
    ("level", "above"), [("division", "division"), ("unit", "bureau"), ("unit", None), ("bureau", "bureau")]
)
def test_each_stands_below_what_it_belongs_to(add, board, taxes, level, above):
    with pytest.raises(ValidationError):
        add("係か課", level=level, above={"division": taxes, "bureau": board, None: None}[above])


def test_with_a_section_its_units_end_and_their_people_go_on_in_the_successor(abe, add, taxes, sato):
    unit, following = add("課税係", above=taxes, level=DepartmentLevel.UNIT), add("税政課")
    sato.postings.all().delete()
    builders.make_posting(user=sato, department=unit, job_title="係長", valid_from=APRIL)
    end = date(2027, 3, 31)
    departments.end_department(
        department=taxes, by=Actor(abe), valid_to=end, successor=following, move_people=True
    )
    assert list(sato.postings.order_by("valid_from").values_list("department__label", "valid_to")) == [
        ("税務課 課税係", end),
        ("税政課", None),
    ]
    assert Department.objects.get(pk=unit.pk).valid_to == end


def test_a_bureau_does_not_end_over_the_heads_of_its_sections(abe, add, board):
    add("学校教育課", above=board)
    with pytest.raises(ValidationError) as refused:
        departments.end_department(department=board, by=Actor(abe), valid_to=date(2027, 3, 31))
    assert refused.value.messages == [str(departments.DIVISIONS_LEFT)]


@pytest.mark.parametrize(
    ("title", "said"), [("係長", "税務課課税係長"), ("主査", "税務課主査"), ("", "税務課")], ids=str
)
def test_only_its_head_is_called_by_the_unit(add, taxes, group, title, said):
    unit = add("課税係", above=taxes, level=DepartmentLevel.UNIT)
    membership = builders.make_membership(group=group, department=unit, job_title=title)
    assert membership.term_on(date(2026, 6, 1)).house_title == said


# In which order titles stand


@pytest.fixture
def rank(abe):
    return lambda *titles: departments.edit_job_titles(by=Actor(abe), titles=titles)


def test_posts_are_ranked_by_the_towns_order_whenever_it_changes(rank, citizens_section):
    head, clerk = builders.make_user(), builders.make_user()
    builders.make_posting(user=head, department=citizens_section, job_title="課税係長")
    builders.make_posting(user=clerk, department=citizens_section, job_title="主事")
    rank("課長", "係長", "主査")
    ranks = Posting.objects.order_by("title_rank").values_list("job_title", "title_rank")
    assert list(ranks) == [("課税係長", 2), ("主事", UNRANKED)]
    rank("主事", "長", "係長")
    assert list(ranks.all()) == [("主事", 1), ("課税係長", 3)]


def test_the_order_is_written_in_lines_and_each_title_stands_once(as_, abe):
    page = as_(abe).post("/manage/job-titles/", {"titles": "課長\n\n 係長 \n課長\n主事"})
    assert page.status_code == 302
    assert list(JobTitle.objects.values_list("name", flat=True)) == ["課長", "係長", "主事"]


def test_before_there_is_an_order_a_usual_one_is_proposed(as_, abe):
    page = as_(abe).get("/manage/job-titles/")
    assert page.context["form"]["titles"].value().splitlines()[:2] == ["部長", "局長"]


# Posts


def test_a_second_main_post_is_refused_and_one_beside_it_is_not(abe, as_, sato, environment_section):
    answer = {"department": environment_section.pk, "valid_from": "2026-04-01", "kind": "main"}
    address = f"/manage/people/{sato.pk}/postings/add/"
    assert as_(abe).post(address, answer).context["form"].non_field_errors() == [
        "この期間には、既に本務の配属があります。先に今の配属を終了するか、併任として登録してください。"
    ]
    assert as_(abe).post(address, answer | {"kind": "concurrent"}).status_code == 302


def test_the_post_of_a_years_employee_ends(abe, as_, kimura, citizens_section):
    kimura.postings.all().delete()
    answer = {"department": citizens_section.pk, "valid_from": "R8.4.1", "kind": "main", "is_annual": "on"}
    address = f"/manage/people/{kimura.pk}/postings/add/"
    assert as_(abe).post(address, answer).context["form"].non_field_errors() == [
        "会計年度任用職員の配属には、終了日（任期の末日）を入力してください。"
    ]
    assert as_(abe).post(address, answer | {"valid_to": "R9.3.31"}).status_code == 302
