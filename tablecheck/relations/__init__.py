"""Rules over two and more columns."""
