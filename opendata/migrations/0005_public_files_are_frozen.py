"""The lock on published files: none is changed or taken away, and none is added that is not what was approved.

A version that was published before its files were noted gets them later; its CSV only with the hash that stands in
the version since then.
"""

from django.db import migrations

FREEZE = """
CREATE TRIGGER opendata_keep_files BEFORE UPDATE OR DELETE ON opendata_publicfile
  FOR EACH ROW EXECUTE FUNCTION opendata_keep_part();

CREATE FUNCTION opendata_refuse_other_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added JOIN opendata_datasetversion AS published ON published.id = added.version_id
             WHERE published.state = 'published' AND added.kind = 'csv' AND added.coding = ''
               AND added.sha256 <> published.public_sha256) THEN
    RAISE EXCEPTION 'a published file is the one that was approved'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER opendata_add_no_other_file AFTER INSERT ON opendata_publicfile
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION opendata_refuse_other_files();
"""
THAW = """
DROP TRIGGER opendata_add_no_other_file ON opendata_publicfile;
DROP FUNCTION opendata_refuse_other_files();
DROP TRIGGER opendata_keep_files ON opendata_publicfile;
"""


class Migration(migrations.Migration):
    dependencies = [("opendata", "0004_public_files")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
