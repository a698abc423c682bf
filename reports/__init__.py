"""The result report of a meeting: composed from its rows, decided on, published, corrected, withheld."""
