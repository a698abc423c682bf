from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opendata", "0006_what_was_disposed_of")]

    operations = [
        migrations.AddField(
            model_name="datasetversion",
            name="way",
            field=models.JSONField(
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                editable=False,
                verbose_name="読み取り方",
            ),
        ),
    ]
