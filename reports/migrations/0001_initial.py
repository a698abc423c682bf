
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('meetings', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('state', models.CharField(choices=[('draft', '作成中'), ('review', '確認中'), ('approved', '決裁・供覧済み')], default='draft', editable=False, max_length=10, verbose_name='状態')),
                ('outcome', models.TextField(blank=True, help_text='【概要】の「…の参加があり、」に続く文', max_length=500, verbose_name='会議の成果')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '結果報告',
            },
        ),
        migrations.CreateModel(
            name='ApprovalStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('decision', '決裁'), ('circulation', '供覧')], max_length=12, verbose_name='区分')),
                ('decided_on', models.DateField(verbose_name='決裁・供覧の年月日')),
                ('document_number', models.CharField(blank=True, max_length=50, verbose_name='文書番号')),
                ('decided_by', models.CharField(max_length=100, verbose_name='決裁者（供覧の場合は、最後に閲覧した方）の職名')),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='reports.report')),
            ],
            options={
                'verbose_name': '決裁・供覧の記録',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ReportRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版')),
                ('blocks', models.JSONField()),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('correction', models.CharField(blank=True, max_length=500, verbose_name='訂正箇所')),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='公開日時')),
                ('withheld_at', models.DateTimeField(blank=True, null=True, verbose_name='公開停止日時')),
                ('withheld_reason', models.CharField(blank=True, max_length=200, verbose_name='公開停止の理由')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='reports.report')),
                ('withheld_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '公開した結果報告',
                'ordering': ['report', 'number'],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='reports_revision_number_unique'), models.CheckConstraint(condition=models.Q(('number', 1), models.Q(('correction', ''), _negated=True), _connector='OR'), name='reports_correction_is_named', violation_error_message='訂正箇所を入力してください。'), models.CheckConstraint(condition=models.Q(models.Q(('withheld_at__isnull', False), ('withheld_by__isnull', False)), models.Q(('withheld_at__isnull', True), ('withheld_by__isnull', True)), _connector='OR'), name='reports_withheld_by_somebody', violation_error_message='公開停止には日時と担当者が必要です。'), models.CheckConstraint(condition=models.Q(('withheld_at__isnull', True), models.Q(('withheld_reason', ''), _negated=True), _connector='OR'), name='reports_withheld_has_reason', violation_error_message='公開停止の理由を入力してください。')],
            },
        ),
    ]
