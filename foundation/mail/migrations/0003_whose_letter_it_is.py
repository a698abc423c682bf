from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION mail_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.job_id, NEW.to_id, NEW.to_address, NEW.from_name, NEW.reply_to, NEW.subject, NEW.sensitive)
       IS DISTINCT FROM
       (OLD.job_id, OLD.to_id, OLD.to_address, OLD.from_name, OLD.reply_to, OLD.subject, OLD.sensitive)
    OR NEW.body <> OLD.body
       AND NOT (OLD.sensitive AND NEW.body = '' AND EXISTS (
           SELECT FROM jobs_job WHERE id = NEW.job_id AND state NOT IN ('waiting', 'running')))
    THEN
        RAISE EXCEPTION 'the text of email % is frozen', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# As 0002 wrote it.
BACKWARD = """
CREATE OR REPLACE FUNCTION mail_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.job_id, NEW.to_id, NEW.to_address, NEW.subject, NEW.sensitive)
       IS DISTINCT FROM
       (OLD.job_id, OLD.to_id, OLD.to_address, OLD.subject, OLD.sensitive)
    OR NEW.body <> OLD.body
       AND NOT (OLD.sensitive AND NEW.body = '' AND EXISTS (
           SELECT FROM jobs_job WHERE id = NEW.job_id AND state NOT IN ('waiting', 'running')))
    THEN
        RAISE EXCEPTION 'the text of email % is frozen', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """Each letter says whose it is and who reads the answer, frozen like its text; older ones say nothing of it."""

    dependencies = [("mail", "0002_frozen_text")]
    operations = [
        migrations.AddField(
            model_name="email",
            name="from_name",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="差出人の名前"
            ),
        ),
        migrations.AddField(
            model_name="email",
            name="reply_to",
            field=models.EmailField(blank=True, db_default="", default="", max_length=254, verbose_name="返信先"),
        ),
        migrations.AddConstraint(
            model_name="email",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_name__regex", "[\\r\\n]"), _negated=True)
                & models.Q(("reply_to__regex", "\\s"), _negated=True),
                name="mail_sender_one_line",
                violation_error_message="差出人の名前と返信先に改行は使えません。",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
