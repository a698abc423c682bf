"""Choosing among the people of the town hall: the same list at the desk and for administrators."""

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from members.models import Posting, User
from members.models.user import UserQuerySet

PEOPLE_PER_PAGE = 50


def page_of_people(request: HttpRequest, people: UserQuerySet) -> Page[User]:
    """In the order of the kana, each with the posts of today, in a fixed number of queries."""
    posted = Posting.objects.current().select_related("department")
    found: QuerySet[User] = people.in_kana_order().prefetch_related(Prefetch("postings", posted, to_attr="posts"))
    return Paginator(found, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
