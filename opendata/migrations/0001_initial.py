
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('meetings', '0001_initial'),
        ('members', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dataset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='アドレス（URL）に使う名前')),
                ('title', models.CharField(max_length=100, verbose_name='データセット名')),
                ('description', models.TextField(blank=True, max_length=1000, verbose_name='説明')),
                ('standard', models.CharField(blank=True, max_length=60, verbose_name='データの種類')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）'), ('PDL-1.0', '公共データ利用規約（第1.0版）（PDL1.0）'), ('CC0-1.0', 'CC0 1.0（権利を主張しない）')], default='CC-BY-4.0', max_length=20, verbose_name='ライセンス')),
                ('update_cycle', models.CharField(choices=[('as_needed', '随時'), ('monthly', '毎月'), ('quarterly', '四半期ごと'), ('yearly', '年1回')], default='as_needed', max_length=10, verbose_name='更新頻度')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='公開停止日時')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=200, verbose_name='公開停止の理由')),
                ('assignment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='datasets', to='meetings.assignment', verbose_name='課題')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='datasets', to='members.department', verbose_name='担当課')),
                ('withdrawn_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'データセット',
                'ordering': ['title', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DatasetVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版')),
                ('state', models.CharField(choices=[('draft', '作成中'), ('submitted', '提出済み'), ('returned', '差戻し'), ('published', '公開済み')], default='draft', editable=False, max_length=10, verbose_name='状態')),
                ('original', models.FileField(max_length=200, upload_to='originals/', verbose_name='元のファイル')),
                ('original_name', models.CharField(max_length=255, verbose_name='ファイル名')),
                ('original_sha256', models.CharField(max_length=64)),
                ('detected', models.JSONField(default=dict, verbose_name='読み取り結果')),
                ('columns', models.JSONField(default=list, verbose_name='列')),
                ('findings', models.JSONField(default=list, verbose_name='指摘')),
                ('profile', models.JSONField(default=list, verbose_name='列の内訳')),
                ('words', models.JSONField(default=dict, verbose_name='公開情報')),
                ('privacy_confirmed', models.BooleanField(default=False, verbose_name='個人情報の確認')),
                ('head_name', models.CharField(blank=True, max_length=100, verbose_name='確認した所属長の氏名')),
                ('head_checked_on', models.DateField(blank=True, null=True, verbose_name='確認した日')),
                ('head_document_number', models.CharField(blank=True, max_length=50, verbose_name='文書番号')),
                ('returned_reason', models.TextField(blank=True, max_length=1000, verbose_name='差し戻す理由')),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='アップロード日時')),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='提出日時')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='公開日時')),
                ('public_sha256', models.CharField(blank=True, max_length=64)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('dataset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='opendata.dataset')),
                ('published_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'データセットの版',
                'ordering': ['dataset', '-number'],
            },
        ),
        migrations.CreateModel(
            name='DatasetRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField()),
                ('cells', models.JSONField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='opendata.datasetversion')),
            ],
            options={
                'ordering': ['version', 'row'],
            },
        ),
        migrations.CreateModel(
            name='Repair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='行')),
                ('column', models.PositiveIntegerField(verbose_name='列')),
                ('code', models.CharField(max_length=40, verbose_name='指摘の種類')),
                ('before', models.TextField(verbose_name='修正前')),
                ('after', models.TextField(verbose_name='修正後')),
                ('state', models.CharField(choices=[('proposed', '提案'), ('accepted', '修正済み'), ('undone', '元に戻した')], default='proposed', max_length=10, verbose_name='状態')),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repairs', to='opendata.datasetversion')),
            ],
            options={
                'verbose_name': '修正',
                'ordering': ['version', 'row', 'column', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), _connector='OR'), name='opendata_withdrawn_by_somebody', violation_error_message='公開停止には日時と担当者が必要です。'),
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='opendata_withdrawn_has_reason', violation_error_message='公開停止の理由を入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.UniqueConstraint(fields=('dataset', 'number'), name='opendata_version_number_unique'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published'), _negated=True), fields=('dataset',), name='opendata_one_version_in_work', violation_error_message='作業中の版があります。先にそれを提出するか、差し替えてください。'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('head_checked_on__isnull', False), ('published_at__isnull', False), ('published_by__isnull', False), models.Q(('head_name', ''), _negated=True), models.Q(('public_sha256', ''), _negated=True)), _connector='OR'), name='opendata_published_is_checked', violation_error_message='公開には、所属長の確認（氏名と確認日）が必要です。'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('returned_reason', ''), _negated=True), _connector='OR'), name='opendata_returned_has_reason', violation_error_message='差し戻す理由を入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='datasetrow',
            constraint=models.UniqueConstraint(fields=('version', 'row'), name='opendata_row_unique'),
        ),
        migrations.AddConstraint(
            model_name='repair',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'proposed'), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='opendata_repair_decided_by_somebody'),
        ),
    ]
