"""An import is taken back while nothing was built on it; what was used or changed stays, and is named."""

import pytest
from allauth.account.models import EmailAddress

from foundation.actions import Actor
from foundation.ledger.models import Restoration
from meetings.states import Mode
from members.actions import memberships, people
from members.models import Department, Membership, MembershipTerm, Posting, User
from members.states import RosterState
from tests import builders
from tests.members.roster.kit import ICHIRO, NITTA, SATO, USUAL, bring, register, undo

pytestmark = pytest.mark.django_db
TABLES = [User, Membership, MembershipTerm, Posting, Department, EmailAddress]


@pytest.fixture(autouse=True)
def _sections(citizens_section, environment_section):
    pass


def everything():
    """All rows, but for how often they were changed."""
    found = {}
    for model in TABLES:
        names = [field.attname for field in model._meta.concrete_fields if field.attname not in {"version", "id"}]
        found[model.__name__] = sorted(map(str, model.objects.values_list("pk", *names)))
    return found


def test_what_was_added_goes_and_what_was_changed_is_as_before(suzuki, group, sato):
    before = everything()
    moved = [*SATO[:3], "市民課", "係長"]
    mails = [[*row, mail] for row, mail in ((ICHIRO, "i@example.jp"), (NITTA, ""), (moved, ""))]
    roster = register(*mails, by=suzuki, group=group, titles=[*USUAL, "メール"])
    assert everything() != before
    roster = undo(roster, suzuki)
    assert (roster.state, roster.left, everything()) == (RosterState.UNDONE, [], before)


def test_a_registers_list_is_taken_back_with_its_sections_and_the_moves_in_groups(abe, sato, group):
    User.objects.filter(pk=sato.pk).update(employee_number="103")
    before = everything()
    rows = [*ICHIRO[:3], "未来課", "主事"], [*SATO[:3], "環境課", "係長"]
    options = {"sections": {"未来課": "create"}, "moved_on": "2027-04-01"}
    roster = register(*rows, by=abe, **options)
    assert Department.objects.filter(name="未来課").exists()
    assert (undo(roster, abe).left, everything()) == ([], before)


def test_those_who_left_are_back(suzuki, group, sato, member):
    office = member.office_terms.create(group=group, office="chair", valid_from=builders.LONG_AGO)
    roster = register(ICHIRO, by=suzuki, group=group, complete=True, moved_on="2026-12-01")
    undo(roster, suzuki)
    office.refresh_from_db()
    assert (member.terms.get().valid_to, office.valid_to) == (None, None)


def test_who_has_answered_stays_and_is_named_and_the_others_go(suzuki, group):
    roster = register(ICHIRO, NITTA, by=suzuki, group=group)
    answered = Membership.objects.get(user__employee_number="101")
    survey = builders.make_survey(meeting=builders.make_meeting(group=group))
    builders.make_reply(survey=survey, membership=answered, mode=Mode.VENUE)
    assert undo(roster, suzuki).left == [
        "髙﨑 一郎：取り込んだ後に使われているため、残しました（回答、自己紹介シート、出席の記録、ログインなど）。"
    ]
    assert [str(person) for person in Membership.objects.filter(group=group)] == ["髙﨑 一郎"]


def test_who_has_a_sheet_stays(suzuki, group):
    roster = register(ICHIRO, by=suzuki, group=group)
    builders.make_sheet(membership=Membership.objects.get(user__employee_number="101"))
    assert len(undo(roster, suzuki).left) == 1


def test_who_is_in_another_group_by_now_stays(suzuki, group):
    roster = register(ICHIRO, by=suzuki, group=group)
    builders.make_membership(group=builders.make_group(), user=User.objects.get(employee_number="101"))
    assert len(undo(roster, suzuki).left) == 1


def test_what_was_changed_since_stays(suzuki, group, sato, abe):
    moved = [*SATO[:3], "市民課", "係長"]
    roster = register(ICHIRO, moved, by=suzuki, group=group)
    ichiro = User.objects.get(employee_number="101")
    people.edit_person(person=ichiro, by=Actor(abe), seen=ichiro.version, phone="2345")
    term = sato.memberships.get().terms.order_by("-valid_from")[0]
    memberships.correct_term(term=term, by=Actor(suzuki), seen=term.version, job_title="課長補佐")
    assert undo(roster, suzuki).left == [
        "髙﨑 一郎：取り込んだ後に変更されているため、残しました。",
        "佐藤 花子：取り込んだ後に変更されているため、残しました。",
    ]


def test_a_section_that_somebody_works_in_by_now_stays(abe, kimura):
    roster = register([*ICHIRO[:3], "未来課", ""], by=abe, sections={"未来課": "create"})
    section = Department.objects.get(name="未来課")
    builders.make_posting(user=kimura, department=section, kind="concurrent")
    assert undo(roster, abe).left == ["未来課：この組織の方がいるため、残しました。"]


def test_after_it_was_taken_back_the_same_list_adds_them_again(suzuki, group):
    undo(register(ICHIRO, by=suzuki, group=group), suzuki)
    again = bring(ICHIRO, by=suzuki, group=group)
    assert [line["kind"] for line in again.plan["lines"]] == ["add"]
    assert not Restoration.objects.exists()
