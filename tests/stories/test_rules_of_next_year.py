"""What a desk settled for its group holds in the next year too, whatever floor settled it."""

import pytest
from django.forms.models import model_to_dict

from foundation.actions import Actor
from meetings.actions import pay
from members.actions import groups
from members.models import GroupRules
from reports import actions as reports

pytestmark = pytest.mark.django_db


def rules_of(group):
    rows = [(kind.__name__, kind.objects.filter(group=group).first()) for kind in GroupRules.__subclasses__()]
    return {name: model_to_dict(row, exclude=["id", "group"]) for name, row in rows if row}


@pytest.fixture
def following(group, abe):
    def found():
        said = model_to_dict(group, ["name", "parent_body", "charter", "planned_meetings"])
        fields = said | {"slug": "dx-next", "fiscal_year": group.fiscal_year + 1}
        return groups.add_next_group(predecessor=group, by=Actor(abe), **fields)

    return found


def test_next_year_begins_with_a_copy_of_its_own(group, suzuki, following):
    by = Actor(suzuki)
    reports.edit_style(group=group, by=by, name="会議録", has_sizes=False)
    reports.edit_due_rules(group=group, by=by, record_days=45)
    pay.edit_pay_rules(group=group, by=by, amount=9000)
    settled = rules_of(group)
    anew = following()
    assert (sorted(settled), rules_of(anew)) == (["DueRules", "PayRules", "Style"], settled)
    pay.edit_pay_rules(group=group, by=by, seen=1, amount=9500)
    assert rules_of(anew) == settled


def test_where_nothing_was_settled_what_is_usual_holds(following):
    assert rules_of(following()) == {}
