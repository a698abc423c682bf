"""A line that was removed from the record can be had back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0022_chair_and_quorum")]

    operations = [
        migrations.AddField(
            model_name="recordentry",
            name="removed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="削除した日時"),
        ),
    ]
