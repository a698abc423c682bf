"""How many listened is asked of the meeting, where the roll is taken. The old column stays for the release before."""

from django.db import migrations

FORWARD = """
UPDATE meetings_meeting AS meeting SET observers = report.observers
FROM reports_report AS report
WHERE report.meeting_id = meeting.id AND report.observers IS NOT NULL
"""
BACKWARD = """
UPDATE reports_report AS report SET observers = meeting.observers
FROM meetings_meeting AS meeting
WHERE report.meeting_id = meeting.id
"""


def to_meetings(apps, schema_editor):
    schema_editor.execute(FORWARD)


def to_reports(apps, schema_editor):
    """A number without a report gets one, or it would have no place in the tables before."""
    Meeting, Report = apps.get_model("meetings", "Meeting"), apps.get_model("reports", "Report")
    for meeting in Meeting.objects.filter(observers__isnull=False):
        Report.objects.get_or_create(meeting=meeting)
    schema_editor.execute(BACKWARD)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_styles"), ("meetings", "0021_walk_ins")]

    operations = [
        migrations.RunPython(to_meetings, to_reports),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="report", name="observers")]
        ),
    ]
