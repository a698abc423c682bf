"""One data set that is published, one that waits for the desk's review. The third is the visitor's."""

from datetime import timedelta

from django.utils import timezone

from dxbukai.demo.seed import lists
from dxbukai.demo.seed.people import Town
from foundation.actions import Actor
from members.states import Licence
from opendata import actions
from opendata.actions.describing import Publication
from opendata.models import DatasetVersion
from opendata.states import UpdateCycle


def plant(here: Town) -> None:
    toilets = hand_in(
        here,
        "環境課",
        by=Actor(here.clerk),
        standard="public_toilet",
        text=lists.TOILETS,
        title="公衆トイレ一覧",
        slug="public-toilet",
        description="見本市が管理する公衆トイレの場所、設備、利用できる時間の一覧です。",
    )
    publish(here, toilets)
    hand_in(
        here,
        "消防総務課",
        by=Actor(here.staff["yuri"]),
        standard="aed",
        text=lists.AED,
        title="AED設置箇所一覧",
        slug="aed",
        description="見本市の施設に設置しているAEDの場所と、利用できる日時の一覧です。",
    )


def hand_in(
    here: Town, section: str, *, by: Actor, standard: str, text: str, title: str, slug: str, description: str
) -> DatasetVersion:
    department = here.sections[section]
    version = actions.upload(
        department=department, standard=standard, name=f"{title}.csv", data=text.encode("cp932"), by=by
    )
    version = actions.read(version=version, by=by)
    actions.accept_repairs(version=version, by=by, seen=version.version)
    version.refresh_from_db()
    publication = Publication(
        title=title,
        slug=slug,
        description=description,
        licence=Licence.CC_BY_4,
        update_cycle=UpdateCycle.YEARLY,
        columns=frozenset(column["index"] for column in version.columns),
        privacy_confirmed=True,
    )
    version = actions.describe(version=version, by=by, seen=version.version, publication=publication)
    return actions.submit(version=version, by=by, seen=version.version)


def publish(here: Town, version: DatasetVersion) -> None:
    actions.publish(
        version=version,
        by=Actor(here.desk),
        seen=version.version,
        head_name="見本 次長",
        head_checked_on=timezone.localdate() - timedelta(days=1),
        head_document_number="環境第21号",
    )
