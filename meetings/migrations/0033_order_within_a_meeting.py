"""Agenda and materials are read of one meeting: to sort them nobody asks for its group."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meetings", "0032_how_a_place_is_read")]

    operations = [
        migrations.AlterModelOptions(
            name="agendaitem", options={"ordering": ["meeting_id", "order"], "verbose_name": "議題"}
        ),
        migrations.AlterModelOptions(
            name="material", options={"ordering": ["meeting_id", "order"], "verbose_name": "会議資料"}
        ),
    ]
