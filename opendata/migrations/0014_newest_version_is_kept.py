from django.db import migrations

# Whoever writes a data set, with whatever it was read as, writes the version that is the newest now.
KEEP = """
CREATE FUNCTION opendata_know_newest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.newest_id := (
    SELECT id FROM opendata_datasetversion
    WHERE dataset_id = NEW.id AND state = 'published' ORDER BY number DESC LIMIT 1
  );
  RETURN NEW;
END $$;
CREATE TRIGGER opendata_know_newest BEFORE INSERT OR UPDATE ON opendata_dataset
  FOR EACH ROW EXECUTE FUNCTION opendata_know_newest();

CREATE FUNCTION opendata_tell_newest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE opendata_dataset SET newest_id = NEW.id WHERE id = NEW.dataset_id;
  RETURN NULL;
END $$;
CREATE TRIGGER opendata_tell_newest AFTER INSERT OR UPDATE OF state ON opendata_datasetversion
  FOR EACH ROW WHEN (NEW.state = 'published') EXECUTE FUNCTION opendata_tell_newest();

UPDATE opendata_dataset SET newest_id = NULL;
-- A backup of the release before is brought forward in one transaction: the next migration may alter the table.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
DROP = """
DROP TRIGGER opendata_tell_newest ON opendata_datasetversion;
DROP FUNCTION opendata_tell_newest();
DROP TRIGGER opendata_know_newest ON opendata_dataset;
DROP FUNCTION opendata_know_newest();
"""


class Migration(migrations.Migration):
    """Also of what is there already: the last statement touches each data set."""

    dependencies = [("opendata", "0013_what_stands_in_the_catalogue")]

    operations = [migrations.RunSQL(KEEP, DROP)]
