"""By which rules a group's people are paid for coming."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0029_in_short'),
        ('members', '0015_quorum'),
    ]

    operations = [
        migrations.CreateModel(
            name='PayRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('unit', models.CharField(choices=[('day', '1日につき'), ('hour', '1時間につき')], default='day', max_length=4, verbose_name='報償費の単位')),
                ('rounding', models.CharField(choices=[('exact', '端数処理をしない（1分単位）'), ('up_half', '30分未満を30分に切り上げる'), ('down_half', '30分未満を切り捨てる（30分単位）'), ('up_hour', '1時間未満を1時間に切り上げる'), ('down_hour', '1時間未満を切り捨てる'), ('nearest', '30分以上は1時間に切り上げ、30分未満は切り捨てる')], default='exact', max_length=9, verbose_name='時間の端数')),
                ('amount', models.PositiveIntegerField(blank=True, null=True, verbose_name='1単位当たりの金額（円）')),
                ('travel', models.PositiveIntegerField(blank=True, null=True, verbose_name='会場に出席したときの旅費（円）')),
                ('pays_members', models.BooleanField(default=False, verbose_name='構成員も対象にする')),
                ('group', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='pay_rules', to='members.workinggroup')),
            ],
            options={
                'verbose_name': '報償費の決まり',
            },
        ),
    ]
