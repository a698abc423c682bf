"""The words of an action: it holds, judges, writes and records, or refuses in a sentence and leaves nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from foundation.actions import SYSTEM, Actor, Conflict, Via, action, demand, hold, record, refuse_stale, write
from foundation.audit.models import Event
from members.models import Department, DeskGrant, IntroSheet, User
from tests import builders

APRIL = date(2026, 4, 1)


# ASVS V2.3.3, V16.3.3
def test_a_refused_action_leaves_nothing_but_word_of_it(town, sato):
    @action
    def rename(*, by):
        write(town, name="別市")
        record(by=by, action="members.rename", target=town)
        demand(allowed=False, sentence="名前は変えられません。")

    with pytest.raises(PermissionDenied, match="名前は変えられません。"):
        rename(by=Actor(sato))
    town.refresh_from_db()
    assert town.name == "見本市"
    assert list(Event.objects.values_list("action", "by")) == [("audit.refuse", sato.pk)]


def test_a_promise_of_the_database_speaks_in_its_own_words(group, suzuki):
    """Two were equally fast, and both forms were right."""
    grant = action(DeskGrant.objects.create)
    with pytest.raises(ValidationError, match="この方には既に事務局の権限があります。"):
        grant(group=group, user=suzuki, valid_from=APRIL)


def test_a_promise_without_words_is_a_sentence_too(sato):
    """The column's own uniqueness has no name that we gave it."""
    add = action(User.objects.create)
    with pytest.raises(ValidationError, match="他の画面で同時に行われた操作と重なったため"):
        add(pk=sato.pk, email="another@example.jp")


def test_a_missing_value_is_an_error_of_ours_and_is_not_hidden(group):
    with pytest.raises(IntegrityError):
        action(DeskGrant.objects.create)(group=group)


def test_what_was_removed_meanwhile_is_said(sato):
    sato.postings.all().delete()
    sato.memberships.first().terms.all().delete()
    sato.memberships.all().delete()
    pk = sato.pk
    sato.delete()
    with (
        transaction.atomic(),
        pytest.raises(ValidationError, match="他の画面で削除されたため、見つかりません。"),
    ):
        hold(User.objects.all(), pk)


def test_a_stale_page_meets_what_stands_there(member):
    sheet = builders.make_sheet(membership=member)
    refuse_stale(sheet, sheet.version)
    with pytest.raises(Conflict) as conflict:
        refuse_stale(sheet, sheet.version - 1, sent="typed")
    assert (conflict.value.stored, conflict.value.sent) == (sheet, "typed")


def test_a_write_tells_what_is_different_and_counts_it(member):
    sheet = builders.make_sheet(membership=member, wants="前")
    version = sheet.version
    assert write(sheet, wants="後", duties="") == {"wants": ["前", "後"]}
    stored = IntroSheet.objects.get()
    assert (stored.wants, stored.version) == ("後", version + 1)


def test_a_row_that_counts_no_versions_is_written_too(sato):
    posting = sato.postings.get()
    assert write(posting, job_title="係長") == {"job_title": ["主査", "係長"]}


def test_who_counts_himself_is_not_counted_twice(member):
    sheet = builders.make_sheet(membership=member)
    write(sheet, version=sheet.version + 1)
    assert sheet.version == 2


def test_what_is_the_same_as_before_is_not_written(member, django_assert_num_queries):
    sheet = builders.make_sheet(membership=member, wants="前")
    with django_assert_num_queries(0):
        assert write(sheet, wants="前") == {}


def test_a_new_row_is_stored_as_its_first_version_also_where_nothing_is_said_of_it(db):
    told, silent = Department(), Department(name="環境課", valid_from=APRIL)
    write(told, name="市民課", valid_from=APRIL)
    write(silent)
    assert list(Department.objects.values_list("name", "version")) == [("市民課", 1), ("環境課", 1)]


def test_a_write_is_judged_first(town):
    with pytest.raises(ValidationError) as refusal:
        write(town, name="")
    assert list(refusal.value.message_dict) == ["name"]


def test_the_event_says_who_and_by_which_way(town, sato):
    with transaction.atomic():
        record(by=Actor(sato, Via.LINK), action="members.a", target=town)
        record(by=Actor(sato).at_the_desk(), action="members.b", target=town)
        record(by=SYSTEM, action="members.c", target=town)
    assert list(Event.objects.order_by("id").values_list("by", "via")) == [
        (sato.pk, "link"),
        (sato.pk, "desk"),
        (None, "system"),
    ]
