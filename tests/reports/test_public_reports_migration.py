"""Before there was an archive reports were published already: one that stands, one corrected, one withheld."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from reports.formats.blocks import Block, BlockKind, generated, to_json
from reports.models import PublicReport, Report
from tests import builders

BEFORE = ("reports", "0005_observers_of_the_meeting")


def to(state):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate([state] if state else executor.loader.graph.leaf_nodes(app="reports"))


@pytest.fixture
def published(group, suzuki):
    for number in (1, 2, 3):
        meeting = builders.make_meeting(group=group, number=number, state="held")
        report = Report.objects.create(meeting=meeting)
        blocks = to_json([Block(BlockKind.TITLE, "title", (generated(f"第{number}回の報告"),))])
        report.revisions.create(number=1, blocks=blocks, text="髙﨑\n", published_by=suzuki)
    two, three = Report.objects.filter(meeting__number__gt=1).order_by("meeting__number")
    two.revisions.create(number=2, blocks=[], text="訂正\n", correction="誤字", published_by=suzuki)
    gone = {"withheld_at": timezone.now(), "withheld_by": suzuki, "withheld_reason": "誤り"}
    three.revisions.update(**gone)


def test_the_archive_begins_with_what_stands(published):
    to(BEFORE)
    to(None)
    found = PublicReport.objects.order_by("number").values_list("number", "title", "folded")
    assert list(found) == [(1, "第1回の報告", "高崎\n"), (2, "第2回DX推進部会", "訂正\n")]
