"""Who said what a line of the record tells, for the desk alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0024_exemptions"), ("members", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="recordentry",
            name="speaker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="members.membership",
                verbose_name="発言した方",
            ),
        ),
    ]
