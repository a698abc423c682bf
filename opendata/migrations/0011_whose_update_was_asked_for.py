from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opendata", "0010_kept_instead_of_published")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="reminded_of",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="更新の時期を案内した版"),
        ),
    ]
