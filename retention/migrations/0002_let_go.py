"""What is frozen lets go of what a recorded decision names, on its day, in the transaction that says which it is.

Each trigger asks for its own kind of records: another decision opens nothing.
"""

from django.db import migrations

ASK = """
CREATE FUNCTION retention_lets_go(what text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM retention_disposal
    WHERE id::text = current_setting('dxbukai.disposal', true) AND kind = what
      AND cancelled_at IS NULL AND done_at IS NULL AND due_on <= (now() AT TIME ZONE 'Asia/Tokyo')::date
  )
$$;

CREATE OR REPLACE FUNCTION meetings_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND retention_lets_go('replies') THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'a revision of a reply is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND retention_lets_go('log') THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'audit_event is append-only: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Of a version that a newer one replaced the original goes, and nothing else is changed.
CREATE OR REPLACE FUNCTION opendata_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'published' AND NOT (
    TG_OP = 'UPDATE' AND retention_lets_go('originals')
    AND to_jsonb(NEW) - '{original,disposed_on}'::text[] = to_jsonb(OLD) - '{original,disposed_on}'::text[]
    AND EXISTS (SELECT FROM opendata_datasetversion
                WHERE dataset_id = OLD.dataset_id AND state = 'published' AND number > OLD.number)
  ) THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

-- The parts follow the version that says so of itself; what is public stays.
CREATE OR REPLACE FUNCTION opendata_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_TABLE_NAME <> 'opendata_publicfile' AND retention_lets_go('originals') AND EXISTS (
    SELECT FROM opendata_datasetversion WHERE id = OLD.version_id AND disposed_on IS NOT NULL
  ) THEN
    RETURN OLD;
  END IF;
  IF EXISTS (SELECT FROM opendata_datasetversion
             WHERE state = 'published' AND id IN (OLD.version_id, coalesce(NEW.version_id, OLD.version_id))) THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
"""
KEEP = """
CREATE OR REPLACE FUNCTION opendata_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM opendata_datasetversion
             WHERE state = 'published' AND id IN (OLD.version_id, coalesce(NEW.version_id, OLD.version_id))) THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION opendata_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'published' THEN
    RAISE EXCEPTION 'a published version is never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_event is append-only: % refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION meetings_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a revision of a reply is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;

DROP FUNCTION retention_lets_go(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_initial"),
        ("audit", "0002_append_only"),
        ("meetings", "0003_what_was_disposed_of"),
        ("opendata", "0006_what_was_disposed_of"),
    ]

    operations = [migrations.RunSQL(ASK, KEEP)]
