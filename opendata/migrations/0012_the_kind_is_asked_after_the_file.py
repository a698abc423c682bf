from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opendata", "0011_whose_update_was_asked_for")]

    operations = [
        migrations.AddField(
            model_name="datasetversion",
            name="kind_confirmed",
            field=models.BooleanField(
                db_default=True, default=True, editable=False, verbose_name="データの種類の確認"
            ),
        ),
    ]
