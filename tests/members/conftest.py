"""Who has chosen a password already, whom no mail reaches, and the browsers of desk and administrator."""

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
