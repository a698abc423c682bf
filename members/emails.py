"""The emails of this floor: please write your sheet; and what was changed about how you log in."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from foundation.mail import outbox
from foundation.mail.models import Email
from members import links, senders, unasked
from members.models import DeskGrant, Membership, PersonalLink, User


def ask_for_sheet(link: PersonalLink, *, due_at: datetime | None = None) -> Email | None:
    """Once for each address of the link, at once where its person waits; who has no mail address gets a slip."""
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
        **senders.of_group(person.group),
        dedupe_key=f"members:sheet:{link.pk}:{link.nonce}",
        due_at=due_at,
        unasked=due_at is not None,
    )


def _text(link: PersonalLink, person: Membership) -> tuple[str, str]:
    values = {"link": link, "person": person, "group": person.group, "code_page": links.code_page()}
    return _rendered("sheet", values)


def tell_of_grant(grant: DeskGrant) -> Email | None:
    """What one may do now, where, and whom to ask. Who has no mail address is told by who gave the right."""
    if not grant.user.address:
        return None
    desk = settings.SITE_URL + reverse("members:desk_members", args=[grant.group.slug])
    subject, body = _rendered(
        "grant", {"grant": grant, "group": grant.group, "desk_url": desk, "site_url": settings.SITE_URL}
    )
    return outbox.enqueue(
        to=grant.user,
        to_address=grant.user.address,
        subject=subject,
        body=body,
        **senders.of_group(grant.group),
        dedupe_key=f"members:grant:{grant.pk}",
        due_at=unasked.moments([grant.user_id], senders.of_group(grant.group))[grant.user_id],
        unasked=True,
    )


def tell_of_new_address(person: User, before: str | None) -> None:
    """To both, as far as there are two: whoever reads the old one learns that it opens nothing any more."""
    for address in filter(None, [before, person.email]):
        tell_of_login(person, "new_address", to_address=address, is_old=address == before)


def tell_of_login(person: User, mail: str, *, to_address: str | None = None, **values: Any) -> Email | None:
    """To the address by which they log in, which is theirs alone; who has none cannot log in either."""
    to_address = to_address or person.email
    if not to_address:
        return None
    subject, body = _rendered(mail, {"person": person, "site_url": settings.SITE_URL, **values})
    return outbox.enqueue(
        to=person,
        to_address=to_address,
        subject=subject,
        body=body,
        **senders.of_portal(),
        dedupe_key=f"members:{mail}:{person.pk}:{uuid4()}",
    )


def _rendered(mail: str, values: dict[str, Any]) -> tuple[str, str]:
    """The first line of the template is the subject."""
    subject, _, body = render_to_string(f"members/mail/{mail}.txt", values).strip().partition("\n")
    return subject.strip(), f"{body.strip()}\n"
