"""Login with django-allauth: sign-up is closed, and its letters go through the outbox."""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
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
