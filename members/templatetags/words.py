"""What a group calls its people, on pages."""

from typing import TYPE_CHECKING

from django import template

from members.models import MembershipTerm, OfficeTerm, WorkingGroup

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
