import pytest
from django.db import IntegrityError, connection, transaction

from foundation.audit.models import Event, Via
from foundation.audit.trail import record


def test_a_deed_is_one_row(sato, group):
    record(by=sato, via=Via.LINK, deed="members.join", target=group, category="member")

    event = Event.objects.get()
    assert (event.by, event.via, event.deed, event.changes) == (
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


def test_the_row_vanishes_with_the_deed(sato, group):
    with transaction.atomic():
        record(by=sato, deed="members.join", target=group)
        transaction.set_rollback(True)

    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)  # only so is there no transaction around the test
def test_a_deed_outside_a_transaction_is_refused(sato, group):
    with pytest.raises(RuntimeError, match="belongs into the transaction"):
        record(by=sato, deed="members.join", target=group)


@pytest.mark.parametrize("change", ["UPDATE audit_event SET deed = 'nothing'", "DELETE FROM audit_event"])
def test_what_was_done_stays_written_even_for_a_shell(sato, group, change):
    record(by=sato, deed="members.join", target=group)
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)
