"""Letters were written without name and address for answers: the table of a house that has sent some is filled."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests import builders

BEFORE, AFTER = ("mail", "0002_frozen_text"), ("mail", "0003_whose_letter_it_is")


def at(state):
    """The table of letters as it then is, brought there; what the rows refer to is looked at before."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate([state])
    return MigrationExecutor(connection).loader.project_state([state]).apps.get_model("mail", "Email")


def is_frozen(emails, **values):
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
        emails.objects.update(**values)
    return True


def test_a_letter_of_before_says_nothing_of_its_sender_and_stays_frozen(db):
    builders.make_email(subject="以前の件名", from_name="部会 事務局", reply_to="dx@example.jp")
    before = at(BEFORE)
    assert is_frozen(before, subject="別の件名")
    emails = at(AFTER)

    assert list(emails.objects.values_list("subject", "from_name", "reply_to")) == [("以前の件名", "", "")]
    assert is_frozen(emails, from_name="別の部会")
    assert is_frozen(emails, subject="別の件名")


def test_the_release_before_writes_on_in_the_new_table(db):
    """It knows neither column."""
    email = builders.make_email(from_name="", reply_to="")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mail_email (to_address, subject, body, sensitive, job_id)"
            " SELECT to_address, subject, body, sensitive, %s FROM mail_email",
            [type(email.job).objects.create(kind="mail.send", key="of-before").pk],
        )
    assert set(type(email).objects.values_list("from_name", "reply_to")) == {("", "")}


def test_an_appointment_is_frozen_like_the_text_and_older_letters_have_none(db):
    builders.make_email(calendar="BEGIN:VCALENDAR")
    before = at(AFTER)
    assert is_frozen(before, subject="別の件名")
    emails = at(("mail", "0004_what_a_calendar_takes"))
    assert list(emails.objects.values_list("calendar", flat=True)) == [""]
    assert is_frozen(emails, calendar="BEGIN:VCALENDAR")
