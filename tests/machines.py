"""What the machines of hypothesis have in common: an order of deeds that nobody thought of, on real rows.

A machine does what people do, in any order, and holds the rows after each deed against what it knows to have been
acknowledged. Each example is taken back. `DEEP=1` gives it other examples at every run, and more of them; what
fails is then shortened to the few deeds that it takes.
"""

import os

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from foundation.actions import Conflict
from foundation.audit.models import Event

DEEP = bool(os.environ.get("DEEP"))
SETTINGS = settings(
    max_examples=300 if DEEP else 12,
    stateful_step_count=40 if DEEP else 20,
    derandomize=not DEEP,
    database=None,
    phases=list(Phase) if DEEP else [Phase.generate],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
REFUSED = (ValidationError, PermissionDenied, Conflict)


class Machine(RuleBasedStateMachine):
    """`audited` names the actions whose events are counted; `deeds` are those that were done."""

    audited: tuple[str, ...] = ()

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.deeds = []
        self.events_before = Event.objects.count()

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def try_to(self, deed, expected, do, **values):
        """Do it, if the machine expects it to be done, or see it refused: what it returned, or False."""
        if not expected:
            with pytest.raises(REFUSED):
                do(**values)
            return False
        done = do(**values)
        self.deeds.append(deed)
        return done or True

    def hold_promises(self):
        """Nothing was done twice or without a trace, and the database could end the transaction here."""
        connection.check_constraints()
        events = Event.objects.filter(action__in=self.audited).order_by("id").values_list("action", flat=True)
        assert list(events) == [deed for deed in self.deeds if deed in self.audited]


def run(machine):
    run_state_machine_as_test(machine, settings=SETTINGS)
