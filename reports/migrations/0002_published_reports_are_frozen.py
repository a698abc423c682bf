"""The lock behind actions.reports: nobody changes or deletes what was published; it can only be withheld."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION reports_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
     OR (to_jsonb(NEW) - ARRAY['withheld_at', 'withheld_by_id', 'withheld_reason'])
        IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['withheld_at', 'withheld_by_id', 'withheld_reason'])
     OR OLD.withheld_at IS NOT NULL
  THEN
    RAISE EXCEPTION 'a published report is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reports_keep_revision BEFORE UPDATE OR DELETE ON reports_reportrevision
  FOR EACH ROW EXECUTE FUNCTION reports_keep_revision();
"""
THAW = """
DROP TRIGGER reports_keep_revision ON reports_reportrevision;
DROP FUNCTION reports_keep_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
