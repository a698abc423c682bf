"""The cache is a table, so that rate limits hold across processes (the DDL of `createcachetable`)."""

from django.db import migrations

CREATE = """
CREATE TABLE foundation_cache (
  cache_key varchar(255) NOT NULL PRIMARY KEY,
  value text NOT NULL,
  expires timestamp with time zone NOT NULL
);
CREATE INDEX foundation_cache_expires ON foundation_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [migrations.RunSQL(CREATE, "DROP TABLE foundation_cache")]
