from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opendata", "0007_the_way_a_file_is_read")]

    operations = [
        migrations.AddField(
            model_name="datasetversion",
            name="definition",
            field=models.JSONField(
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                editable=False,
                verbose_name="列の定義",
            ),
        ),
    ]
