"""Dates as the office writes and counts them: 令和, and the days on which it is open. Pure Python."""
