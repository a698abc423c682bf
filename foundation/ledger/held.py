"""Whether citizens wait: after a restore of which nobody knows what it opened again, a person looks first."""

from foundation.audit.models import Event
from foundation.ledger.models import Restoration


class Known:
    """What this process has found out: only an empty house is restored into, so once is enough for all others."""

    is_open = False


def is_held() -> bool:
    if Known.is_open:
        return False
    held = Restoration.objects.holding().exists()
    Known.is_open = not held and Event.objects.exists()
    return held
