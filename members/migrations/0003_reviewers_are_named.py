from django.db import migrations, models

# Whoever runs a desk could review every section's data until now: they are named for it, until an administrator
# names others.
NAME = """
UPDATE members_user SET is_data_steward = true WHERE id IN (
    SELECT user_id FROM members_deskgrant WHERE valid_to IS NULL OR valid_to >= current_date
);
"""


class Migration(migrations.Migration):
    """Who reviews data sets is said by name, and no longer follows from running whichever desk."""

    dependencies = [("members", "0002_a_link_is_known_by_a_nonce")]

    operations = [
        migrations.AddField(
            "deskgrant",
            "reviews_data",
            models.BooleanField(
                "データの確認も担当する",
                db_default=False,
                default=False,
                help_text="この部会の課題として提出されたデータを、承認又は差し戻すことができます。",
            ),
        ),
        migrations.RunSQL(NAME, migrations.RunSQL.noop),
    ]
