"""Who did what to which thing, when: one row per action, written with the action, never changed."""
