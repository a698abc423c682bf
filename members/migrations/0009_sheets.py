from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_own_words_and_sections'),
    ]

    operations = [
        migrations.AddField(
            model_name='workinggroup',
            name='sheets_lock_on',
            field=models.DateField(blank=True, help_text='この日まで、御本人が入力・変更できます。', null=True, verbose_name='変更期限'),
        ),
        migrations.AddField(
            model_name='workinggroup',
            name='forerunner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='members.workinggroup', verbose_name='記入例にする会議体'),
        ),
        migrations.AddField(
            model_name='membership',
            name='has_sheet_reopened',
            field=models.BooleanField(db_default=False, default=False, verbose_name='変更期限の後も変更できる'),
        ),
        migrations.AddField(
            model_name='membership',
            name='speaking_order',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='自己紹介の順番'),
        ),
        migrations.AddField(
            model_name='introsheet',
            name='offers_problem',
            field=models.BooleanField(db_default=False, default=False, verbose_name='この困り事をテーマの候補として提案する'),
        ),
        migrations.AddField(
            model_name='introsheet',
            name='is_example',
            field=models.BooleanField(db_default=False, default=False, verbose_name='来年度の参加者に記入例として見せてよい'),
        ),
        migrations.AlterField(
            model_name='introsheet',
            name='problems',
            field=models.TextField(blank=True, max_length=400, verbose_name='業務での困り事'),
        ),
        migrations.CreateModel(
            name='SheetPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jpeg', models.BinaryField(verbose_name='写真')),
                ('sha256', models.CharField(max_length=64)),
                ('put_at', models.DateTimeField(auto_now=True, verbose_name='登録日時')),
                ('sheet', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='photo', to='members.introsheet')),
            ],
            options={
                'verbose_name': '顔写真',
            },
        ),
    ]
