"""Promises that more than one table makes, written once."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import IntegrityError
from django.db.models import BigIntegerField, CheckConstraint, F, Func, Q, Value
from django.utils.translation import gettext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Int8Range(Func):
    function = "int8range"
    output_field = BigIntegerField()


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


def filled(*fields: str) -> Q:
    """Every one of the text or nullable fields has a value."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": False})
    return condition


def both_or_neither(*fields: str, name: str, message: "StrOrPromise") -> CheckConstraint:
    """All the nullable fields are set, or none of them."""
    none = Q()
    for field in fields:
        none &= Q(**{f"{field}__isnull": True})
    return CheckConstraint(condition=filled(*fields) | none, name=name, violation_error_message=message)


def no_overlap(
    *owners: str, name: str, message: "StrOrPromise", condition: Q | None = None
) -> ExclusionConstraint:
    """Rows of the same owners (foreign keys) never share a day between valid_from and valid_to, both included.

    Core PostgreSQL has no GiST operator class for plain integers; a one-point int8range needs no extension.
    """
    points = [(Int8Range(F(owner), F(owner), Value("[]")), RangeOperators.OVERLAPS) for owner in owners]
    days = (DateRange(F("valid_from"), F("valid_to"), Value("[]")), RangeOperators.OVERLAPS)
    return ExclusionConstraint(
        name=name, expressions=[*points, days], condition=condition, violation_error_message=message
    )


def in_order(
    first: str, second: str, *, name: str, message: "StrOrPromise", strict: bool = False
) -> CheckConstraint:
    """`first` is not after `second` (strict: before it); an open end is always in order."""
    lookup = "lt" if strict else "lte"
    return CheckConstraint(
        condition=Q(**{f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": True})
        | Q(**{f"{first}__{lookup}": F(second)}),
        name=name,
        violation_error_message=message,
    )


# What the server calls a broken promise: of uniqueness, a reference, a check, an exclusion, a trigger of ours.
PROMISES = {"23505", "23503", "23514", "23P01", "23000"}


def sentence_of(error: IntegrityError) -> str:
    """What the broken promise says to people. A missing value is an error of ours and goes on."""
    cause = error.__cause__
    name = getattr(getattr(cause, "diag", None), "constraint_name", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return str(constraint.get_violation_error_message())
    if getattr(cause, "pgcode", None) not in PROMISES:
        raise error
    return gettext(
        "他の画面で同時に行われた操作と重なったため、保存できませんでした。"
        "ページを開き直し、今の内容を確認して、もう一度操作してください。"
    )
