"""A section's list of toilets as Excel saves it, and how far it has come.

Kimura (環境課) made it, Suzuki reviews it. The secret stands in a column of the section's own that nobody ticks,
and in a line above the header: it is in the original and must be nowhere else.
"""

from datetime import date

import pytest
from django.urls import reverse

from foundation.actions import Actor
from members.states import Licence
from opendata import actions
from opendata.actions.describing import Publication
from opendata.models import Dataset
from opendata.states import UpdateCycle
from tests import builders

SECRET = "秘密太郎090-1234-5678"
TOILETS = f"""内部資料 {SECRET},,,,,,
,,,,,,
名称,所在地_連結表記,設置位置,緯度,経度,車椅子使用者用トイレ有無,担当者氏名
中央公園,見本県見本市中央1-1,公園入口,３６．１４６,137.252,○,{SECRET}
駅前広場,見本県見本市駅前2-2,北口,36.141,137.258,有,{SECRET}
河川敷,見本県見本市川端3-3,駐車場横,36.139,137.249,無,{SECRET}
"""
CLEAN = """名称,所在地_連結表記,設置位置,緯度,経度
中央公園,見本県見本市中央1-1,公園入口,36.146,137.252
"""
# One row with a cell too many, and one with too few.
RAGGED = CLEAN + "駅,見本市1,北口,36.1,137.2,余り\n駅,見本市2\n"
TICKED = frozenset({1, 2, 3, 4, 5, 6})
CHECK = {"head_name": "環境 長", "head_checked_on": date(2026, 11, 20), "head_document_number": "環境第123号"}


def codes(version, level="error"):
    """(cell, kind) of what was found, in the order of the table."""
    return [(finding.cell, finding.code) for finding in version.findings.filter(level=level).in_order()]


def publication(version, **fields):
    values = {
        "title": "公衆トイレ一覧",
        "slug": version.dataset.slug,
        "description": "市が管理する公衆トイレの一覧です。",
        "licence": Licence.CC_BY_4,
        "update_cycle": UpdateCycle.YEARLY,
        "columns": TICKED & {column["index"] for column in version.columns},
        "privacy_confirmed": True,
        "privacy": {3: "not_personal", 7: "not_personal"},
    }
    return Publication(**(values | fields))


def page(name, slug="public-toilet"):
    return reverse(f"opendata:{name}", args=[slug])


def text(response):
    return response.content.decode()


@pytest.fixture
def suzuki(suzuki):
    """Named a reviewer at her desk."""
    suzuki.desk_grants.update(reviews_data=True)
    return suzuki


@pytest.fixture
def assignment(group, suzuki):
    """Bring a list of your section to the second meeting."""
    asked, due = (builders.make_meeting(group=group, number=number) for number in (1, 2))
    return asked.assignments.create(due_meeting=due, title="一覧の公開")


@pytest.fixture
def section(as_, kimura):
    """The browser of Kimura."""
    return as_(kimura)


@pytest.fixture
def upload(kimura, environment_section, assignment):
    """`upload(text)`: kept and read, by Kimura unless `by` says otherwise."""

    def upload_(text=TOILETS, *, encoding="cp932", name="公衆トイレ.csv", standard="public_toilet", by=kimura):
        data = text if isinstance(text, bytes) else text.encode(encoding)
        version = actions.upload(
            department=environment_section, standard=standard, name=name, data=data, by=Actor(by)
        )
        Dataset.objects.filter(pk=version.dataset_id).update(assignment=assignment)
        version.dataset.refresh_from_db()
        return actions.read(version=version, by=Actor(by))

    return upload_


@pytest.fixture
def draft(upload):
    return upload()


@pytest.fixture
def ready(draft, kimura):
    """Repaired and described, not handed in."""
    actions.accept_repairs(version=draft, by=Actor(kimura), seen=draft.version)
    draft.refresh_from_db()
    return actions.describe(version=draft, by=Actor(kimura), seen=draft.version, publication=publication(draft))


@pytest.fixture
def submitted(ready, kimura):
    return actions.submit(version=ready, by=Actor(kimura), seen=ready.version)


@pytest.fixture
def publish(suzuki):
    def publish_(version):
        return actions.publish(version=version, by=Actor(suzuki), seen=version.version, **CHECK)

    return publish_


@pytest.fixture
def published(submitted, publish):
    return publish(submitted)


@pytest.fixture
def withdrawn(published, kimura):
    return actions.withdraw(dataset=published.dataset, by=Actor(kimura), reason="個人の氏名が含まれていたため")


@pytest.fixture
def later(published, kimura, publish):
    """The second version of the published data set, published too."""
    version = actions.replace(
        dataset=published.dataset, seen=0, name="新しい一覧.csv", data=CLEAN.encode("utf-8-sig"), by=Actor(kimura)
    )
    version = actions.read(version=version, by=Actor(kimura))
    described = actions.describe(
        version=version, by=Actor(kimura), seen=version.version, publication=publication(version)
    )
    return publish(actions.submit(version=described, by=Actor(kimura), seen=described.version))
