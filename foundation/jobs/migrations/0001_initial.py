
import django.core.serializers.json
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80)),
                ('key', models.CharField(max_length=200)),
                ('payload', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('priority', models.SmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('waiting', '待機中'), ('running', '実行中'), ('done', '完了'), ('failed', '失敗'), ('unclear', '結果不明'), ('cancelled', '取消し')], default='waiting', max_length=16, verbose_name='状態')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='作成')),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='予定')),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, verbose_name='試行回数')),
                ('lease_until', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True, verbose_name='終了')),
                ('progress_done', models.PositiveBigIntegerField(db_default=0)),
                ('progress_total', models.PositiveBigIntegerField(db_default=0)),
                ('progress_note', models.CharField(blank=True, db_default='', max_length=200)),
                ('result', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('last_error', models.TextField(blank=True, db_default='', verbose_name='直近のエラー')),
            ],
            options={
                'verbose_name': '処理',
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['priority', 'due_at', 'id'], name='jobs_turn'), models.Index(condition=models.Q(('state', 'running')), fields=['lease_until'], name='jobs_in_hand'), models.Index(condition=models.Q(('state__in', ['failed', 'unclear'])), fields=['kind'], name='jobs_for_a_person')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='jobs_once'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ['cancelled', 'done', 'failed', 'unclear'])), models.Q(models.Q(('state__in', ['cancelled', 'done', 'failed', 'unclear']), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='jobs_ended_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='jobs_running_has_lease')],
            },
        ),
    ]
