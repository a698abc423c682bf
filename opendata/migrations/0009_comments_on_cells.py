from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opendata", "0008_the_columns_of_a_list_of_ones_own")]

    operations = [
        migrations.AddField(
            model_name="datasetversion",
            name="comments",
            field=models.JSONField(
                db_default=models.Value([], models.JSONField()),
                default=list,
                editable=False,
                verbose_name="セルへのコメント",
            ),
        ),
    ]
