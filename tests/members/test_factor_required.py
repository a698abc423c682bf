"""Who runs a desk or administrates the house must have a second factor, after three logins without; others may."""

import pytest
from django.urls import reverse

from members import links
from members.addresses import keep_in_step
from members.models import GraceLogin, PersonalLink
from tests import builders
from tests.members.logins import PASSWORD, code_of, login, pages

FACTORS, ADD_APP = reverse("members:factors"), reverse("members:add_app")
LEFT = "設定しないままログインできるのは、あと{}回です。"


@pytest.fixture(autouse=True)
def required(settings):
    settings.FACTOR_REQUIRED = True


def with_password(person):
    person.set_password(PASSWORD)
    person.save()
    keep_in_step(person)
    return person


@pytest.fixture
def admin(abe):
    return with_password(abe)


@pytest.fixture
def at_desk(suzuki):
    return with_password(suzuki)


def come_in(client, person, *, times=1):
    """So often, and what home says the last time."""
    for _ in range(times):
        client.post(reverse("account_logout"))
        login(client, email=person.email)
    return client.get("/", follow=True)


@pytest.mark.parametrize("who", ["admin", "at_desk"])
def test_three_logins_are_free_and_each_says_how_many_are_left(client, who, request):
    person = request.getfixturevalue(who)
    for left in (2, 1):
        assert LEFT.format(left) in come_in(client, person).content.decode()
    assert "次のログインの後は、設定するまで他のページを開けません。" in come_in(client, person).content.decode()
    assert "次のログインの後は" in client.get(FACTORS).content.decode()
    assert GraceLogin.objects.filter(user=person).count() == 3


# ASVS V6.3.3
@pytest.mark.parametrize("who", ["admin", "at_desk"])
def test_from_the_fourth_on_there_is_the_setting_up_and_nothing_else(client, who, request, group):
    assert pages(come_in(client, request.getfixturevalue(who), times=4)) == [FACTORS]
    elsewhere = [
        "/manage/",
        f"/groups/{group.slug}/desk/",
        "/data/",
        "/data/mine/",
        "/about/",
        "/accounts/sessions/",
    ]
    assert {client.get(address).url for address in elsewhere} == {FACTORS}
    needed = [FACTORS, ADD_APP, reverse("members:add_key")]
    assert [client.get(address).status_code for address in needed] == [200, 200, 200]
    assert client.get("/healthz").status_code == 200


def test_with_a_factor_the_house_is_open_again(client, admin):
    come_in(client, admin, times=4)
    form = client.get(ADD_APP).context["form"]
    client.post(ADD_APP, {"sealed": form["sealed"].value(), "code": code_of(form.secret)})
    assert client.get("/manage/").status_code == 200


def test_who_is_led_away_may_log_out(client, admin):
    come_in(client, admin, times=4)
    assert client.post(reverse("account_logout")).url == "/"
    assert client.get("/about/").status_code == 200


def test_what_was_typed_waits_until_the_factor_is_set_up(client, admin):
    come_in(client, admin, times=4)
    assert client.post("/manage/departments/add/", {"name": "新しい課"}).url == FACTORS
    form = client.get(ADD_APP).context["form"]
    client.post(ADD_APP, {"sealed": form["sealed"].value(), "code": code_of(form.secret)})
    assert 'href="/send-again/"' in client.get(FACTORS).content.decode()
    assert 'value="新しい課"' in client.get(reverse("kept")).content.decode()


def test_a_personal_link_opens_for_whoever_holds_it(client, admin, member):
    link = PersonalLink.objects.create(membership=member, purpose="sheet")
    come_in(client, admin, times=4)
    assert client.get(links.path_of(link)).status_code == 200


def test_members_are_never_forced_and_nothing_is_counted(client, known):
    page = come_in(client, known, times=5)
    assert (page.status_code, "二段階認証を設定する" in page.content.decode()) == (200, False)
    assert client.get(FACTORS).status_code == 200
    assert not GraceLogin.objects.exists()


def test_a_desk_that_is_over_asks_for_nothing_any_more(client, at_desk):
    come_in(client, at_desk, times=4)
    at_desk.desk_grants.update(valid_to="2021-03-31")
    assert client.get("/data/mine/").status_code == 200


def test_the_last_factor_stays_where_one_is_required(client, admin):
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    app = builders.make_app(user=admin, secret=secret)
    login(client, email=admin.email)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    page = client.post(reverse("members:remove_factor", args=[app.pk]), follow=True)
    assert "最後の方法は削除できません。" in page.content.decode()
    assert admin.authenticator_set.filter(pk=app.pk).exists()


def test_a_single_sign_on_brings_its_own_factor(client, admin):
    come_in(client, admin, times=4)
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0, "provider": "town"}]
    session.save()
    assert client.get("/manage/").status_code == 200


def test_where_it_is_not_required_nobody_is_led_anywhere(client, admin, settings):
    settings.FACTOR_REQUIRED = False
    assert come_in(client, admin, times=5).status_code == 200
    assert client.get("/manage/").status_code == 200
    assert not GraceLogin.objects.exists()
