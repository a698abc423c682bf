"""Names done right once: how they are written, put in order, found, and taken from whoever types them.

A name is never one string (domain: facts easy to get wrong, 4). Nothing here knows a form, a row or a request.
"""

from members.names.forms import full, honorific, joined, roster, spaced, with_title
from members.names.order import sort_key
from members.names.search import RARE, USUAL, WRITTEN, same_to_search, search_key, usual
from members.names.spelling import doubts, name_as_stored, reading_as_stored

__all__ = [
    "RARE",
    "USUAL",
    "WRITTEN",
    "doubts",
    "full",
    "honorific",
    "joined",
    "name_as_stored",
    "reading_as_stored",
    "roster",
    "same_to_search",
    "search_key",
    "sort_key",
    "spaced",
    "usual",
    "with_title",
]
