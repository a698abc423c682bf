import foundation.mail.addresses
import jaconv
from django.db import migrations, models

from members import names


def fill_in(apps, schema_editor):
    """The shown name is read as rosters read it until now: by its registered reading, which people then correct."""
    for person in people(apps):
        if person.display_family_name and not person.display_family_kana:
            person.display_family_kana = person.family_kana or person.display_family_name
        reading = person.display_family_kana if person.display_family_name else person.family_kana
        shown = person.display_family_name or person.family_name
        found_by = [
            person.family_name + person.given_name,
            person.family_kana + person.given_kana,
            names.joined(shown, person.given_name),
            reading + person.given_kana,
        ]
        person.kana_key = names.sort_key(reading, person.given_kana)
        person.search_key = names.search_key(*dict.fromkeys(found_by))
        person.save(update_fields=['display_family_kana', 'kana_key', 'search_key'])


def take_back(apps, schema_editor):
    """The key of the release before, which its column still holds."""
    for person in people(apps):
        kana = (person.family_kana, person.given_kana)
        person.kana_key = '\u3000'.join(jaconv.kata2hira(jaconv.h2z(text.strip())) for text in kana)
        person.save(update_fields=['kana_key'])


def people(apps):
    return apps.get_model('members', 'User').objects.order_by('pk').iterator(chunk_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0006_what_was_disposed_of'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='display_family_kana',
            field=models.CharField(blank=True, db_default='', default='', max_length=50, verbose_name='旧姓・通称の姓（ふりがな）'),
        ),
        migrations.AddField(
            model_name='user',
            name='display_given_kana',
            field=models.CharField(blank=True, db_default='', default='', max_length=50, verbose_name='通称の名（ふりがな）'),
        ),
        migrations.AddField(
            model_name='user',
            name='display_given_name',
            field=models.CharField(blank=True, db_default='', default='', max_length=50, verbose_name='通称の名'),
        ),
        migrations.AddField(
            model_name='user',
            name='search_key',
            field=models.TextField(db_default='', default='', editable=False),
        ),
        migrations.AlterField(
            model_name='user',
            name='delivery_email',
            field=models.CharField(blank=True, help_text='課の共用アドレスでも構いません。空欄のときはログイン用アドレスに送ります。', max_length=254, validators=[foundation.mail.addresses.refuse_undeliverable], verbose_name='通知先メールアドレス'),
        ),
        migrations.AlterField(
            model_name='user',
            name='display_family_name',
            field=models.CharField(blank=True, max_length=50, verbose_name='旧姓・通称の姓'),
        ),
        migrations.AlterField(
            model_name='user',
            name='kana_key',
            field=models.CharField(db_collation='C', editable=False, max_length=500),
        ),
        migrations.RunPython(fill_in, take_back),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('display_family_name', ''), models.Q(('display_family_kana', ''), _negated=True), _connector='OR'), name='members_user_shown_family_name_is_read', violation_error_message='旧姓・通称を使用するときは、その姓のふりがなも入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('display_given_name', ''), models.Q(('display_given_kana', ''), _negated=True), _connector='OR'), name='members_user_shown_given_name_is_read', violation_error_message='通称を使用するときは、その名のふりがなも入力してください。'),
        ),
    ]
