"""How often the same may be done: counted once each, also at once, and by the tightest limit first."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import RequestFactory
from django.utils import timezone

from foundation.audit.models import Event
from foundation.db.models import Brake
from foundation.http import brakes
from foundation.http.sessions import clear
from foundation.jobs.models import Job


@pytest.fixture
def limits(settings):
    def chosen(words):
        settings.BRAKES = {"log_in": words}

    return chosen


def request(address="192.0.2.1", **headers):
    return RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)


def waits(times, **who):
    return [brakes.take(request(**who), "log_in", account="a").wait > 0 for _ in range(times)]


def test_what_is_within_the_limit_goes_on_and_what_is_over_it_waits(db, limits):
    limits("2/5m/account")
    assert waits(3) == [False, False, True]
    taken = brakes.take(request(), "log_in", account="a")
    assert 295 < taken.wait <= 300
    assert taken.minutes == 5


def test_when_the_time_is_over_one_begins_anew(db, limits):
    limits("1/h/account")
    assert waits(2) == [False, True]
    Brake.objects.update(until=timezone.now())
    assert waits(2) == [False, True]


def test_a_counter_whose_time_is_over_is_cleared_away_at_night(db, limits):
    limits("1/h/account 1/h/address")
    waits(1)
    Brake.objects.filter(pk=Brake.objects.first().pk).update(until=timezone.now())
    clear.handle(Job())
    assert Brake.objects.count() == 1


def test_what_a_tight_limit_refuses_is_not_counted_by_a_wide_one(db, limits):
    """One stranger, however often he tries, does not use up what is everybody's."""
    limits("2/5m/account+address 4/h/account")
    assert waits(50) == [False, False, *[True] * 48]
    assert waits(1, address="192.0.2.2") == [False]


def test_the_wide_limit_holds_for_who_comes_from_many_places(db, limits):
    limits("2/5m/account+address 4/h/account")
    assert [waits(1, address=f"192.0.2.{n}") for n in range(5)] == [*[[False]] * 4, [True]]


def test_an_account_is_one_in_whatever_case(db, limits):
    limits("1/h/account")
    found = [brakes.take(request(), "log_in", account=name).wait > 0 for name in ("a@b", "A@B")]
    assert found == [False, True]


def test_what_was_no_misuse_is_given_back(db, limits):
    limits("1/h/account")
    brakes.take(request(), "log_in", account="a").give_back()
    assert waits(2) == [False, True]


def test_who_has_shown_who_they_are_goes_on_at_once_from_here_alone(db, limits):
    limits("1/h/account+address")
    assert waits(2) == waits(2, address="192.0.2.2") == [False, True]
    brakes.release(request(), "log_in", account="a")
    assert (waits(1), waits(1, address="192.0.2.2")) == ([False], [True])


@pytest.mark.django_db(transaction=True)
def test_of_thirty_at_once_as_many_pass_as_may(limits):
    limits("5/h/account")

    def one(_number):
        try:
            return brakes.take(request(), "log_in", account="a").wait > 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as crowd:
        assert sorted(crowd.map(one, range(30))) == [*[False] * 5, *[True] * 25]


# ASVS V16.3.3
def test_who_meets_a_limit_stands_in_the_audit_log_once_a_minute(db, limits):
    limits("1/h/account")
    waits(20)
    assert list(Event.objects.values_list("action", "target_label", "by", "changes")) == [
        ("audit.brake", "パスワードでのログイン", None, {"接続元": "192.0.2.1"})
    ]


# Where a request comes from


# ASVS V4.1.3, V15.3.4
@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (1, "", "192.0.2.1"),
        (2, "203.0.113.9", "192.0.2.1"),
    ],
)
def test_only_the_word_of_our_own_proxy_counts(settings, proxies, said, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert brakes.address_of(request(**{"X-Forwarded-For": said})) == address


def test_one_customer_s_ipv6_network_is_one_address():
    found = {brakes.address_of(request(f"2001:db8:1:2::{n}")) for n in (1, 2)}
    assert found == {"2001:db8:1:2::"}
    assert brakes.address_of(request("unknown")) == "unknown"
