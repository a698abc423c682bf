"""What happens: one verb per deed, its audit row and its letters in the same transaction."""
