
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('jobs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Email',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to_address', models.EmailField(max_length=254, verbose_name='宛先')),
                ('subject', models.CharField(max_length=200, verbose_name='件名')),
                ('body', models.TextField(verbose_name='本文')),
                ('sensitive', models.BooleanField(default=False)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='email', to='jobs.job')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emails', to=settings.AUTH_USER_MODEL, verbose_name='宛先の人')),
            ],
            options={
                'verbose_name': '送信メール',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('subject__regex', '[\\r\\n]'), _negated=True), models.Q(('to_address__regex', '\\s'), _negated=True)), name='mail_one_line', violation_error_message='件名と宛先に改行は使えません。')],
            },
        ),
    ]
