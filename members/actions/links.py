from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from foundation.actions import Actor, action, demand, hold, record
from foundation.audit.log import record_all
from foundation.db.nonce import fresh_nonce
from members import emails, links, senders, unasked
from members.models import Membership, PersonalLink, WorkingGroup
from members.policy import DESK_ONLY, NO_PURPOSE, can_run_desk
from members.states import Purpose
from members.taken_back import note_link

OWN_CALENDAR = gettext_lazy("予定表用アドレスを作成できるのは、御本人だけです。")


@action
def personal_links(
    *, group: WorkingGroup, people: Collection[Membership], purpose: str, by: Actor
) -> dict[int, PersonalLink]:
    """The one link of each for this purpose, by the membership, in a fixed number of statements.

    Made when it is first needed, with a new code if its key is gone.
    """
    demand(can_run_desk(by.user, group), DESK_ONLY)
    found = _links_of(people, purpose)
    missing = [person for person in people if person.pk not in found]
    if missing:
        rows = [PersonalLink(membership=person, purpose=purpose) for person in missing]
        PersonalLink.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
        made = _links_of(missing, purpose)
        record_all(by=by, action="members.personal_link", told=[(link, {}) for link in made.values()])
        found |= made
    _give_codes([link for link in found.values() if not links.is_told(link)])
    return found


def personal_link(*, membership: Membership, purpose: str, by: Actor) -> PersonalLink:
    people = [membership]
    return personal_links(group=membership.group, people=people, purpose=purpose, by=by)[membership.pk]


@action
def revoke_link(*, link: PersonalLink, by: Actor) -> PersonalLink:
    """From now on the old address and code open nothing; the new ones are known to nobody yet."""
    demand(can_run_desk(by.user, link.membership.group), DESK_ONLY)
    link = hold(PersonalLink.objects.select_related("membership__group", "membership__user"), link.pk)
    link.nonce = fresh_nonce()
    _give_code(link)
    note_link(link)
    record(by=by, action="members.revoke_link", target=link)
    return link


@action
def reissue_link(*, link: PersonalLink, by: Actor) -> PersonalLink:
    """A new address and a new code; that of a sheet goes out at once, that of a meeting with its call.

    That of a calendar goes to nobody: its person finds it on their own page.
    """
    link = revoke_link(link=link, by=by)
    if link.purpose == Purpose.SHEET:
        emails.ask_for_sheet(link)
    return link


@action
def reissue_links(*, membership: Membership, by: Actor) -> int:
    """All doors of a person at once, where nobody can tell which of their emails went astray."""
    demand(can_run_desk(by.user, membership.group), DESK_ONLY)
    own = [reissue_link(link=link, by=by) for link in membership.links.order_by("purpose")]
    return len(own)


@action
def make_calendar_address(*, membership: Membership, by: Actor) -> PersonalLink:
    """The one by which the person's own calendar asks: the same, however often it is asked for."""
    demand(by.user == membership.user, OWN_CALENDAR)
    link, created = PersonalLink.objects.select_for_update().get_or_create(
        membership=membership, purpose=Purpose.CALENDAR
    )
    if created:
        record(by=by, action="members.make_calendar_address", target=link)
    return link


@action
def renew_calendar_address(*, membership: Membership, by: Actor) -> PersonalLink:
    """The calendar that asks by the address of before is told nothing any more."""
    link = make_calendar_address(membership=membership, by=by)
    link.nonce = fresh_nonce()
    _give_code(link)
    note_link(link)
    record(by=by, action="members.renew_calendar_address", target=link)
    return link


@action
def ask_for_sheets(*, group: WorkingGroup, by: Actor) -> int:
    """Write to everybody who is counted and has not handed in; a second press writes to nobody twice."""
    demand(can_run_desk(by.user, group), DESK_ONLY)
    refuse_without_purpose(group)
    rows = group.memberships.without_sheet().select_related("user")
    people = [membership for membership in rows if membership.user.address]
    made = personal_links(group=group, people=people, purpose=Purpose.SHEET, by=by)
    due = unasked.moments([membership.user_id for membership in people], senders.of_group(group))
    asked = [emails.ask_for_sheet(made[person.pk], due_at=due[person.user_id]) for person in people]
    return sum(email is not None for email in asked)


@action
def make_slips(*, group: WorkingGroup, purpose: str, by: Actor) -> int:
    """A link for everybody whom no mail reaches, to be handed out on paper."""
    demand(can_run_desk(by.user, group), DESK_ONLY)
    refuse_without_purpose(group)
    people = list(group.memberships.current().without_email().select_related("user"))
    personal_links(group=group, people=people, purpose=purpose, by=by)
    return len(people)


def refuse_without_purpose(group: WorkingGroup) -> None:
    """Nobody is asked for anything before it can be said what for, and how long it is kept."""
    if not group.tells_purpose:
        raise ValidationError(NO_PURPOSE)


def _links_of(people: Collection[Membership], purpose: str) -> dict[int, PersonalLink]:
    rows = PersonalLink.objects.select_for_update().filter(membership__in=people, purpose=purpose).order_by("pk")
    found = {link.membership_id: link for link in rows}
    for person in people:
        if person.pk in found:
            found[person.pk].membership = person
    return found


def _give_codes(rows: list[PersonalLink]) -> None:
    """At once where they are all different, which they are but once in a million years."""
    for link in rows:
        link.code_hash = None
        link.code_hash = links.code_hash(links.code(link))
    hashes = [link.code_hash for link in rows]
    taken = PersonalLink.objects.filter(code_hash__in=hashes)
    if len(set(hashes)) == len(hashes) and not (rows and taken.exists()):
        _write_codes(rows)
        return
    for link in rows:
        _give_code(link)


def _write_codes(rows: list[PersonalLink]) -> None:
    """All of them are there: an insert that meets itself is many times as fast as an update of each."""
    PersonalLink.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["pk"], update_fields=["code_hash"], batch_size=1000
    )


def _give_code(link: PersonalLink) -> None:
    """Two links with the same eight characters: once in a million years, and then another nonce."""
    link.code_hash = None
    while PersonalLink.objects.filter(code_hash=links.code_hash(links.code(link))).exists():
        link.nonce = fresh_nonce()
    link.code_hash = links.code_hash(links.code(link))
    link.save(update_fields=["nonce", "code_hash"])
