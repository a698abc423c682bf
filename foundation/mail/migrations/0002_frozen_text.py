from django.db import migrations

FORWARD = """
CREATE FUNCTION mail_refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER mail_frozen_text BEFORE UPDATE ON mail_email
FOR EACH ROW EXECUTE FUNCTION mail_refuse_rewriting();
"""

BACKWARD = """
DROP TRIGGER mail_frozen_text ON mail_email;
DROP FUNCTION mail_refuse_rewriting();
"""


class Migration(migrations.Migration):
    """An email says for ever what was decided; only a spent login code is emptied out of it."""

    dependencies = [("mail", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
