"""The other half of the lock: no row, finding or repair comes into a published version, by INSERT or by moving.

An INSERT is judged once for the whole statement, so that a COPY of a hundred thousand rows asks once.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION opendata_refuse_additions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM opendata_datasetversion
             WHERE state = 'published' AND id IN (SELECT version_id FROM added)) THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER opendata_add_no_row AFTER INSERT ON opendata_datasetrow
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION opendata_refuse_additions();
CREATE TRIGGER opendata_add_no_finding AFTER INSERT ON opendata_finding
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION opendata_refuse_additions();
CREATE TRIGGER opendata_add_no_repair AFTER INSERT ON opendata_repair
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION opendata_refuse_additions();

CREATE OR REPLACE FUNCTION opendata_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM opendata_datasetversion
             WHERE state = 'published' AND id IN (OLD.version_id, coalesce(NEW.version_id, OLD.version_id))) THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""
ALLOW = """
CREATE OR REPLACE FUNCTION opendata_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part record := OLD;
BEGIN
  IF EXISTS (SELECT FROM opendata_datasetversion WHERE id = part.version_id AND state = 'published') THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
DROP TRIGGER opendata_add_no_repair ON opendata_repair;
DROP TRIGGER opendata_add_no_finding ON opendata_finding;
DROP TRIGGER opendata_add_no_row ON opendata_datasetrow;
DROP FUNCTION opendata_refuse_additions();
"""


class Migration(migrations.Migration):
    dependencies = [("opendata", "0002_published_versions_are_frozen")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
