"""Until when a meeting is told of, by its group's rules, and when that came out elsewhere than here."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0015_quorum'),
        ('reports', '0010_named_speakers'),
    ]

    operations = [
        migrations.AddField(
            model_name='report',
            name='record_told_on',
            field=models.DateField(blank=True, null=True, verbose_name='会議録を公表した日'),
        ),
        migrations.AddField(
            model_name='report',
            name='summary_told_on',
            field=models.DateField(blank=True, null=True, verbose_name='会議の概要を公表した日'),
        ),
        migrations.CreateModel(
            name='DueRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('summary_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='会議の概要を公表するまでの日数')),
                ('summary_count', models.CharField(choices=[('working', '開庁日'), ('calendar', '日（閉庁日も数える）')], default='working', max_length=8, verbose_name='概要の日数の数え方')),
                ('record_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='会議録を公表するまでの日数')),
                ('record_count', models.CharField(choices=[('working', '開庁日'), ('calendar', '日（閉庁日も数える）')], default='calendar', max_length=8, verbose_name='会議録の日数の数え方')),
                ('report_is_record', models.BooleanField(default=True, help_text='チェックを入れると、結果報告を公開したときに会議録の期限も表示しなくなります。チェックを外すと、会議録を公表した日を記録するまで期限を表示します。', verbose_name='結果報告を会議録として公開する')),
                ('group', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='due_rules', to='members.workinggroup')),
            ],
            options={
                'verbose_name': '公表の期限',
            },
        ),
    ]
