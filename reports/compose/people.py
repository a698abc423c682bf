"""Whose names a text tells, for the check before anyone may read it."""

from meetings.models import Meeting
from members import names
from members.models import Membership, User

FORMS_OF_ADDRESS = ("氏", "さん", "様")


def named_in(text: str, meeting: Meeting) -> list[Membership]:
    """People of the group, past and present, who are named in full or by family name and a form of address."""
    people = meeting.group.memberships.select_related("user").order_by("order", "user__kana_key", "id")
    written = names.same_to_search(text)
    return [person for person in people if any(form in written for form in _forms(person.user))]


def _forms(user: User) -> list[str]:
    """As they are compared: blanks between the parts make no difference, nor does 高 for 髙."""
    families = {user.family_name, user.shown_family_name}
    addressed = [family + form for family in families for form in FORMS_OF_ADDRESS]
    whole = [names.full(user), user.family_name + user.given_name]
    return [names.same_to_search(form) for form in (*whole, *addressed)]
