from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0034_material_consents"),
        ("members", "0020_found_by_a_part_of_a_name"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(
                condition=models.Q(("state", "announced")),
                fields=["starts_at", "number"],
                name="meetings_called_by_day",
            ),
        ),
    ]
