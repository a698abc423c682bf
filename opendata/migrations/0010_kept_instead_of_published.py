from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("opendata", "0009_comments_on_cells"),
    ]

    operations = [
        migrations.AddField(
            model_name='datasetversion',
            name='kept_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='保管の日時'),
        ),
        migrations.AddField(
            model_name='datasetversion',
            name='kept_reason',
            field=models.TextField(blank=True, db_default='', editable=False, max_length=1000, verbose_name='公開しないで保管する理由'),
        ),
        migrations.AlterField(
            model_name='datasetversion',
            name='state',
            field=models.CharField(choices=[('draft', '作成中'), ('submitted', '提出済み'), ('returned', '差戻し'), ('published', '公開済み'), ('kept', '公開しないで保管')], default='draft', editable=False, max_length=10, verbose_name='状態'),
        ),
        migrations.AddConstraint(
            model_name='datasetversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), models.Q(models.Q(('kept_reason', ''), _negated=True), ('kept_at__isnull', False)), _connector='OR'), name='opendata_kept_has_reason', violation_error_message='公開しないで保管する理由を入力してください。'),
        ),
    ]
