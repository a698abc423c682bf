"""Whether citizens could listen is the meeting's. The old columns stay for the release before, and fill themselves."""

from django.db import migrations


def to_the_meeting(apps, schema_editor):
    Report = apps.get_model("reports", "Report")
    Meeting = apps.get_model("meetings", "Meeting")
    for report in Report.objects.exclude(openness=""):
        Meeting.objects.filter(pk=report.meeting_id, openness="").update(
            openness=report.openness, openness_reason=report.openness_reason
        )


def to_the_report(apps, schema_editor):
    Report = apps.get_model("reports", "Report")
    for report in Report.objects.exclude(meeting__openness="").select_related("meeting"):
        Report.objects.filter(pk=report.pk).update(
            openness=report.meeting.openness, openness_reason=report.meeting.openness_reason
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0026_openness"), ("reports", "0006_sentence_overrides")]
    operations = [
        migrations.RunPython(to_the_meeting, to_the_report),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name="report", name="openness"),
                migrations.RemoveField(model_name="report", name="openness_reason"),
            ]
        ),
    ]
