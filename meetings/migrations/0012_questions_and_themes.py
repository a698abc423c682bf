"""A question may be merged, declined with a reason, led to somebody else, become a theme; a theme united, chosen."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What the desk had ticked before it had ticked under the form's sentence on who reads what: it stays ticked. No page
# has ever merged or declined one; where somebody did so by hand, nobody knows into what and why.
SETTLE = """
UPDATE meetings_question SET asker_told = true WHERE in_report AND channel <> 'oral';
UPDATE meetings_question SET state = 'open' WHERE state = 'merged';
UPDATE meetings_question SET declined_reason = '理由の記録がありません。' WHERE state = 'declined';
"""
UNSETTLE = "UPDATE meetings_agendaitem SET kind = 'other' WHERE kind = 'questions'"

# Judged at the end of a transaction, by what stands there then: a restore writes rows in any order.
KEEP = """
CREATE FUNCTION meetings_merge_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM meetings_question AS own JOIN meetings_question AS target ON target.id = own.merged_into_id
    WHERE own.id = NEW.id AND (
      target.id = own.id OR target.meeting_id <> own.meeting_id OR target.merged_into_id IS NOT NULL
      OR EXISTS (SELECT FROM meetings_question AS other WHERE other.merged_into_id = own.id)
    )
  ) THEN
    RAISE EXCEPTION 'a question is merged into one of the same meeting that is not merged itself'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER meetings_merge_question AFTER INSERT OR UPDATE ON meetings_question
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
  EXECUTE FUNCTION meetings_merge_question();
CREATE FUNCTION meetings_merge_theme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM meetings_theme AS own JOIN meetings_theme AS target ON target.id = own.merged_into_id
    WHERE own.id = NEW.id AND (
      target.id = own.id OR target.meeting_id <> own.meeting_id OR target.merged_into_id IS NOT NULL
      OR target.proposed_in_id IS NOT NULL
      OR EXISTS (SELECT FROM meetings_theme AS other WHERE other.merged_into_id = own.id)
    )
  ) THEN
    RAISE EXCEPTION 'a theme is united with an example of the same meeting that is not united itself'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER meetings_merge_theme AFTER INSERT OR UPDATE ON meetings_theme
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
  EXECUTE FUNCTION meetings_merge_theme();
"""
RELEASE = """
DROP TRIGGER meetings_merge_theme ON meetings_theme;
DROP FUNCTION meetings_merge_theme();
DROP TRIGGER meetings_merge_question ON meetings_question;
DROP FUNCTION meetings_merge_question();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0011_materials'),
        ('members', '0014_an_address_for_calendars'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='question',
            name='agreed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='掲載の了承を確認した日時'),
        ),
        migrations.AddField(
            model_name='question',
            name='agreed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='掲載の了承を確認した人'),
        ),
        migrations.AddField(
            model_name='question',
            name='asker_told',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='掲載することがあると伝えて受け付けた'),
        ),
        migrations.AddField(
            model_name='question',
            name='declined_reason',
            field=models.CharField(blank=True, db_default='', max_length=200, verbose_name='見送る理由'),
        ),
        migrations.AddField(
            model_name='question',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='meetings.question', verbose_name='まとめた先の質問'),
        ),
        migrations.AddField(
            model_name='question',
            name='routed_item',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions_routed', to='meetings.agendaitem', verbose_name='取り上げる議題'),
        ),
        migrations.AddField(
            model_name='question',
            name='routed_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions_routed', to='members.membership', verbose_name='回答をお願いする方'),
        ),
        migrations.AddField(
            model_name='theme',
            name='chosen_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='採用した日時'),
        ),
        migrations.AddField(
            model_name='theme',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='meetings.theme', verbose_name='まとめた先のテーマ'),
        ),
        migrations.AddField(
            model_name='theme',
            name='question',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='theme', to='meetings.question', verbose_name='元になった質問'),
        ),
        migrations.AddField(
            model_name='theme',
            name='version',
            field=models.PositiveIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AlterField(
            model_name='agendaitem',
            name='kind',
            field=models.CharField(choices=[('briefing', '説明'), ('introductions', '自己紹介'), ('talk', '話題提供'), ('assignment', '課題'), ('discussion', '協議'), ('questions', '質問への回答'), ('other', 'その他')], default='other', max_length=14, verbose_name='種類'),
        ),
        migrations.RunSQL(SETTLE, UNSETTLE),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='meetings_question_merged_into_another', violation_error_message='どの質問にまとめるかを選択してください。'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), models.Q(('declined_reason', ''), _negated=True)), models.Q(models.Q(('state', 'declined'), _negated=True), ('declined_reason', '')), _connector='OR'), name='meetings_question_declined_has_reason', violation_error_message='見送る理由を入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('routed_to', None), ('routed_item', None), _connector='OR'), name='meetings_question_routed_once', violation_error_message='回答をお願いする方と議題は、どちらか一方だけを選択してください。'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('agreed_at', None), ('agreed_by', None)), models.Q(('agreed_at__isnull', False), ('agreed_by__isnull', False)), _connector='OR'), name='meetings_question_agreed_by_somebody', violation_error_message='掲載の了承を確認した人と日時が必要です。'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('in_report', False), ('channel', 'oral'), ('asker_told', True), ('agreed_at__isnull', False), _connector='OR'), name='meetings_question_in_report_by_consent', violation_error_message='結果報告に載せる前に、質問した方の了承を確認してください。'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.CheckConstraint(condition=models.Q(('chosen_at', None), models.Q(('merged_into', None), ('proposed_in', None)), _connector='OR'), name='meetings_theme_chosen_is_example', violation_error_message='採用できるのは、他のテーマにまとめていないテーマの例だけです。'),
        ),
        migrations.RunSQL(KEEP, RELEASE),
    ]
