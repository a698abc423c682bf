"""The one email of this floor: please write your sheet."""

from django.template.loader import render_to_string

from foundation.mail import outbox
from foundation.mail.models import Email
from members import links
from members.models import Membership, PersonalLink


def ask_for_sheet(link: PersonalLink) -> Email | None:
    """Once for each address of the link. Who has no mail address gets a slip from the desk."""
    user = link.membership.user
    person = Membership.objects.current().filter(pk=link.membership_id).first()
    if person is None or not user.address:
        return None
    subject, body = _text(link, person)
    return outbox.enqueue(
        to=user,
        to_address=user.address,
        subject=subject,
        body=body,
        dedupe_key=f"members:sheet:{link.pk}:{link.nonce}",
    )


def _text(link: PersonalLink, person: Membership) -> tuple[str, str]:
    """The first line of the template is the subject."""
    values = {"link": link, "person": person, "group": person.group, "code_page": links.code_page()}
    subject, _, body = render_to_string("members/mail/sheet.txt", values).strip().partition("\n")
    return subject.strip(), f"{body.strip()}\n"
