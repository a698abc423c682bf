"""What happens: one verb per deed, its audit row and its emails in the same transaction."""
