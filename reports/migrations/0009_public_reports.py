"""What stands in public, as lists, feeds and search read it; filled from what was published before."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

from reports import folding
from reports.archive import summary
from reports.formats.blocks import BlockKind, from_json


def fill(apps, schema_editor):
    """Not through the action's own function: it reads columns that later migrations add."""
    of_now = {name: apps.get_model("reports", name) for name in ("ReportRevision", "PublicReport")}
    revisions = of_now["ReportRevision"].objects
    last = revisions.order_by("report", "-number").distinct("report").values("pk")
    standing = revisions.filter(pk__in=last, withheld_at=None).exclude(report__meeting__state="cancelled")
    for revision in standing.select_related("report__meeting__group"):
        meeting, blocks = revision.report.meeting, from_json(revision.blocks)
        heading = [block.text for block in blocks if block.kind == BlockKind.TITLE]
        begins = meeting.held_from or meeting.starts_at or revision.published_at
        folded = folding.fold(revision.text)
        of_now["PublicReport"].objects.create(
            report=revision.report,
            revision=revision,
            group=meeting.group,
            number=meeting.number,
            held_on=timezone.localdate(begins),
            title=heading[0] if heading else f"第{meeting.number}回{meeting.group.name}",
            summary="\n".join(summary(blocks)),
            published_at=revision.published_at,
            folded=folded,
            grams=sorted(folding.grams(folded)),
        )

LEAVE = """
CREATE FUNCTION reports_leave_archive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM reports_publicreport WHERE report_id = NEW.report_id;
  RETURN NULL;
END $$;
CREATE TRIGGER reports_leave_archive AFTER UPDATE OF withheld_at ON reports_reportrevision
  FOR EACH ROW WHEN (NEW.withheld_at IS NOT NULL) EXECUTE FUNCTION reports_leave_archive();
"""
STAY = """
DROP TRIGGER reports_leave_archive ON reports_reportrevision;
DROP FUNCTION reports_leave_archive();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_approval_in_full"), ("members", "0014_an_address_for_calendars")]

    operations = [
        migrations.CreateModel(
            name="PublicReport",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="public",
                        serialize=False,
                        to="reports.report",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="回")),
                ("held_on", models.DateField(verbose_name="開催日")),
                ("title", models.TextField(verbose_name="標題")),
                ("summary", models.TextField(verbose_name="要点")),
                ("published_at", models.DateTimeField(verbose_name="公開日時")),
                ("folded", models.TextField()),
                ("grams", django.contrib.postgres.fields.ArrayField(models.BigIntegerField())),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_reports",
                        to="members.workinggroup",
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public",
                        to="reports.reportrevision",
                    ),
                ),
            ],
            options={"verbose_name": "公開中の結果報告"},
        ),
        migrations.AddIndex(
            model_name="publicreport",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["grams"], name="reports_public_grams"
            ),
        ),
        migrations.AddIndex(
            model_name="publicreport",
            index=models.Index(fields=["-held_on", "-report"], name="reports_public_by_day"),
        ),
        migrations.RunSQL(LEAVE, STAY),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=False),
    ]
