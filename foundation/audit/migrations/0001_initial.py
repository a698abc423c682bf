
import django.core.serializers.json
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
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='日時')),
                ('via', models.CharField(choices=[('login', 'ログイン'), ('link', '回答用リンク'), ('desk', '事務局の代理入力'), ('command', 'コマンド'), ('system', '自動処理')], default='login', max_length=8, verbose_name='経路')),
                ('action', models.CharField(max_length=80, verbose_name='操作')),
                ('target_type', models.CharField(max_length=80, verbose_name='対象の種類')),
                ('target_id', models.BigIntegerField(null=True, verbose_name='対象の番号')),
                ('target_label', models.CharField(max_length=200, verbose_name='対象')),
                ('changes', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='変更内容')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='操作者')),
            ],
            options={
                'verbose_name': '操作記録',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['target_type', 'target_id'], name='audit_target'), models.Index(fields=['at'], name='audit_at')],
            },
        ),
    ]
