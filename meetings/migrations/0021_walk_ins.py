"""Nothing to move on the way here. On the way back, who is on no roster has no place in the tables before."""

from django.db import migrations


def leave_out(apps, schema_editor):
    apps.get_model("meetings", "AttendanceRecord").objects.filter(membership=None).delete()


class Migration(migrations.Migration):
    dependencies = [("meetings", "0020_roll_without_roster")]

    operations = [migrations.RunPython(migrations.RunPython.noop, leave_out)]
