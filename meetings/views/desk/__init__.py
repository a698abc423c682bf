"""The desk's pages from one meeting to the next."""
