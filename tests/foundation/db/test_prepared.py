"""Queries whose SQL is made once: each run has its own values, on the connection of its own thread."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import CharField, Func, IntegerField

from foundation.db import clock
from foundation.db.prepared import Blank, prepared

pytestmark = pytest.mark.django_db


@prepared
def kinds():
    """The tables of an app, and which of the database's processes told of them."""
    own = ContentType.objects.filter(app_label=Blank("app", CharField())).order_by("model")
    return own.annotate(told_by=Func(function="pg_backend_pid", output_field=IntegerField()))


def test_each_run_has_its_own_values():
    found = {app: [str(kind.model) for kind in kinds().run(app=app)] for app in ("sessions", "contenttypes")}
    assert found == {"sessions": ["session"], "contenttypes": ["contenttype"]}


def test_the_sql_is_made_once():
    assert kinds() is kinds()


def test_a_value_is_no_sql():
    assert kinds().run(app="' OR 1 = 1 -- %s") == []


def test_columns_alone_are_read_as_well():
    columns = prepared(lambda: ContentType.objects.filter(app_label=Blank("app", CharField())).values("model"))
    assert columns().run(app="sessions") == [{"model": "session"}]


def test_each_thread_asks_on_its_own_connection():
    def told_by():
        try:
            return {kind.told_by for kind in kinds().run(app="sessions")}
        finally:
            connection.close()

    here = {kind.told_by for kind in kinds().run(app="sessions")}
    with ThreadPoolExecutor(1) as other:
        there = other.submit(told_by).result()
    assert here.isdisjoint(there)


def test_a_day_is_refused_that_would_stand_there_for_ever():
    living = prepared(lambda: Session.objects.filter(expire_date__gt=clock.now()))
    with pytest.raises(TypeError, match="for as long as the process lives"):
        living()
