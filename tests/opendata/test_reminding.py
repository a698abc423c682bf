"""A section whose data set is overdue gets one email of each version, and none once a new one is begun."""

from datetime import date, timedelta

import pytest

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.db import clock
from foundation.jobs.states import JobState
from foundation.mail.models import Email
from opendata import actions
from opendata.jobs import remind_on
from opendata.models import Dataset
from opendata.todo import todo
from tests import builders
from tests.opendata.conftest import CLEAN

WORKDAY, SUNDAY = date(2026, 11, 24), date(2026, 11, 29)


def letters():
    """To whom, of what, and what has become of it."""
    found = Email.objects.filter(subject__contains="更新のお願い").order_by("pk")
    return [(email.to, email.subject[15:-1], email.job.state) for email in found]


@pytest.fixture
def overdue(kimura, environment_section):
    """`overdue(title)`: published forty days ago, to be renewed every month."""

    def overdue_(title="公園一覧", **fields):
        dataset = builders.make_dataset(department=environment_section, by=kimura)
        version = builders.make_version(dataset=dataset, title=title, **{"update_cycle": "monthly"} | fields)
        builders.publish(version, published_at=clock.now() - timedelta(days=40))
        return version

    return overdue_


def test_who_brought_it_is_asked_once_and_it_stands_on_the_trail(overdue, kimura):
    overdue()
    remind_on(SUNDAY)
    assert letters() == []
    remind_on(WORKDAY)
    remind_on(WORKDAY)
    assert letters() == [(kimura, "公園一覧", JobState.WAITING)]
    assert Email.objects.get().unasked
    assert [event.changes["told"] for event in Event.objects.filter(action="opendata.remind_of_update")] == [1]


def test_of_what_is_not_due_nobody_is_asked(overdue):
    overdue(update_cycle="yearly")
    overdue(update_cycle="as_needed")
    withdrawn = overdue()
    actions.withdraw(dataset=withdrawn.dataset, by=Actor(withdrawn.uploaded_by), reason="誤り")
    remind_on(WORKDAY)
    assert letters() == []


def test_where_they_work_elsewhere_now_the_section_is_asked(overdue, kimura, environment_section, sato):
    overdue()
    kimura.postings.all().delete()
    builders.make_posting(user=sato, department=environment_section, kind="concurrent")
    remind_on(WORKDAY)
    assert [person for person, _title, _state in letters()] == [sato]


def test_a_new_version_takes_back_what_has_not_left(overdue, kimura):
    version, other = overdue(), overdue("井戸一覧")
    remind_on(WORKDAY)
    actions.replace(dataset=version.dataset, seen=0, name="次.csv", data=CLEAN.encode(), by=Actor(kimura))
    remind_on(WORKDAY)
    assert letters() == [(kimura, "公園一覧", JobState.CANCELLED), (kimura, "井戸一覧", JobState.WAITING)]
    actions.withdraw(dataset=other.dataset, by=Actor(kimura), reason="誤り")
    assert letters()[1] == (kimura, "井戸一覧", JobState.CANCELLED)


@pytest.fixture
def no_mail(kimura):
    """No email reaches Kimura, and so nobody of the section."""
    type(kimura).objects.filter(pk=kimura.pk).update(email=None, delivery_email="")


def test_where_nobody_can_be_told_it_is_tried_again(overdue, no_mail):
    overdue()
    remind_on(WORKDAY)
    assert (letters(), Dataset.objects.get().reminded_of) == ([], None)


def test_where_no_email_reaches_the_section_the_steward_is_told_once_and_sees_it_at_home(overdue, no_mail, abe):
    type(abe).objects.filter(pk=abe.pk).update(is_data_steward=True)
    abe.refresh_from_db()
    version = overdue()
    remind_on(WORKDAY)
    remind_on(WORKDAY)
    assert letters() == [(abe, "公園一覧", JobState.WAITING)]
    assert "環境課には、メールの届く職員がいない" in Email.objects.get().body
    assert [item.text for item in todo(abe)] == ["「公園一覧」の更新を環境課へ伝える"]
    builders.make_version(
        dataset=version.dataset, number=2, title="公園一覧", state="published", update_cycle="monthly"
    )
    assert todo(abe) == []


def test_where_an_email_reaches_the_section_the_steward_has_nothing_to_do(overdue, abe):
    type(abe).objects.filter(pk=abe.pk).update(is_data_steward=True)
    abe.refresh_from_db()
    overdue()
    assert todo(abe) == []
