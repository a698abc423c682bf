
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dedupe_key', models.CharField(max_length=200, unique=True)),
                ('to_address', models.EmailField(max_length=254, verbose_name='宛先')),
                ('subject', models.CharField(max_length=200, verbose_name='件名')),
                ('body', models.TextField(verbose_name='本文')),
                ('sensitive', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', '送信待ち'), ('sending', '送信中'), ('sent', '送信済み'), ('undeliverable', '不達'), ('uncertain', '送信結果不明'), ('cancelled', '取消し')], default='waiting', max_length=16, verbose_name='状態')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='試行回数')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='作成')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='送信予定')),
                ('lease_until', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True, verbose_name='送信日時')),
                ('last_error', models.TextField(blank=True, verbose_name='直近のエラー')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='宛先の人')),
            ],
            options={
                'verbose_name': '送信メール',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['state', 'due_at'], name='mail_queue')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='mail_sent_has_time', violation_error_message='送信済みのメールには送信日時が必要です。'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'sending'), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='mail_sending_has_lease'), models.CheckConstraint(condition=models.Q(models.Q(('subject__regex', '[\\r\\n]'), _negated=True), models.Q(('to_address__regex', '\\s'), _negated=True)), name='mail_one_line', violation_error_message='件名と宛先に改行は使えません。')],
            },
        ),
    ]
