from django.db import migrations


def tell_why(apps, schema_editor):
    """Until now the trail alone knew when a meeting was called off, and why."""
    Meeting = apps.get_model("meetings", "Meeting")
    Event = apps.get_model("audit", "Event")
    told = Event.objects.filter(action="meetings.cancel", target_type="meetings.meeting")
    for meeting in Meeting.objects.filter(state="cancelled", called_off_at=None):
        event = told.filter(target_id=meeting.pk).order_by("pk").last()
        if event:
            Meeting.objects.filter(pk=meeting.pk).update(
                called_off_at=event.at, called_off_reason=event.changes.get("reason", "")[:400]
            )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0015_called_off"), ("audit", "0003_refusals")]

    operations = [migrations.RunPython(tell_why, migrations.RunPython.noop)]
