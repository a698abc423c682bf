"""What a person may decide about a letter."""

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from foundation.mail import policy
from foundation.mail.models import Letter
from foundation.mail.states import LetterState


@action
def resend(*, letter, by: Actor):
    """Try again what was refused; send again what may not have arrived: a person has asked."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if not policy.can_resend(letter):
        raise ValidationError(_("このメールは再送できません。一覧を読み込み直して、今の状態を確かめてください。"))
    before = letter.state
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.WAITING, attempts=0, lease_until=None, due_at=Now(), last_error=""
    )
    record(by=by, action="mail.resend", target=letter, state=before)


@action
def cancel(*, letter, by: Actor):
    """It will not be sent (any more). What is already in a worker's hand cannot be called back."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if not policy.can_cancel(letter):
        raise ValidationError(_("このメールは取り消せません。一覧を読み込み直して、今の状態を確かめてください。"))
    before = letter.state
    letter.state = LetterState.CANCELLED
    if letter.sensitive:
        letter.body = ""
    letter.save(update_fields=["state", "body"])
    record(by=by, action="mail.cancel", target=letter, state=before)
