"""A roster on a page: who takes part today, in one of four orders, narrowed by words, fifty at a time."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from foundation.ui.paging import KeyPage, page_by_key
from members.models import MembershipTerm, WorkingGroup
from members.models.membership import MembershipTermQuerySet
from members.models.placed import RosterOrder

PEOPLE_PER_PAGE = 50


class OrderLink(NamedTuple):
    """One of the ways to sort; the words that were searched stay."""

    label: str
    url: str
    is_here: bool


class Roster(NamedTuple):
    page: KeyPage[MembershipTerm]
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
    page = page_by_key(found, [order.key], asked, size=PEOPLE_PER_PAGE)
    in_words = {value: str(words) for value, words in [*group.categories, *group.offices]}
    for term in page:
        term.category_name = in_words[term.category]
        term.office_name = in_words[term.office] if term.office else ""
    kept = {"q": words} if words else {}
    links = [
        OrderLink(str(each.label), f"?{urlencode({'order': each.value} | kept)}", each is order)
        for each in RosterOrder
    ]
    return Roster(page, words, order, links)
