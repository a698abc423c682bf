"""What a person may decide about an email, and what a mail server says of it afterwards."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, hold, record
from foundation.audit.models import Event
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.mail import policy
from foundation.mail.models import Email


@action
def resend(*, email: Email, by: Actor) -> None:
    """Try again what was refused; send again what may not have arrived: a person has asked."""
    email.job = hold(Job.objects.all(), email.job_id)
    if not policy.can_resend(email):
        raise ValidationError(_("このメールは再送できません。一覧を読み込み直して、今の状態を確認してください。"))
    queue.again(email.job)
    record(by=by, action="mail.resend", target=email, state=email.job.state)


@action
def cancel(*, email: Email, by: Actor) -> None:
    """It will not be sent (any more). What is already in a worker's hand cannot be called back."""
    email.job = hold(Job.objects.all(), email.job_id)
    if not policy.can_cancel(email):
        raise ValidationError(_("このメールは取り消せません。一覧を読み込み直して、今の状態を確認してください。"))
    queue.cancel(email.job)
    record(by=by, action="mail.cancel", target=email, state=email.job.state)


@action
def come_back(*, email: Email, by: Actor, said: str, report: str) -> bool:
    """A mail server had taken it and says that it did not arrive. Whether that was news.

    A report that was read before says nothing of a letter that was sent again since.
    """
    email.job = hold(Job.objects.all(), email.job_id)
    if _was_read(email, report) or not queue.came_back(email.job, said):
        return False
    record(by=by, action="mail.come_back", target=email, report=report)
    return True


def _was_read(email: Email, report: str) -> bool:
    told = Event.objects.filter(target_type=email._meta.label_lower, target_id=email.pk, action="mail.come_back")
    return bool(report) and told.filter(changes__report=report).exists()
