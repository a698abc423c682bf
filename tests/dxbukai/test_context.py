"""The head of every page: the places of the house that this person has."""

from django.test import RequestFactory

from dxbukai import __version__
from dxbukai.context import PortalContext
from members.login import with_desk
from members.models import User
from tests import builders


def places(path, user):
    request = RequestFactory().get(path)
    request.user = with_desk(User.objects.filter(pk=user.pk)).get()
    return [(str(item["label"]), item["url"], item["current"]) for item in PortalContext(request).nav]


def test_everybody_inside_finds_the_public_places(sato):
    assert places("/", sato) == [
        ("ホーム", "/", True),
        ("部会", "/groups/", False),
        ("公開データ", "/data/", False),
    ]


def test_the_desk_finds_its_newest_group_and_sees_that_it_is_there(suzuki):
    assert places("/groups/dx-now/desk/members/", suzuki)[-1] == ("事務局", "/groups/dx-now/desk/", True)


def test_whoever_runs_several_desks_stays_at_the_one_they_are_at(suzuki):
    builders.make_grant(group=builders.make_group(slug="dx-next", fiscal_year=2030), user=suzuki)
    assert places("/", suzuki)[-1] == ("事務局", "/groups/dx-next/desk/", False)
    assert places("/groups/dx-now/desk/members/", suzuki)[-1] == ("事務局", "/groups/dx-now/desk/", True)


def test_a_group_page_is_no_page_of_its_desk(suzuki):
    here = [label for label, _url, current in places("/groups/dx-now/", suzuki) if current]
    assert here == ["部会"]


def test_the_administrator_finds_the_registers(abe):
    assert places("/manage/people/", abe)[-1] == ("管理", "/manage/", True)


def test_an_error_before_the_login_still_has_a_way_home(db):
    request = RequestFactory().get("/data/x/")
    assert [item["url"] for item in PortalContext(request).nav] == ["/", "/groups/", "/data/"]


def test_only_the_town_is_asked_for_it_that_each_page_names_anyway(suzuki, django_assert_num_queries):
    user = with_desk(User.objects.filter(pk=suzuki.pk)).get()
    request = RequestFactory().get("/")
    request.user = user
    portal = PortalContext(request)
    with django_assert_num_queries(1):
        assert (str(portal.municipality), len(portal.nav)) == ("見本市", 4)


def test_which_release_runs_is_told_to_whoever_is_logged_in(client, sato):
    told = f"バージョン {__version__}"
    assert told not in client.get("/about/").content.decode()
    client.force_login(sato)
    assert told in client.get("/about/").content.decode()
