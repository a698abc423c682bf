"""The lock behind statements.actions: what was published stays as it was; another decision is another row."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION statements_keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a published statement is never changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER statements_keep_published BEFORE UPDATE OR DELETE ON statements_publishedstatement
  FOR EACH ROW EXECUTE FUNCTION statements_keep_published();
"""
THAW = """
DROP TRIGGER statements_keep_published ON statements_publishedstatement;
DROP FUNCTION statements_keep_published();
"""


class Migration(migrations.Migration):
    dependencies = [("statements", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
