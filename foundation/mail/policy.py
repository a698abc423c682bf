"""What may be done about a letter. Who may do it is asked where the page stands: this floor knows no roles."""

from foundation.mail.states import CANCELLABLE, NEEDING_A_PERSON


def can_resend(letter) -> bool:
    """Not a login code: it was emptied, and spent by now."""
    return letter.state in NEEDING_A_PERSON and not letter.sensitive


def can_cancel(letter) -> bool:
    return letter.state in CANCELLABLE
