"""The tables that an import writes to, by the names under which it remembers its rows."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from members.models import Department, Membership, MembershipTerm, OfficeTerm, Posting, User
from members.models.placed import RosterOrder

TABLES: dict[str, type[Model]] = {
    "user": User,
    "membership": Membership,
    "term": MembershipTerm,
    "posting": Posting,
    "office": OfficeTerm,
    "department": Department,
}
# Moves by itself, or says nothing about whether anybody built on the row.
# Of a term the database writes also where it stands in each order, and repeats the group of its membership.
NOT_COMPARED = {order.key for order in RosterOrder} | {"group_id"}
NOT_COMPARED |= {"id", "password", "last_login", "date_joined", "version", "order", "title_rank", "path", "label"}


def values_of(row: Model) -> dict[str, Any]:
    """What the row says, as it stands in JSON."""
    return {
        field.attname: plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.attname not in NOT_COMPARED
    }


def plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return DjangoJSONEncoder().default(value)
