from django.db import migrations, models

from foundation.db.nonce import fresh_nonce


class Migration(migrations.Migration):
    """Links in emails that were sent keep the number that they had; the column keeps its name, so that the release
    before still runs on it.
    """

    dependencies = [("members", "0001_initial")]

    operations = [
        migrations.AlterField(
            "personallink", "generation", models.PositiveIntegerField(db_column="generation", default=1)
        ),
        migrations.RenameField("personallink", "generation", "nonce"),
        migrations.AlterField(
            "personallink",
            "nonce",
            models.PositiveIntegerField(db_column="generation", default=fresh_nonce, editable=False),
        ),
    ]
