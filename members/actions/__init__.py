"""What happens: one verb per action, its audit row and its emails in the same transaction."""
