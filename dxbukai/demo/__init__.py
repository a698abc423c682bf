"""A fictitious town to walk in: its rows (seed/), the page to step into a person, the command that serves it.

As a Django app it exists in demo mode only; the rows can be planted anywhere but in production.
"""
