"""The number of a call stood alone in the meeting; now it is one of the words of its notice."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, _editor):
    Notice = apps.get_model("meetings", "Notice")
    numbered = apps.get_model("meetings", "Meeting").objects.exclude(notice_number="")
    Notice.objects.bulk_create(
        [Notice(meeting=meeting, style="formal", number=meeting.notice_number) for meeting in numbered], batch_size=1000
    )


def take_back(apps, _editor):
    for notice in apps.get_model("meetings", "Notice").objects.exclude(number="").select_related("meeting"):
        notice.meeting.notice_number = notice.number
        notice.meeting.save(update_fields=["notice_number"])


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0008_what_calendars_ask'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('style', models.CharField(choices=[('formal', '通知'), ('memo', '事務連絡')], default='memo', max_length=6, verbose_name='形式')),
                ('number', models.CharField(blank=True, help_text='例：行経第12号。事務連絡には付けません。', max_length=50, verbose_name='文書番号')),
                ('dated_on', models.DateField(blank=True, help_text='空欄のときは、通知を送る日になります。', null=True, verbose_name='発出日')),
                ('addressee', models.CharField(blank=True, help_text='控えと起案に使う文書の宛名です。メールと紙には、お一人ずつの氏名を入れます。', max_length=100, verbose_name='宛名')),
                ('sender', models.CharField(blank=True, help_text='例：見本市行政経営本部長', max_length=100, verbose_name='発信者')),
                ('seal_omitted', models.BooleanField(db_default=True, default=True, verbose_name='「公印省略」と記載する')),
                ('title', models.CharField(blank=True, max_length=100, verbose_name='件名')),
                ('body', models.TextField(blank=True, max_length=1000, verbose_name='本文')),
                ('remarks', models.TextField(blank=True, help_text='1行に一つずつ。記書き（事務連絡では末尾）に載せます。', max_length=1000, verbose_name='その他')),
                ('copies', models.CharField(blank=True, help_text='例：所属長。文書の末尾に「写し：所属長」と載せます。', max_length=50, verbose_name='写しの送付先')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '開催通知の文面',
                'constraints': [models.CheckConstraint(condition=models.Q(('number', ''), ('style', 'formal'), _connector='OR'), name='meetings_memo_has_no_number', violation_error_message='事務連絡には文書番号を付けません。番号を付けるときは、形式を「通知」にしてください。')],
            },
        ),
        migrations.RunPython(fill, take_back),
    ]
