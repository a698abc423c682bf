"""Web and worker use an account of the database that can do its work, and no more."""

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from dxbukai.demo import seed
from foundation.audit.models import Event
from foundation.db import roles
from foundation.http.sessions import clear
from foundation.jobs.models import Job
from foundation.jobs.worker import Worker
from foundation.mail.models import Email
from members.jobs import forget_requests
from members.models import User
from tests.members.logins import PASSWORD, ask_for_code, last_letter, login, who

REFUSED = [
    "ALTER TABLE audit_event DISABLE TRIGGER audit_append_only",
    "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    "ALTER TABLE members_user ADD COLUMN x integer",
    "CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
    "DROP TRIGGER audit_append_only ON audit_event",
    "TRUNCATE audit_event",
    "TRUNCATE members_user CASCADE",
    "DROP TABLE audit_event",
    "DELETE FROM audit_event",
    "UPDATE audit_event SET action = 'x'",
    "DELETE FROM django_migrations",
    "CREATE TABLE x (y integer)",
    "SET session_replication_role = replica",
]


def create(role):
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE ROLE "{role}" LOGIN')


@pytest.fixture
def plain(db):
    """What follows is done by the plain role; the test's own transaction takes it away again."""
    create("plain")
    call_command("grant_role", "plain", verbosity=0)

    def become():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE plain")

    return become


# ASVS V13.2.2, V16.4.2
@pytest.mark.parametrize("statement", REFUSED)
def test_the_plain_role_cannot(plain, sato, statement):
    plain()
    with pytest.raises(ProgrammingError, match=r"must be owner|permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_plain_role_has_these_rights_and_no_others(plain):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(privilege_type, ' ' ORDER BY privilege_type) "
            "FROM information_schema.role_table_grants WHERE grantee = 'plain' GROUP BY table_name"
        )
        found = dict(cursor.fetchall())
        everything = set(connection.introspection.table_names(cursor))
    appends = dict.fromkeys(["audit_event"], "INSERT SELECT")
    assert found == dict.fromkeys(everything, "DELETE INSERT SELECT UPDATE") | appends | dict.fromkeys(
        ["auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations"],
        "SELECT",
    )


def test_a_whole_town_is_possible(plain, settings):
    """Slow: from the founding of two groups to published reports and data sets, through the same actions as the
    pages use; then somebody comes in, is refused and leaves, letters leave, and the night comes.
    """
    settings.MAIL_DELIVERY = "folder"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain()
    seed.plant()
    person = User.objects.filter(is_administrator=False).exclude(email=None).first()
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    login(client, email=person.email, password="違う合い言葉です")
    login(client, email=person.email)
    assert who(client) == str(person.pk)
    assert client.get("/manage/").status_code == 404
    assert client.get("/readyz").status_code == 200
    client.post(reverse("account_logout"))
    client.post("/data/mine/", {"text": "窓口が暗い"})
    ask_for_code(Client(), person.email)
    assert "[[" not in last_letter()
    Worker().run_once()
    clear.handle(Job())
    forget_requests.handle(Job())
    done = set(Event.objects.values_list("action", flat=True))
    assert {
        "meetings.reply",
        "reports.publish",
        "opendata.publish",
        "members.log_in",
        "audit.refuse",
    } - done == set()
    assert Email.objects.filter(job__state="done", subject__contains="確認コード").exists()


@pytest.mark.django_db(transaction=True)
def test_who_logs_in_as_the_plain_role_meets_the_same():
    """Past Django, as somebody with its password would."""
    create("plain_login")
    try:
        roles.grant("plain_login")
        known = connection.get_connection_params()
        place = {name: known[name] for name in ("host", "port", "dbname") if known.get(name)}
        with psycopg2.connect(**place, user="plain_login") as other, other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_event")
            assert cursor.fetchone() == (0,)
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("DELETE FROM audit_event")
        other.close()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP OWNED BY plain_login")
            cursor.execute("DROP ROLE plain_login")


# Who is no guard


TOO_MUCH = "表の所有者か、データベースの管理者です"
TABLES = "表を作ることができます"


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        ([], "役割「plain」がありません"),
        (["CREATE ROLE plain SUPERUSER"], TOO_MUCH),
        (["CREATE ROLE plain CREATEROLE"], TOO_MUCH),
        (["CREATE ROLE plain", "ALTER TABLE members_user OWNER TO plain"], TOO_MUCH),
        (["CREATE ROLE up", "CREATE ROLE plain IN ROLE up", "ALTER TABLE members_user OWNER TO up"], TOO_MUCH),
        (["CREATE ROLE up", "GRANT CREATE ON SCHEMA public TO up", "CREATE ROLE plain IN ROLE up"], TABLES),
    ],
)
def test_who_could_do_more_is_refused_in_words(db, prepare, sentence):
    with connection.cursor() as cursor:
        for statement in prepare:
            cursor.execute(statement)
    with pytest.raises(CommandError, match=sentence):
        call_command("grant_role", "plain")


def test_a_right_of_yesterday_does_not_stay_behind(db):
    create("plain")
    with connection.cursor() as cursor:
        cursor.execute("GRANT ALL ON audit_event TO plain")
        call_command("grant_role", "plain", verbosity=0)
        cursor.execute("SELECT has_table_privilege('plain', 'audit_event', 'DELETE')")
        assert cursor.fetchone() == (False,)
