import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """What nobody waits for says so from now on; what was written before leaves by itself."""

    dependencies = [("mail", "0004_what_a_calendar_takes")]
    operations = [
        migrations.AddField(
            model_name="email", name="unasked", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            model_name="email",
            name="sent_with",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="companions",
                to="mail.email",
            ),
        ),
    ]
