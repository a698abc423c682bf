"""What is frozen goes for a decision on its own kind, on its day, and for nothing else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.audit.models import Event
from meetings.models import ReplyRevision
from retention.models import Disposal
from tests import builders

TODAY = timezone.localdate


@pytest.fixture
def revision(old, sato):
    survey = builders.make_survey(meeting=builders.make_meeting(group=old))
    reply = builders.make_reply(survey=survey, membership=builders.make_membership(group=old, user=sato))
    return ReplyRevision.objects.create(reply=reply, number=1, content={}, by=sato, via="login", at=timezone.now())


def named(old, **fields):
    """A decision, and this transaction says that it carries it out."""
    usual = {"kind": "replies", "group": old, "fiscal_year": 2020, "decided_on": TODAY(), "due_on": TODAY()}
    disposal = Disposal.objects.create(**(usual | fields))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('dxbukai.disposal', %s, true)", [str(disposal.pk)])


def is_let_go(rows):
    try:
        with transaction.atomic():
            rows.delete()
    except IntegrityError:
        return False
    return True


def test_without_a_decision_it_stays(revision):
    assert not is_let_go(ReplyRevision.objects.all())


def test_for_its_decision_it_goes(revision, old):
    named(old)
    assert is_let_go(ReplyRevision.objects.all())


@pytest.mark.parametrize(
    "otherwise",
    [
        {"kind": "records"},
        {"due_on": TODAY() + timedelta(days=1)},
        {"done_at": timezone.now()},
    ],
)
def test_for_another_it_stays(revision, old, otherwise):
    named(old, **otherwise)
    assert not is_let_go(ReplyRevision.objects.all())


def test_a_decision_that_was_taken_back_opens_nothing(revision, old, abe):
    named(old, cancelled_at=timezone.now(), cancelled_by=abe)
    assert not is_let_go(ReplyRevision.objects.all())


def test_a_decision_lets_rows_go_and_changes_none(revision, old):
    named(old)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReplyRevision.objects.update(number=2)


def test_of_the_log_only_a_decision_on_the_log(db, old):
    Event.objects.create(action="x", target_label="x")
    named(old)
    assert not is_let_go(Event.objects.all())
    named(old, kind="log", group=None)
    assert is_let_go(Event.objects.all())


@pytest.fixture
def versions(environment_section, kimura):
    dataset = builders.make_dataset(department=environment_section, by=kimura)
    return [builders.make_version(dataset=dataset, number=number, state="published") for number in (1, 2)]


def changed(version, **values):
    try:
        with transaction.atomic():
            type(version).objects.filter(pk=version.pk).update(**values)
    except IntegrityError:
        return False
    return True


def test_of_a_published_version_only_the_original_goes_and_only_of_one_that_was_replaced(old, versions):
    first, newest = versions
    gone = {"original": "", "disposed_on": TODAY()}
    assert not changed(first, **gone)
    named(old, kind="originals", group=None)
    assert not is_let_go(first.rows.all())
    assert [changed(newest, **gone), changed(first, **gone, title="別")] == [False, False]
    assert changed(first, **gone)
    assert [is_let_go(first.rows.all()), is_let_go(newest.rows.all())] == [True, False]


def test_what_is_public_goes_with_no_decision(old, versions):
    first, _newest = versions
    made = {"kind": "json", "file": f"public/{'1' * 64}", "sha256": "1" * 64, "size": 1}
    first.files.create(**made)
    named(old, kind="originals", group=None)
    changed(first, original="", disposed_on=TODAY())
    assert not is_let_go(first.files.all())
