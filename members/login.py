"""Login with django-allauth: sign-up is closed, and its letters go through the outbox."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.db import transaction

from foundation.mail import outbox


class ClosedAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Codes and reset links are secrets: the outbox forgets the text when it is sent."""
        message = self.render_mail(template_prefix, email, context)
        with transaction.atomic():
            outbox.enqueue(
                to=context.get("user"),
                to_address=email,
                subject=message.subject,
                body=message.body,
                dedupe_key=f"{template_prefix}:{uuid4()}",
                sensitive=True,
            )


def keep_address_in_step(user):
    """The library has a table of addresses of its own: one taken away must not open the door any more."""
    EmailAddress.objects.filter(user=user).exclude(email=user.email or "").delete()
    if user.email:
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
