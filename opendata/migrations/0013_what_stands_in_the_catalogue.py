from django.db import migrations, models


class Migration(migrations.Migration):
    """Which version of a data set is its newest published one stands beside the data set (0014 keeps it so)."""

    dependencies = [("opendata", "0012_the_kind_is_asked_after_the_file")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="newest",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=models.SET_NULL,
                related_name="newest_of",
                to="opendata.datasetversion",
            ),
        ),
        migrations.AddIndex(
            model_name="datasetversion",
            index=models.Index(
                models.OrderBy(models.F("published_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                models.F("standard"),
                condition=models.Q(("state", "published")),
                name="opendata_version_by_day",
            ),
        ),
    ]
