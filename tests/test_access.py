"""Each URL × role × method × (own, foreign, missing object) has the outcome that tests/access.py says.

One test per role walks all pages in one transaction, undoing each request; all but POST runs read-only, so that
a GET that writes fails here. No page may break, lack a header that every page has, or tell a secret
(tests/planted.py) to whom it is not meant for. Slow (several seconds each), because each sends some hundred
requests; missing objects and HEAD, which answer by what the others do, are walked by three roles and by one; HEAD
by all in `make walk`.
"""

import pytest
from django.urls import reverse

from tests.access import OUTCOMES, PAGES, REFUSED_EVERYWHERE, ROLES, THIRD_PARTY
from tests.hostile.walk import walked_by
from tests.test_architecture import views
from tests.walk import Walker, kinds_of

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]
# Those who ask for everything: who is nobody, who may most inside a group, and who may most in the house.
THOROUGH = ["anonymous", "desk", "administrator_inside"]


def test_every_page_has_its_row():
    assert sorted({url for url, _view in views()} - set(THIRD_PARTY)) == sorted(PAGES)


def test_every_row_speaks_of_every_role():
    wrong = [
        url
        for url, page in PAGES.items()
        for cells in page.rows()
        if len(cells) != len(ROLES) or not set(cells) <= OUTCOMES
    ]
    assert wrong == []


# ASVS V3.5.3, V8.2.1, V8.2.3, V8.3.1, V14.2.2, V14.2.4, V14.3.2, V15.3.1
@pytest.mark.parametrize("role", ROLES)
def test_each_page_does_what_the_table_says(planted, role, record_property):
    walker, wrong = Walker(planted, role), {}
    for name, page in PAGES.items():
        for kind in kinds_of(planted, name):
            if kind == "missing" and role not in THOROUGH:
                continue
            for method in ("get", "post"):
                expected, found = page.outcome(role, method, kind), walker.visit(method, name, kind)
                if found != expected:
                    wrong[f"{method} {kind} {name}"] = f"{found} instead of {expected}"
    for door in planted.doors:
        walker.visit("get", "members:sheet", url=door)
    record_property("met", dict(walker.met))
    assert (wrong, walker.faults) == ({}, [])
    assert walker.read == {secret for secret, (_sentence, readers) in planted.secrets.items() if role in readers}
    assert walker.met["requests"] > 470, walker.met


@pytest.mark.parametrize("role", walked_by(ROLES, set(ROLES) - {"desk"}))
def test_head_is_answered_like_get(planted, role):
    """Slow: every page is asked for."""
    walker = Walker(planted, role)
    found = {name: walker.visit("head", name) for name in PAGES}
    assert found == {name: page.outcome(role, "get", "own") for name, page in PAGES.items()}
    assert walker.faults == []


def test_every_other_method_is_refused_on_every_page(planted):
    walker = Walker(planted, "desk")
    found = {walker.visit(method, name) for name in PAGES for method in REFUSED_EVERYWHERE}
    assert (found, walker.faults) == ({"405"}, [])
    assert walker.met["requests"] == 4 * len(PAGES)


# ASVS V3.5.3
@pytest.mark.parametrize("name", THIRD_PARTY)
def test_each_page_of_allauth_does_what_its_table_says(planted, name):
    arguments = {"uidb36": "zz", "key": "forged"} if name == "account_reset_password_from_key" else {}
    url = reverse(name, kwargs=arguments)
    found = tuple(Walker(planted, role).visit("get", name, url=url) for role in ("anonymous", "member"))
    assert found == THIRD_PARTY[name]
