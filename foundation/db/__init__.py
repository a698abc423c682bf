"""PostgreSQL: the embedded server for demo and tests, constraint helpers, backup and restore."""
