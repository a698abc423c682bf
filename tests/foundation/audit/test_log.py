import pytest
from django.db import IntegrityError, connection, transaction

from foundation.actions import Actor
from foundation.audit.log import note_refusal, record, record_all
from foundation.audit.models import Event, Via
from foundation.db import clock


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
    with pytest.raises(RuntimeError, match="belongs into the transaction"):
        record_all(by=Actor(sato), action="members.join", told=[(group, {})])


@pytest.mark.parametrize("change", ["UPDATE audit_event SET action = 'nothing'", "DELETE FROM audit_event"])
def test_what_was_done_stays_written_even_for_a_shell(sato, group, change):
    record(by=Actor(sato), action="members.join", target=group)
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(change)


# What was refused


@pytest.fixture
def refused(db, monkeypatch):
    """`refused(…)` writes it down, all in one minute; says how many were written since."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)

    def refused(*each):
        for said in each:
            note_refusal(**{"by": Actor(None), "action": "members.change", "label": "/manage/", **said})
        return Event.objects.count()

    return refused


def test_a_refusal_is_written_once_in_a_minute(refused):
    assert refused({"source": "192.0.2.7"}, {"source": "192.0.2.7"}) == 1
    event = Event.objects.get()
    assert (event.by, event.target_label, event.changes) == (None, "/manage/", {"接続元": "192.0.2.7"})
    assert (event.target_type, event.target_id) == ("", None)


def test_who_what_whence_and_of_what_are_refusals_of_their_own(refused, sato, abe, group):
    assert refused({"by": Actor(sato)}, {"by": Actor(abe)}) == 2
    assert refused({"by": Actor(sato), "label": "/desk/"}, {"by": Actor(sato), "action": "members.end"}) == 4
    assert refused({"source": "192.0.2.7"}, {"source": "192.0.2.8"}) == 6
    assert refused({"by": Actor(sato), "target": group}) == 7
    assert Event.objects.get(target_id=group.pk).target_type == "members.workinggroup"
    assert Event.objects.filter(changes={}).count() == 5


def test_what_is_said_in_other_words_each_time_is_one_refusal_where_it_is_named(refused, sato):
    assert refused(*({"by": Actor(sato), "label": f"{n} times", "once": "too much"} for n in range(3))) == 1


def test_a_refusal_fits_a_row_however_long_its_label(refused):
    assert refused({"label": "長" * 300}, {"label": "長" * 200}) == 1
