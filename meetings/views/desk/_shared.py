"""What the desk's pages have in common."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from foundation.actions import Actor
from foundation.db import clock
from foundation.db.prepared import Blank, prepared
from foundation.ui.attempts import press
from meetings import emails
from meetings.models import Meeting
from meetings.models.meeting import MeetingQuerySet
from members.login import LoggedIn
from members.models import User
from members.models.terms import Day

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def desk_meeting(request: LoggedIn, slug: str, number: int) -> Meeting:
    """The meeting, for those who run its desk; for anybody else it does not exist."""
    today = clock.today()
    for meeting in _one_of_desk().run(user=request.user.pk, today=today, slug=slug, number=number):
        return meeting
    raise Http404


def with_roll(request: LoggedIn, slug: str, number: int) -> Meeting:
    """The same, where people come together: of a meeting in writing there is no roll."""
    meeting = desk_meeting(request, slug, number)
    if meeting.is_written:
        raise Http404
    return meeting


def also_disposed_of(request: LoggedIn, slug: str, number: int) -> Meeting:
    """For what can be done with what was published, whatever became of the records."""
    return get_object_or_404(_of_desk(request.user), group__slug=slug, number=number)


def also_cancelled(request: LoggedIn, slug: str, number: int) -> Meeting:
    """For what people are told: a paper that says so is still handed out. One made again stands before it."""
    rows = Meeting.objects.run_by(request.user).kept().select_related("group", "survey", "notice")
    same = rows.filter(group__slug=slug, number=number).order_by("-pk")
    found = same.standing().first() or same.first()
    if found is None:
        raise Http404
    return found


def _of_desk(user: User, day: Day | None = None) -> MeetingQuerySet:
    return Meeting.objects.standing().run_by(user, day).select_related("group", "survey", "notice", "date_poll")


@prepared
def _one_of_desk() -> MeetingQuerySet:
    anybody = User(pk=Blank("user", models.BigIntegerField()))
    slug, number = Blank("slug", models.CharField()), Blank("number", models.IntegerField())
    meetings = _of_desk(anybody, Blank("today", models.DateField())).kept()
    return meetings.filter(group__slug=slug, number=number)


def pressed(request: LoggedIn, action: Callable[..., Any], success: "StrOrPromise" = "", **given: Any) -> None:
    """An action in one press: done, or a sentence on the page it was pressed on."""
    if press(request, action, by=Actor.of(request), **given) and success:
        messages.success(request, success)


def ticked(request: LoggedIn, name: str) -> list[int]:
    """The keys of what was ticked on the page; nonsense is nothing."""
    return [int(pk) for pk in request.POST.getlist(name) if pk.isascii() and pk.isdigit() and len(pk) < 15]


# Of people, on a page that lists them, and on one that is to be printed.
PER_PAGE, PER_PRINT = 50, 200


def recipients(meeting: Meeting, letter: str, asked: QueryDict) -> dict[str, Any]:
    """What a check page says of those whom this letter goes to: by email or on paper, and how it reads.

    Of thousands their addresses are looked at; people are made of those whom the page names.
    """
    asked_people = meeting.asked().with_address().in_roster_order()
    addresses = dict(asked_people.values_list("pk", "address"))  # type: ignore[misc]  # its annotation
    by_email = [pk for pk, address in addresses.items() if address]
    without = [pk for pk, address in addresses.items() if not address]
    page = Paginator(list(addresses), PER_PAGE).get_page(asked.get("page"))
    shared = _shared_addresses(addresses)
    named = {*page, *without[:PER_PAGE], *by_email[:1], *(pk for several in shared.values() for pk in several)}
    people = meeting.asked().select_related("user").in_bulk(named)
    page.object_list = [people[pk] for pk in page]
    return {
        "total": len(addresses),
        "page": page,
        "count": len(by_email),
        "on_paper": len(without),
        "without": [people[pk] for pk in without[:PER_PAGE]],
        "shared": [
            f"{address}（{'、'.join(people[pk].addressed for pk in several)}）"
            for address, several in shared.items()
        ],
        "sample": emails.sample(letter, meeting, people[by_email[0]]) if by_email else None,
        "when_it_leaves": emails.when_it_leaves(),
    }


def _shared_addresses(addresses: dict[int, str]) -> dict[str, list[int]]:
    """A link is one person's own, and whoever opens the mailbox of several reads them all."""
    found: dict[str, list[int]] = defaultdict(list)
    for pk, address in addresses.items():
        if address:
            found[address.lower()].append(pk)
    several = {address: people for address, people in found.items() if len(people) > 1}
    return dict(list(several.items())[:PER_PAGE])
