"""Whose names a text tells, for the check before anyone may read it."""

from meetings.models import Meeting
from members import names
from members.models import Membership, User

FORMS_OF_ADDRESS = ("氏", "さん", "様")


def named_in(text: str, meeting: Meeting) -> list[Membership]:
    """People of the group, past and present, who are named in full or by family name and a form of address."""
    people = meeting.group.memberships.select_related("user").order_by("order", "user__kana_key", "id")
    return [person for person in people if any(form in text for form in _forms(person.user))]


def _forms(user: User) -> list[str]:
    addressed = [user.shown_family_name + form for form in FORMS_OF_ADDRESS]
    return [names.full(user), names.spaced(user), names.roster(user), *addressed]
