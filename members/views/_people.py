"""Choosing among the people of the town hall: the same list at the desk and for administrators."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from foundation.ui.paging import KeyPage, page_by_key
from members.models import Posting, User
from members.models.user import BY_KANA, UserQuerySet

PEOPLE_PER_PAGE = 50


def page_of_people(request: HttpRequest, people: UserQuerySet) -> KeyPage[User]:
    """In the order of the kana, each with the posts of today, in a fixed number of queries.

    Whoever is chosen leaves the list; the next page begins behind them all the same.
    """
    posted = Posting.objects.current().select_related("department")
    found: QuerySet[User] = people.prefetch_related(Prefetch("postings", posted, to_attr="posts"))
    return page_by_key(found, BY_KANA, request.GET, size=PEOPLE_PER_PAGE, known=User.objects.all())
