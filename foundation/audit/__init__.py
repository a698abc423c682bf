"""Who did what to which thing, when: one row per deed, written with the deed, never changed."""
