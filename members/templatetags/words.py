"""What the town calls its house, and a group its people."""

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from foundation.ui.templatetags.ui import dial
from members import senders
from members.models import MembershipTerm, Municipality, OfficeTerm, WorkingGroup

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

register = template.Library()


@register.filter
def in_words_of(term: MembershipTerm | OfficeTerm, group: WorkingGroup) -> "StrOrPromise":
    """{{ office|in_words_of:group }}: 会長; {{ term|in_words_of:group }}: 委員"""
    return group.office(term.office) if isinstance(term, OfficeTerm) else group.category(term.category)


@register.filter
def office_of(office: str, group: WorkingGroup) -> "StrOrPromise":
    """{{ "chair"|office_of:group }}: 会長"""
    return group.office(office)


@register.filter
def dialled_at(number: str, town: Municipality | None) -> str:
    """内線 2345 → 0000-00-0000（代表） 内線 2345"""
    return town.phone(number) if town else number


@register.simple_tag
def desk(group: WorkingGroup, town: Municipality | None) -> str:
    """{% desk group portal.municipality as desk %}: WorkingGroup.contact, with a number that a phone dials."""
    where = f"{group.contact_department or ''} {dialled_at(group.contact_phone, town)}".strip()
    return format_html(_("事務局（{}）"), dial(where)) if where else _("事務局")


@register.simple_tag
def portal_name() -> str:
    """For emails, which know no request; pages have `portal.name` beside the town's."""
    return senders.portal_name()
