"""The table of a version: its rows, what the engine said of them, and what still has to be done."""
