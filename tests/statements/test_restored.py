"""A backup from before a text was withdrawn comes back, and the text does not.

Slow, some two seconds each: a house is backed up, emptied and filled.
"""

import pytest
from django.core.management import call_command

from foundation.ledger.models import Restoration
from statements.models import PublishedStatement
from statements.states import Statement
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


def bring_back(folder):
    call_command("flush", interactive=False, verbosity=0)
    call_command("restore", folder)


def standing():
    return [(one.statement, one.number) for one in PublishedStatement.objects.standing().order_by("statement")]


def test_a_text_that_was_withdrawn_since_is_withdrawn_again(publish, withdraw, tmp_path):
    publish("privacy", body="本文")
    publish("policy", body="本文")
    call_command("backup", tmp_path / "saved")
    withdraw("privacy", upto=1, change="根拠の誤り", document_number="行経第9号")
    bring_back(tmp_path / "saved")
    assert standing() == [("policy", 1)]
    assert Restoration.objects.get().shut_again == {"statement": 1}
    again = PublishedStatement.objects.of(Statement.PRIVACY).first()
    assert (again.is_withdrawal, again.change, again.document_number) == (True, "根拠の誤り", "行経第9号")


def test_what_was_published_again_before_the_backup_stands(publish, withdraw, tmp_path):
    publish("privacy", body="本文")
    withdraw("privacy", upto=1)
    publish("privacy", body="改めた文", change="根拠を改めた")
    call_command("backup", tmp_path / "saved")
    bring_back(tmp_path / "saved")
    assert standing() == [("privacy", 3)]


def test_who_is_not_in_the_backup_leaves_it_to_who_published(publish, withdraw, abe, tmp_path):
    publish("privacy", body="本文")
    call_command("backup", tmp_path / "saved")
    later = builders.make_user(is_administrator=True)
    withdraw("privacy", upto=1, by=later)
    bring_back(tmp_path / "saved")
    assert PublishedStatement.objects.of(Statement.PRIVACY).first().published_by.email == abe.email
