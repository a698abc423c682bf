"""Files that stand beside a published report, frozen with it."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION reports_keep_material() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was published beside a report is never changed'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER reports_keep_material BEFORE UPDATE OR DELETE ON reports_publishedmaterial
  FOR EACH ROW EXECUTE FUNCTION reports_keep_material();
"""
LOOSEN = """
DROP TRIGGER reports_keep_material ON reports_publishedmaterial;
DROP FUNCTION reports_keep_material();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0014_how_a_style_writes'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedMaterial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='番号')),
                ('title', models.CharField(max_length=100, verbose_name='資料名')),
                ('file', models.FileField(max_length=200, upload_to='materials/', verbose_name='ファイル')),
                ('name', models.CharField(max_length=255, verbose_name='ファイル名')),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField(verbose_name='大きさ')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='reports.reportrevision')),
            ],
            options={
                'verbose_name': '結果報告と一緒に公開した資料',
                'ordering': ['revision', 'place'],
                'constraints': [models.UniqueConstraint(fields=('revision', 'place'), name='reports_material_place_unique')],
            },
        ),
        migrations.RunSQL(KEEP, LOOSEN),
    ]
