from django.db import transaction

from foundation.audit import trail
from foundation.audit.models import Via
from members import links
from members.models import Membership, PersonalLink
from members.policy import can_run_desk, demand


@transaction.atomic
def personal_link(*, membership: Membership, purpose: str, by, via: str = Via.LOGIN) -> PersonalLink:
    """The person's one link for this purpose; made when it is first needed."""
    demand(can_run_desk(by, membership.group))
    link, created = PersonalLink.objects.select_for_update().get_or_create(membership=membership, purpose=purpose)
    if created:
        _give_code(link)
        trail.record(by=by, via=via, deed="members.personal_link", target=link)
    return link


@transaction.atomic
def revoke_link(*, link: PersonalLink, by, via: str = Via.LOGIN) -> PersonalLink:
    """From now on the old address and code open nothing; the new ones are known to nobody yet."""
    demand(can_run_desk(by, link.membership.group))
    link = PersonalLink.objects.select_for_update().get(pk=link.pk)
    link.generation += 1
    _give_code(link)
    trail.record(by=by, via=via, deed="members.revoke_link", target=link, generation=link.generation)
    return link


def _give_code(link):
    """Two links with the same eight characters: once in a million years, and then the next generation."""
    while PersonalLink.objects.filter(code_hash=links.code_hash(links.code(link))).exists():
        link.generation += 1
    link.code_hash = links.code_hash(links.code(link))
    link.save(update_fields=["generation", "code_hash"])
