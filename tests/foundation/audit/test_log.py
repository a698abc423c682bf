import pytest
from django.db import IntegrityError, connection, transaction

from foundation.actions import Actor
from foundation.audit.log import record
from foundation.audit.models import Event, Via


def test_a_action_is_one_row(sato, group):
    record(by=Actor(sato, Via.LINK), action="members.join", target=group, category="member")

    event = Event.objects.get()
    assert (event.by, event.via, event.action, event.changes) == (
        sato,
        "link",
        "members.join",
        {"category": "member"},
    )
    assert (event.target_type, event.target_id, event.target_label) == (
        "members.workinggroup",
        group.pk,
        str(group),
    )


def test_the_row_vanishes_with_the_action(sato, group):
    with transaction.atomic():
        record(by=Actor(sato), action="members.join", target=group)
        transaction.set_rollback(True)

    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)  # only so is there no transaction around the test
def test_a_action_outside_a_transaction_is_refused(sato, group):
    with pytest.raises(RuntimeError, match="belongs into the transaction"):
        record(by=Actor(sato), action="members.join", target=group)


@pytest.mark.parametrize("change", ["UPDATE audit_event SET action = 'nothing'", "DELETE FROM audit_event"])
def test_what_was_done_stays_written_even_for_a_shell(sato, group, change):
    record(by=Actor(sato), action="members.join", target=group)
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)
