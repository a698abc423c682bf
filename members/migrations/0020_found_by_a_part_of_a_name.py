from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0019_what_may_be_used"),
        ("audit", "0004_found_by_a_part_of_a_name"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["kana_key", "id"], name="members_user_by_kana"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=GinIndex(
                models.Func(
                    models.F("search_key"),
                    function="audit_grams",
                    output_field=ArrayField(models.TextField()),
                ),
                name="members_user_name_grams",
            ),
        ),
        migrations.AddIndex(
            model_name="workinggroup",
            index=models.Index(fields=["-fiscal_year", "slug"], name="members_group_by_year"),
        ),
    ]
