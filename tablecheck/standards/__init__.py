"""The standard data sets: their columns, their editions, and under which names people write them."""

from tablecheck.standards.choosing import alike, choose, known_titles
from tablecheck.standards.field import Field
from tablecheck.standards.guessing import by_title, guess
from tablecheck.standards.matching import Match, match
from tablecheck.standards.naming import names_the_row
from tablecheck.standards.own import OWN_KINDS, OwnColumn, held_to, infer
from tablecheck.standards.shelf import editions_of, kinds, load, load_schema, names
from tablecheck.standards.spelling import plain
from tablecheck.standards.standard import Standard
from tablecheck.standards.upgrading import Renamed, Upgrade, repairs_to, upgrade

__all__ = [
    "OWN_KINDS",
    "Field",
    "Match",
    "OwnColumn",
    "Renamed",
    "Standard",
    "Upgrade",
    "alike",
    "by_title",
    "choose",
    "editions_of",
    "guess",
    "held_to",
    "infer",
    "kinds",
    "known_titles",
    "load",
    "load_schema",
    "match",
    "names",
    "names_the_row",
    "plain",
    "repairs_to",
    "upgrade",
]
