"""What may be done about an email. Who may do it is asked where the page stands: this floor knows no roles."""

from foundation.jobs.states import CANCELLABLE, NEEDING_A_PERSON
from foundation.mail.models import Email


def can_resend(email: Email) -> bool:
    """Not a login code: it was emptied, and spent by now."""
    return email.job.state in NEEDING_A_PERSON and not email.sensitive


def can_cancel(email: Email) -> bool:
    return email.job.state in CANCELLABLE
