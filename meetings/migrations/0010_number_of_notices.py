"""The number is asked of the notice. Its old column stays for the release before, and fills itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_notices")]
    operations = [
        migrations.AlterField(
            model_name="meeting",
            name="notice_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=50, verbose_name="文書番号"),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="meeting", name="notice_number")]
        ),
    ]
