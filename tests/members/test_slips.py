"""What the register was told by a slip is corrected on a page: a section that goes on, a post that never was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from foundation.actions import Actor, Conflict
from foundation.retention import rows_of
from members.actions import departments, people
from members.models import Department, MembershipTerm, Posting
from members.states import DepartmentLevel, PostingKind
from tests import builders

MARCH = date(2027, 3, 31)


@pytest.fixture
def unit(citizens_section):
    return builders.make_department(name="窓口係", level=DepartmentLevel.UNIT, parent=citizens_section)


@pytest.fixture
def close(abe, citizens_section, environment_section):
    def with_its_people(successor=environment_section):
        departments.end_department(
            department=citizens_section, by=Actor(abe), valid_to=MARCH, successor=successor, move_people=True
        )
        citizens_section.refresh_from_db()

    return with_its_people


@pytest.fixture
def reopen(abe, citizens_section):
    def as_shown(by=abe):
        return departments.reopen_department(
            department=citizens_section, by=Actor(by), seen=citizens_section.version
        )

    return as_shown


def stored():
    """But keys, and how often a row was changed."""
    told = ("id", "version", "predecessor_id")
    return {
        model: [{name: value for name, value in row.items() if name not in told} for row in rows]
        for model in (Department, Posting, MembershipTerm)
        for rows in [rows_of(model).order_by("pk").values()]
    }


# A section that was closed


def test_a_section_goes_on_with_its_units_and_its_people(sato, suzuki, unit, close, reopen):
    builders.make_posting(user=suzuki, department=unit, kind=PostingKind.CONCURRENT)
    before = stored()
    close()
    assert stored() != before
    assert reopen() == 3
    assert stored() == before


def test_who_was_changed_in_the_successor_stays_there(sato, close, reopen):
    close()
    Posting.objects.filter(user=sato, valid_to=None).update(job_title="課長")
    assert reopen() == 1
    assert list(sato.postings.order_by("valid_from").values_list("department__name", "valid_to")) == [
        ("市民課", MARCH),
        ("環境課", None),
    ]


def test_who_had_left_on_that_day_anyway_does_not_come_back(sato, close, reopen):
    sato.postings.update(valid_to=MARCH)
    close()
    assert reopen() == 1
    assert sato.postings.get().valid_to == MARCH


def test_without_a_successor_nobody_had_gone(close, reopen, citizens_section):
    close(successor=None)
    assert reopen() == 0
    citizens_section.refresh_from_db()
    assert citizens_section.valid_to is None


def test_what_stands_above_is_opened_first(abe, unit, close):
    close()
    unit.refresh_from_db()
    with pytest.raises(ValidationError, match="先に、そちらの廃止を取り消してください"):
        departments.reopen_department(department=unit, by=Actor(abe), seen=unit.version)


def test_a_section_that_was_closed_anew_meanwhile_is_shown_first(close, reopen, abe, citizens_section):
    close()
    Department.objects.filter(pk=citizens_section.pk).update(version=9)
    with pytest.raises(Conflict):
        reopen()


def test_what_is_open_stays_so(reopen):
    assert reopen() == 0


def test_only_an_administrator_opens_it(close, reopen, suzuki):
    close()
    with pytest.raises(PermissionDenied):
        reopen(by=suzuki)


def test_the_page_says_how_many_came_back(as_, abe, sato, close, citizens_section):
    close()
    page = reverse("members:reopen_department", args=[citizens_section.pk])
    office = as_(abe)
    form = office.get(page).context["form"]
    answer = office.post(page, {"seen": form.initial["seen"]}, follow=True)
    assert [str(said) for said in answer.context["messages"]] == [
        "「市民課」の廃止を取り消し、移していた配属と参加（2件）を元に戻しました。"
    ]
    assert office.get(page).status_code == 404


# A post


def test_an_end_that_was_typed_wrong_is_corrected(as_, abe, sato):
    posting = sato.postings.get()
    people.end_posting(posting=posting, by=Actor(abe), valid_to=MARCH)
    page = reverse("members:correct_posting", args=[sato.pk, posting.pk])
    office = as_(abe)
    sent = {name: value or "" for name, value in office.get(page).context["form"].initial.items()}
    office.post(page, sent | {"valid_to": ""})
    assert sato.postings.get().valid_to is None


def test_a_post_that_never_was_is_taken_off(as_, abe, sato, environment_section):
    wrong = builders.make_posting(user=sato, department=environment_section, kind=PostingKind.CONCURRENT)
    answer = as_(abe).post(reverse("members:remove_posting", args=[sato.pk, wrong.pk]), follow=True)
    assert [str(said) for said in answer.context["messages"]] == ["環境課への配属の登録を取り消しました。"]
    assert [str(post.department) for post in sato.postings.all()] == ["市民課"]


def test_a_correction_never_meets_another_post(abe, sato, environment_section):
    later = builders.make_posting(
        user=sato,
        department=environment_section,
        kind=PostingKind.CONCURRENT,
        valid_from=MARCH + timedelta(days=1),
    )
    with pytest.raises(ValidationError, match="同じ課への配属の期間が重なっています"):
        people.correct_posting(posting=later, by=Actor(abe), department=sato.postings.first().department)


@pytest.mark.parametrize("action", [people.correct_posting, people.remove_posting])
def test_only_an_administrator_corrects_it(suzuki, sato, action):
    with pytest.raises(PermissionDenied):
        action(posting=sato.postings.get(), by=Actor(suzuki))
