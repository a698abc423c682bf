"""One value in, its problems out. Every kind of field has a rule, and a pattern of what is clean without doubt.

The pattern is what makes a large file fast (see columns.py); the rule is what decides. A test holds that
no rule objects to a value that its pattern calls clean.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from tablecheck.rules import choices, codes, contacts, dates, numbers, persons, prose
from tablecheck.standards import Field
from tablecheck.vocabulary import Problem

Examine = Callable[[str, Field], Iterable[Problem]]

FREE = Field(name="", title="", kind="text")


@dataclass(frozen=True, slots=True)
class Rule:
    """`clean` matches a value that surely has no problem; what it does not match is examined."""

    clean: str
    examine: Examine


KINDS: dict[str, Callable[[Field], Rule]] = {
    "text": lambda field: Rule(prose.clean(field), prose.examine),
    "number": lambda field: Rule(numbers.clean(field), numbers.examine),
    "integer": lambda field: Rule(numbers.clean(field), numbers.examine),
    "year": lambda field: Rule(numbers.clean(field), numbers.examine),
    "latitude": lambda _: Rule(numbers.LATITUDE, numbers.examine_coordinate),
    "longitude": lambda _: Rule(numbers.LONGITUDE, numbers.examine_coordinate),
    "date": lambda _: Rule(dates.CLEAN_DATE, dates.examine_date),
    "datetime": lambda _: Rule(dates.CLEAN_DATETIME, dates.examine_datetime),
    "time": lambda _: Rule(dates.CLEAN_TIME, dates.examine_time),
    "clock": lambda _: Rule(dates.CLEAN_CLOCK, dates.examine_clock),
    "choice": lambda field: Rule(choices.clean(field), choices.examine),
    "boolean": lambda _: Rule(choices.CLEAN_BOOLEAN, choices.examine_boolean),
    "weekdays": lambda _: Rule(choices.CLEAN_WEEKDAYS, choices.examine_weekdays),
    "municipality_code": lambda _: Rule(codes.NEVER, codes.examine_municipality),
    "corporate_number": lambda _: Rule(codes.CLEAN_CORPORATE, codes.examine_corporate),
    "town_id": lambda _: Rule(codes.CLEAN_TOWN_ID, codes.examine_town_id),
    "identifier": lambda _: Rule(codes.CLEAN_IDENTIFIER, codes.examine_identifier),
    "phone": lambda _: Rule(contacts.CLEAN_PHONE, contacts.examine_phone),
    "postal_code": lambda _: Rule(contacts.CLEAN_POSTAL_CODE, contacts.examine_postal_code),
    "uri": lambda _: Rule(contacts.CLEAN_URL, contacts.examine_url),
    "email": lambda _: Rule(contacts.CLEAN_EMAIL, contacts.examine_email),
    "kana": lambda _: Rule(prose.CLEAN_KANA, prose.examine_kana),
    "spelling": lambda _: Rule(prose.CLEAN_KANA, prose.examine_spelling),
    "person_name": lambda _: Rule(codes.NEVER, persons.examine_name),
    "reading": lambda _: Rule(persons.CLEAN_READING, persons.examine_reading),
}


@cache
def rule_of(field: Field) -> Rule:
    """How the values of this field are judged; a column outside the standard is read as free text."""
    rule = KINDS.get(field.kind, KINDS["text"])(field)
    if field.pattern:
        return Rule(codes.NEVER, _also_pattern(rule.examine))
    return rule


def _also_pattern(examine: Examine) -> Examine:
    def both(value: str, field: Field) -> Iterable[Problem]:
        return list(examine(value, field)) or prose.examine_shape(value, field)

    return both
