"""What happens: one verb per action, its audit row and its letters in the same transaction."""
