"""The address by which a person's own calendar asks, on the page of that person, however they came to it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.actions import Actor, Via
from members import links
from members.actions import links as link_actions
from members.models import Membership, PersonalLink
from members.states import Purpose


@dataclass(frozen=True)
class Subscriber:
    """One person in one group, and the addresses of the pages for them."""

    membership: Membership
    actor: Actor
    page_url: str
    renew_url: str

    @property
    def by_link(self) -> bool:
        return self.actor.via == Via.LINK


def show(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Looking makes none: it is made by a press."""
    if request.method == "POST":
        link_actions.make_calendar_address(membership=subscriber.membership, by=subscriber.actor)
        return redirect(subscriber.page_url)
    link = subscriber.membership.links.filter(purpose=Purpose.CALENDAR).first()
    address = address_of(link) if link else ""
    return render(request, "meetings/calendar_address.html", {"subscriber": subscriber, "address": address})


def renew(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    link_actions.renew_calendar_address(membership=subscriber.membership, by=subscriber.actor)
    messages.success(request, _("アドレスを作り直しました。前のアドレスは使えません。"))
    return redirect(subscriber.page_url)


def address_of(link: PersonalLink) -> str:
    return settings.SITE_URL + reverse("meetings:personal_feed", args=[links.token(link)])
