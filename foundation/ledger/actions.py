from foundation.actions import Actor, action, hold, record, write
from foundation.db import clock
from foundation.ledger.models import Restoration


@action
def release(*, restoration: Restoration, by: Actor) -> Restoration:
    """Somebody has looked: citizens read again. A second press changes nothing.

    Who may do it is asked where the page stands: this floor knows no roles.
    """
    restoration = hold(Restoration.objects.all(), restoration.pk)
    if restoration.released_at is None:
        write(restoration, released_at=clock.now(), released_by=by.user)
        record(by=by, action="ledger.release", target=restoration)
    return restoration
