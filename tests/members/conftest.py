"""Who has chosen a password already."""

import pytest

from tests.members.logins import PASSWORD


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def known(sato):
    sato.set_password(PASSWORD)
    sato.save()
    return sato
