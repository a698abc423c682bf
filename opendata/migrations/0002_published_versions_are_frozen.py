"""The lock behind actions: a published version, its rows, findings and repairs are never changed or deleted."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION opendata_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'published' THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER opendata_keep_version BEFORE UPDATE OR DELETE ON opendata_datasetversion
  FOR EACH ROW EXECUTE FUNCTION opendata_keep_version();

CREATE FUNCTION opendata_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part record := OLD;
BEGIN
  IF EXISTS (SELECT FROM opendata_datasetversion WHERE id = part.version_id AND state = 'published') THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER opendata_keep_rows BEFORE UPDATE OR DELETE ON opendata_datasetrow
  FOR EACH ROW EXECUTE FUNCTION opendata_keep_part();
CREATE TRIGGER opendata_keep_findings BEFORE UPDATE OR DELETE ON opendata_finding
  FOR EACH ROW EXECUTE FUNCTION opendata_keep_part();
CREATE TRIGGER opendata_keep_repairs BEFORE UPDATE OR DELETE ON opendata_repair
  FOR EACH ROW EXECUTE FUNCTION opendata_keep_part();
"""
THAW = """
DROP TRIGGER opendata_keep_repairs ON opendata_repair;
DROP TRIGGER opendata_keep_findings ON opendata_finding;
DROP TRIGGER opendata_keep_rows ON opendata_datasetrow;
DROP FUNCTION opendata_keep_part();
DROP TRIGGER opendata_keep_version ON opendata_datasetversion;
DROP FUNCTION opendata_keep_version();
"""


class Migration(migrations.Migration):
    dependencies = [("opendata", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
