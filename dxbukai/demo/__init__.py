"""A fictitious town to walk in: its rows, and the page to step into a person. Exists outside production only."""
