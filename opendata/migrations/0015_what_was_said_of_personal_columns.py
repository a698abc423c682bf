from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opendata", "0014_newest_version_is_kept")]

    operations = [
        migrations.AddField(
            model_name="datasetversion",
            name="privacy_answers",
            field=models.JSONField(
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                editable=False,
                verbose_name="個人情報についての回答",
            ),
        ),
    ]
