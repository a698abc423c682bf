"""The demo town: planted once for all who visit it, and what they can do in it. Planting takes seconds."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from django.test import override_settings
from django.urls import include, path
from django.utils import timezone

from dxbukai import urls
from dxbukai.demo import cast
from dxbukai.demo.management.commands import demo as command
from dxbukai.demo.seed import plant
from meetings.models import Meeting, Survey
from members.models import Membership, User
from members.states import Category
from reports.models import ReportRevision

pytestmark = pytest.mark.django_db


class DemoUrls:
    urlpatterns = [*urls.urlpatterns, path("demo/", include("dxbukai.demo.urls"))]


@pytest.fixture(scope="module")
def demo_town(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    places = override_settings(MEDIA_ROOT=folder / "files", MAIL_FOLDER=folder / "mail")
    with django_db_blocker.unblock(), transaction.atomic(), places:
        plant()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(settings):
    settings.MODE = "demo"
    settings.ROOT_URLCONF = DemoUrls


def rows():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


def test_planted_twice_nothing_changes(demo_town):
    before = rows()
    plant()
    assert rows() == before


def test_planted_again_later_the_form_is_open_again(demo_town):
    two_months = timedelta(days=60)
    Survey.objects.filter(meeting__group__slug=cast.NOW).update(
        opens_at=F("opens_at") - two_months, closes_at=F("closes_at") - two_months
    )
    Meeting.objects.filter(group__slug=cast.NOW, number=2).update(
        starts_at=F("starts_at") - two_months, ends_at=F("ends_at") - two_months
    )
    plant()
    survey = Survey.objects.get(meeting__group__slug=cast.NOW, meeting__number=2)
    assert survey.opens_at < timezone.now() < survey.closes_at < survey.meeting.starts_at


def test_the_finished_group_has_the_figures_of_a_real_first_meeting(demo_town):
    group = Membership.objects.filter(group__slug=cast.PAST).on(timezone.localdate())
    text = ReportRevision.objects.get(report__meeting__group__slug=cast.PAST).text
    assert group.filter(category=Category.MEMBER).count() == 26
    assert group.filter(category=Category.EXPERT).count() == 3
    assert text.split("\n\n")[3:6] == [
        "【出席】 28名",
        "部会メンバー25名（うちオンライン参加1名）",
        "外部有識者3名（うちオンライン参加1名）",
    ]


def test_the_council_has_minutes_with_a_part_that_is_not_public_and_a_correction(demo_town, client):
    """Who has only the page can name the day, the decisions, the homework and the next meeting."""
    page = client.get("/groups/shingikai/meetings/1/report/").content.decode()
    text = client.get("/groups/shingikai/meetings/1/report.txt").content.decode()
    for said in (page, text):
        assert "（一部非公開：個人に関する情報のため）" in said
        assert "一部訂正（訂正箇所：" in said
        assert "応募書類に書かれた" not in said
        assert "計画の期間を10年とすること。" in said
        assert "各委員は、次回までに素案への意見を用意すること。" in said
        assert "第2回　令和" in said


def test_the_council_s_second_meeting_was_settled_in_writing(demo_town, client):
    """Its paper is read beside the report, and nobody who said something is named."""
    page = client.get("/groups/shingikai/meetings/2/report/").content.decode()
    assert "○承認5名、不承認1名、意見のみ1名で、可決" in page
    assert '/report/materials/1/">資料1　会議の公開の取扱い（案）</a>' in page
    assert "試川" not in page


def test_a_visitor_steps_into_each_person(demo_town, demo, client):
    stepped = []
    for name in cast.CAST:
        client.post(f"/demo/{name}/")
        stepped.append(client.get("/").context["user"].email)
    assert stepped == [role.email for role in cast.CAST.values()]


def test_stepping_in_is_a_action_and_no_link(demo, client):
    assert client.get("/demo/desk/").status_code == 405


def test_nobody_else_can_be_stepped_into(demo, client):
    assert client.post("/demo/jiro/").status_code == 404


def test_outside_the_demo_there_is_no_such_page(client):
    assert client.post("/demo/desk/").status_code == 404


def test_even_with_its_address_the_step_does_not_work_outside_the_demo(demo, client, settings):
    settings.MODE = "production"
    assert client.post("/demo/desk/").status_code == 404


def test_production_refuses_the_demo_town(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="本番には見本のデータを入れられません"):
        call_command("seed_demo")


def test_the_visitors_sample_has_the_dirt_of_a_real_list(demo, client):
    intake = import_module("tablecheck")
    checked = intake.check(client.get("/demo/sample.csv").content, "公衆トイレ一覧.csv", standard="public_toilet")
    assert (checked.detected.encoding, checked.table.header_row, checked.has_errors) == ("cp932", 3, True)


def test_a_demo_of_this_version_goes_on():
    assert not command.is_of_another_version()


def test_a_demo_of_another_version_is_known_as_such():
    MigrationRecorder(connection).record_applied("meetings", "0003_of_another_time")
    assert command.is_of_another_version()


def test_some_are_called_otherwise_than_they_are_registered_or_in_latin_letters(demo_town):
    """So that each page shows it."""
    people = User.objects.filter(email__in=[cast.email("rikka"), cast.email("tomu")]).in_kana_order()
    assert [(str(person), person.kana, person.registered_name) for person in people] == [
        ("SAMPLE TOM", "サンプル トム", ""),
        ("例沢 六花", "れいざわ りっか", "模木 六花"),
    ]
