"""What a person may decide about an email."""

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from foundation.mail import policy
from foundation.mail.models import Email
from foundation.mail.states import EmailState


@action
def resend(*, email, by: Actor):
    """Try again what was refused; send again what may not have arrived: a person has asked."""
    email = Email.objects.select_for_update().get(pk=email.pk)
    if not policy.can_resend(email):
        raise ValidationError(_("このメールは再送できません。一覧を読み込み直して、今の状態を確かめてください。"))
    before = email.state
    Email.objects.filter(pk=email.pk).update(
        state=EmailState.WAITING, attempts=0, lease_until=None, due_at=Now(), last_error=""
    )
    record(by=by, action="mail.resend", target=email, state=before)


@action
def cancel(*, email, by: Actor):
    """It will not be sent (any more). What is already in a worker's hand cannot be called back."""
    email = Email.objects.select_for_update().get(pk=email.pk)
    if not policy.can_cancel(email):
        raise ValidationError(_("このメールは取り消せません。一覧を読み込み直して、今の状態を確かめてください。"))
    before = email.state
    email.state = EmailState.CANCELLED
    if email.sensitive:
        email.body = ""
    email.save(update_fields=["state", "body"])
    record(by=by, action="mail.cancel", target=email, state=before)
