"""Whose letter an email is: what stands before the system's address, and who reads the answer."""

from typing import TypedDict

from django.utils.translation import gettext as _

from members.models import Municipality, WorkingGroup
from members.models.municipality import NEUTRAL_PORTAL


class Sender(TypedDict):
    from_name: str
    reply_to: str


def of_group(group: WorkingGroup) -> Sender:
    """An answer goes to those who run it, where they have an address."""
    return {"from_name": _("%(group)s 事務局") % {"group": group.name}, "reply_to": group.contact_email}


def of_portal() -> Sender:
    """Nobody reads the answer to a login code."""
    return {"from_name": portal_name(), "reply_to": ""}


def portal_name() -> str:
    """見本市 DX推進部会ポータル"""
    town = Municipality.objects.first()
    return f"{town} {town.portal}" if town else str(NEUTRAL_PORTAL)
