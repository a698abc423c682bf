"""What citizens get of a published version: its files, and its columns described."""
