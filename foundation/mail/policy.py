"""What may be done about an email. Who may do it is asked where the page stands: this floor knows no roles."""

from foundation.mail.states import CANCELLABLE, NEEDING_A_PERSON


def can_resend(email) -> bool:
    """Not a login code: it was emptied, and spent by now."""
    return email.state in NEEDING_A_PERSON and not email.sensitive


def can_cancel(email) -> bool:
    return email.state in CANCELLABLE
