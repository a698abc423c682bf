"""What a reply said each time stays as it was said."""

from django.db import migrations

KEEP = """
CREATE FUNCTION meetings_keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a revision of a reply is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER meetings_keep_revision BEFORE UPDATE OR DELETE ON meetings_replyrevision
  FOR EACH ROW EXECUTE FUNCTION meetings_keep_revision();
"""
RELEASE = """
DROP TRIGGER meetings_keep_revision ON meetings_replyrevision;
DROP FUNCTION meetings_keep_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [migrations.RunSQL(KEEP, RELEASE)]
