from django.db import migrations, models

from members import names


def fill_in(apps, schema_editor):
    """As whoever looks for a name types it: with 高 for 髙."""
    for person in apps.get_model('members', 'User').objects.order_by('pk').iterator(chunk_size=500):
        name = names.joined(
            person.display_family_name or person.family_name, person.display_given_name or person.given_name
        )
        reading = person.display_family_kana if person.display_family_name else person.family_kana
        reading += person.display_given_kana if person.display_given_name else person.given_kana
        person.shown_key = names.search_key(name, reading)
        person.save(update_fields=['shown_key'])


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0012_two_registrations_of_one_person'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='shown_key',
            field=models.TextField(db_default='', default='', editable=False),
        ),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
    ]
