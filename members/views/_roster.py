"""A roster on a page: who takes part today, in one of four orders, narrowed by words, fifty at a time."""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from foundation.ui.paging import KeyPage, page_by_key
from members.models import WorkingGroup
from members.models.called import Called
from members.models.membership import MembershipTermQuerySet
from members.models.placed import RosterOrder
from members.models.user import NAMES, READINGS

PEOPLE_PER_PAGE = 50


@dataclass
class RosterLine(Called):
    """What a page tells of one term: fifty are shown at a time, and each would else be four objects."""

    pk: int
    membership: int
    category: str
    office: str | None
    department_label: str | None
    department_name: str | None
    affiliation: str
    job_title: str
    family_name: str
    given_name: str
    display_family_name: str
    display_given_name: str
    family_kana: str
    given_kana: str
    display_family_kana: str
    display_given_kana: str
    email: str | None
    delivery_email: str
    channel: str
    # In the group's words.
    category_name: str = ""
    office_name: str = ""

    @property
    def post(self) -> str:
        """市民課 主査"""
        return f"{self.department_label or self.department_name or self.affiliation} {self.job_title}".strip()


TERM = (
    "pk",
    "membership",
    "category",
    "office",
    "department__label",
    "department__name",
    "affiliation",
    "job_title",
)
PERSON = (*NAMES, *READINGS, "email", "delivery_email", "channel")
# In the order of the fields above.
COLUMNS = (*TERM, *(f"membership__user__{name}" for name in PERSON))


class OrderLink(NamedTuple):
    """One of the ways to sort; the words that were searched stay."""

    label: str
    url: str
    is_here: bool


class Roster(NamedTuple):
    page: KeyPage[RosterLine]
    words: str
    order: RosterOrder
    links: list[OrderLink]

    @property
    def is_whole(self) -> bool:
        """Everybody stands on this page, so that it can say how many they are."""
        return not (self.page.previous or self.page.following)


def order_of(asked: QueryDict) -> RosterOrder:
    """Nonsense leads to the roster's own order."""
    value = asked.get("order", "")
    return RosterOrder(value) if value in RosterOrder else RosterOrder.ROSTER


def roster_of(group: WorkingGroup, terms: MembershipTermQuerySet, asked: QueryDict, *, at_desk: bool) -> Roster:
    order, words = order_of(asked), asked.get("q", "").strip()[:100]
    found = terms.matching(words, also_registered=at_desk)
    page = page_by_key(found.values_list(*COLUMNS, named=True), [order.key], asked, size=PEOPLE_PER_PAGE)
    lines = [RosterLine(*columns) for columns in page]
    categories, offices = dict(group.categories), dict(group.offices)
    for line in lines:
        line.category_name = str(categories[line.category])
        line.office_name = str(offices[line.office]) if line.office else ""
    kept = {"q": words} if words else {}
    links = [
        OrderLink(str(each.label), f"?{urlencode({'order': each.value} | kept)}", each is order)
        for each in RosterOrder
    ]
    return Roster(KeyPage(lines, previous=page.previous, following=page.following), words, order, links)
