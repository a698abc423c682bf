"""Whom no mail reaches, the browsers of desk and administrator, and a town that has a login of its own."""

import pytest

from members.states import Channel
from tests import builders


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def desk(as_, suzuki):
    return as_(suzuki)


@pytest.fixture
def on_paper(group, planning_section):
    user = builders.make_user(family="園", given="長子", kana=("その", "ちょうこ"), channel=Channel.PAPER)
    return builders.make_membership(group=group, user=user, department=planning_section)


@pytest.fixture
def office(as_, abe):
    return as_(abe)


@pytest.fixture
def issuer(settings):
    """The town has a login of its own; its keys take a moment to make."""
    from tests.members.issuer import CLIENT, SECRET, Issuer

    town = Issuer()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = town.url, CLIENT, SECRET
    settings.SITE_URL = "https://portal.example.jp"
    yield town
    town.close()
