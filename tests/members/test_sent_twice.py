"""An end that is sent twice, because the answer was lost on its way, is registered and told once."""

from datetime import date

import pytest

from foundation.actions import Actor
from foundation.audit.models import Event
from members.actions import departments, groups, memberships, people
from members.states import Office
from tests import builders

MARCH = date(2099, 3, 31)


@pytest.fixture
def end(abe, suzuki, group, sato, member, citizens_section):
    grant = group.desk_grants.get(user=suzuki)
    office = memberships.give_office(
        membership=member, by=Actor(suzuki), office=Office.VICE_CHAIR, valid_from=builders.LONG_AGO
    )
    return {
        "grant": lambda: groups.end_grant(grant=grant, by=Actor(abe), valid_to=MARCH),
        "posting": lambda: people.end_posting(posting=sato.postings.get(), by=Actor(abe), valid_to=MARCH),
        "office": lambda: memberships.end_office(office_term=office, by=Actor(suzuki), valid_to=MARCH),
        "membership": lambda: memberships.end_membership(membership=member, by=Actor(suzuki), valid_to=MARCH),
        "department": lambda: departments.end_department(
            department=citizens_section, by=Actor(abe), valid_to=MARCH
        ),
    }


@pytest.mark.parametrize("what", ["grant", "posting", "office", "membership", "department"])
def test_it_is_told_once(end, what):
    before = Event.objects.count()
    end[what]()
    end[what]()
    assert Event.objects.count() - before == 1


def test_another_successor_of_the_same_day_is_registered(abe, citizens_section, environment_section):
    for successor in (None, environment_section):
        departments.end_department(department=citizens_section, by=Actor(abe), valid_to=MARCH, successor=successor)
    citizens_section.refresh_from_db()
    assert citizens_section.successor == environment_section
