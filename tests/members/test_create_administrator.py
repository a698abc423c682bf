"""`manage.py create_administrator EMAIL`: the first key, with sentences for whoever runs the server."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from foundation.audit.models import Event
from members.models import DeskGrant, User

NAMES = ["--family-name", "阿部", "--given-name", "五郎", "--family-kana", "あべ", "--given-kana", "ごろう"]


def run(*args):
    out = io.StringIO()
    call_command("create_administrator", *args, stdout=out)
    return out.getvalue()


# ASVS V6.3.2
def test_before_that_nobody_is_there(db):
    """With all migrations, no account and no right came along."""
    assert (User.objects.count(), Group.objects.count(), DeskGrant.objects.count()) == (0, 0, 0)


# ASVS V6.4.1
def test_the_first_administrator_is_made_and_told_how_to_log_in(sato):
    said = run("abe@example.jp", *NAMES)
    person = User.objects.exclude(pk=sato.pk).get()
    assert (person.email, person.is_administrator, person.has_usable_password()) == ("abe@example.jp", True, False)
    assert said.startswith("阿部 五郎さん（abe@example.jp）はシステム管理者になりました。\n")
    assert "/accounts/login/code/" in said


def test_a_second_time_changes_nothing(db):
    run("abe@example.jp", *NAMES)
    assert "何も変えていません" in run("ABE@example.jp")
    assert User.objects.count() == 1


def test_somebody_who_is_known_becomes_administrator_and_nobody_else(kimura, sato, tanaka):
    run("sato@example.jp")
    assert list(User.objects.filter(is_administrator=True)) == [sato]


def test_the_trail_says_once_who_became_administrator(sato):
    for _ in range(2):
        run("sato@example.jp")
    event = Event.objects.get()
    assert (event.action, event.target_id, event.changes) == (
        "members.make_administrator",
        sato.pk,
        {"is_administrator": [False, True]},
    )


def test_names_are_asked_for(db, monkeypatch):
    answers = iter(["阿部", "五郎", "あべ", "ごろう"])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    run("abe@example.jp")
    assert str(User.objects.get()) == "阿部 五郎"


def test_without_anybody_to_ask_it_says_which_options_to_give(db, monkeypatch):
    def nobody(question):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(CommandError, match="--family-name"):
        run("abe@example.jp")


@pytest.mark.parametrize("address", ["abe", "", "a b@example.jp"])
def test_what_is_no_address_is_refused(db, address):
    with pytest.raises(CommandError):
        run(address, *NAMES)
