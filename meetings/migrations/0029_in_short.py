from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0028_in_writing'),
    ]

    operations = [
        migrations.AlterField(
            model_name='letter',
            name='kind',
            field=models.CharField(choices=[('announce', '開催通知'), ('change', '日時・場所の変更'), ('deadline', '回答期限の変更'), ('extend', '回答期限の延長'), ('remind', '再案内'), ('eve', '前開庁日のお知らせ'), ('questions', '質問のお知らせ'), ('materials', '資料のお知らせ'), ('cancel', '中止のお知らせ'), ('resend', '回答用リンクの再送'), ('in_short', '欠席した方への要点'), ('dates', '日程調整のお願い'), ('re_dates', '日程調整の再案内')], max_length=10, verbose_name='種類'),
        ),
    ]
