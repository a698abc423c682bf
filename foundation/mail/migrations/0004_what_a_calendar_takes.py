from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION mail_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.job_id, NEW.to_id, NEW.to_address, NEW.from_name, NEW.reply_to, NEW.subject, NEW.calendar, NEW.sensitive)
       IS DISTINCT FROM
       (OLD.job_id, OLD.to_id, OLD.to_address, OLD.from_name, OLD.reply_to, OLD.subject, OLD.calendar, OLD.sensitive)
    OR NEW.body <> OLD.body
       AND NOT (OLD.sensitive AND NEW.body = '' AND EXISTS (
           SELECT FROM jobs_job WHERE id = NEW.job_id AND state NOT IN ('waiting', 'running')))
    THEN
        RAISE EXCEPTION 'the text of email % is frozen', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# As 0003 wrote it.
BACKWARD = """
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


class Migration(migrations.Migration):
    """A letter brings what a calendar takes, frozen like its text; older ones bring none."""

    dependencies = [("mail", "0003_whose_letter_it_is")]
    operations = [
        migrations.AddField(
            model_name="email",
            name="calendar",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="予定表のファイル"),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
