"""The cast. A test names who acts; what they are stands here.

Sato is a member of the group (市民課), Suzuki runs its desk, Tanaka is an external expert who takes part
online, Kimura is staff of 環境課 and in no group, Abe is the administrator, and the stranger is a member
of another group.
"""

import socket
from collections import Counter
from uuid import uuid4

import pytest
from django.db import transaction

from foundation import apart
from foundation.http import stamped
from foundation.ledger.held import Known
from members.states import Category
from tests import builders
from tests.children import Remembered
from tests.members.logins import PASSWORD
from tests.planted import plant
from tests.world import World

A_DAY = 86_400


def pytest_terminal_summary(terminalreporter):
    """Say how much the walks met: one that met little is worth little."""
    met = Counter()
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, counts in report.user_properties:
            met.update(counts if name == "met" and report.when == "call" else {})
    if met:
        terminalreporter.write_line(f"walks met: {', '.join(f'{count} {what}' for what, count in met.items())}")


def pytest_itemcollected(item):
    """What walks over everything is not measured: a line that only a walk takes is looked at by nobody."""
    if item.path.parent.name == "hostile":
        item.add_marker(pytest.mark.no_cover)
    if not item.get_closest_marker("timeout") and (item.get_closest_marker("walk") or is_a_walk(item)):
        item.add_marker(pytest.mark.timeout(1200))

    if item.path.stem.endswith("migration"):
        # Back over all that was changed since, and forth again: the longer ago, the longer.
        item.add_marker(pytest.mark.timeout(600))


def is_a_walk(item):
    """On a machine that does something else meanwhile, one takes minutes."""
    return item.get_closest_marker("no_cover") is not None


def pytest_collection_modifyitems(items):
    """The walks begin first, or one core would wait for the other's at the end."""
    walks = {item.path for item in items if item.get_closest_marker("no_cover")}
    items.sort(key=lambda item: item.path not in walks)


@pytest.fixture(autouse=True)
def _files_of_the_test(request, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MAIL_FOLDER = tmp_path / "mail"
    if "planted" in request.fixturenames:
        request.getfixturevalue("planted").keep_files()


@pytest.fixture(autouse=True)
def _here_all_day(request, monkeypatch):
    """That somebody is here is written down once a minute, by whichever page is next: a walk takes minutes, and
    where each page is undone each would be the next."""
    if "planted" in request.fixturenames:
        monkeypatch.setattr(stamped, "NOTED_EVERY", A_DAY)


@pytest.fixture(autouse=True)
def _long_served(monkeypatch):
    """This process has found out long ago that citizens may read."""
    monkeypatch.setattr(Known, "is_open", True)


@pytest.fixture(scope="session")
def remembered():
    return Remembered()


@pytest.fixture(autouse=True)
def _children_remembered(request, monkeypatch, remembered):
    if not request.node.get_closest_marker("real_children"):
        monkeypatch.setattr(apart, "run", remembered.run)


@pytest.fixture(scope="session")
def s3():
    """The address of a store that speaks S3."""
    from tests.stores import running

    with running() as address:
        yield address


@pytest.fixture
def new_bucket(s3):
    """The name of one that nobody has used yet."""
    from tests.stores import client_of

    name = f"town-{uuid4().hex}"
    client_of(s3).create_bucket(Bucket=name)
    return name


@pytest.fixture
def in_a_bucket(s3, new_bucket, settings):
    """The portal's files lie in a bucket instead of a folder. The options, to change them."""
    from tests.stores import options_of

    options = options_of(s3, new_bucket)
    backend = {"BACKEND": "foundation.files.bucket.WholeObjects", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return options


@pytest.fixture
def files_away(in_a_bucket, settings):
    """Nobody listens where the portal's files lie."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        in_a_bucket["endpoint_url"] = "http://127.0.0.1:{1}".format(*probe.getsockname())
    settings.STORAGES = dict(settings.STORAGES)


@pytest.fixture(scope="module")
def for_the_module(django_db_setup, django_db_blocker):
    """What is planted on it stays for all tests of the module; each of them undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def planted(for_the_module):
    """One of everything with every secret in its place."""
    world = World(builders.make_municipality())
    plant(world)
    return world


@pytest.fixture
def town(db):
    return builders.make_municipality()


@pytest.fixture
def group(town):
    return builders.make_group(slug="dx-now", contact_phone="内線 2345")


@pytest.fixture
def citizens_section(town):
    return builders.make_department(name="市民課", order=10)


@pytest.fixture
def environment_section(town):
    return builders.make_department(name="環境課", order=20)


@pytest.fixture
def planning_section(town):
    return builders.make_department(name="行政経営課", order=1)


@pytest.fixture
def sato(group, citizens_section):
    user = builders.make_user(family="佐藤", given="花子", kana=("さとう", "はなこ"), email="sato@example.jp")
    builders.make_posting(user=user, department=citizens_section)
    builders.make_membership(group=group, user=user, department=citizens_section)
    return user


@pytest.fixture
def known(sato):
    """Sato with a password."""
    sato.set_password(PASSWORD)
    sato.save()
    return sato


@pytest.fixture
def suzuki(group, planning_section):
    user = builders.make_user(family="鈴木", given="次郎", kana=("すずき", "じろう"), email="suzuki@example.jp")
    builders.make_posting(user=user, department=planning_section)
    builders.make_grant(group=group, user=user)
    return user


@pytest.fixture
def tanaka(group):
    user = builders.make_user(family="田中", given="三郎", kana=("たなか", "さぶろう"), email="tanaka@example.com")
    builders.make_membership(group=group, user=user, category=Category.EXPERT, job_title="")
    return user


@pytest.fixture
def kimura(environment_section):
    user = builders.make_user(family="木村", given="四郎", kana=("きむら", "しろう"), email="kimura@example.jp")
    builders.make_posting(user=user, department=environment_section)
    return user


@pytest.fixture
def abe(town):
    return builders.make_user(
        family="阿部", given="五郎", kana=("あべ", "ごろう"), email="abe@example.jp", is_administrator=True
    )


@pytest.fixture
def stranger(town):
    user = builders.make_user(family="他所", given="六郎", kana=("よそ", "ろくろう"))
    builders.make_membership(group=builders.make_group(slug="elsewhere", is_public=False), user=user)
    return user


@pytest.fixture
def member(sato, group):
    """Sato's membership."""
    return sato.memberships.get(group=group)


@pytest.fixture
def expert(tanaka, group):
    """Tanaka's membership."""
    return tanaka.memberships.get(group=group)


@pytest.fixture
def as_(client):
    """`as_(suzuki).get(…)`: the page as that person sees it."""

    def login(user):
        client.force_login(user)
        return client

    return login
