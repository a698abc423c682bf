"""Who need not do an assignment, and why."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0023_removed_lines"), ("members", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="対象外とする理由")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="meetings.assignment",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="members.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "課題の対象外",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assignment", "membership"),
                        name="meetings_exempt_once",
                        violation_error_message="この方は既に課題の対象外です。",
                    )
                ],
            },
        )
    ]
