"""One step into anybody, without a password: in the demo, on this machine, and nowhere else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client

from dxbukai import urls
from dxbukai.demo import views
from dxbukai.demo.cast import CAST
from tests import builders


@pytest.fixture
def step_in(rf, settings, town):
    """`step_in(address=…)`: press the button from there."""
    builders.make_user(email=CAST["admin"].email, is_administrator=True)

    def step_in(*, name="admin", mode="demo", address="127.0.0.1"):
        settings.MODE = mode
        request = rf.post(f"/demo/{name}/", REMOTE_ADDR=address)
        request.session, request.user = Client().session, AnonymousUser()
        return views.step_in(request, name)

    return step_in


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_the_demo_s_own_machine_steps_in(step_in, address):
    assert step_in(address=address).url == "/"


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "2001:db8::1", "0.0.0.0"])
def test_nobody_on_the_network_does(step_in, address):
    with pytest.raises(Http404):
        step_in(address=address)


@pytest.mark.parametrize("mode", ["development", "test", "production"])
def test_nor_does_anybody_outside_the_demo(step_in, mode):
    with pytest.raises(Http404):
        step_in(mode=mode)


def test_only_the_cast_is_there_to_step_into(step_in):
    with pytest.raises(Http404):
        step_in(name="nobody")


# ASVS V13.4.2, V15.2.3
def test_outside_the_demo_there_is_no_such_address():
    assert "demo/" not in [str(page.pattern) for page in urls.urlpatterns]
