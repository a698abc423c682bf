"""The words in which every action on every floor is written.

An action takes its values by name, is told who acts (`by: Actor`) and is one transaction with its audit event and
whatever it sends or starts: all or nothing. What it refuses, it refuses in a sentence.

    @action
    def cancel(*, meeting: Meeting, by: Actor, seen: int, reason: str) -> Meeting:
        meeting = hold(Meeting.objects.select_related("group"), meeting.pk)
        demand(policy.can_run(by.user, meeting), _("会議の中止は、事務局の担当者だけが行えます。"))
        refuse_stale(meeting, seen)
        changes = write(meeting, state=MeetingState.CANCELLED)
        record(by=by, action="meetings.cancel", target=meeting, reason=reason, **changes)
        return meeting

A page asks for it through `foundation.ui.attempts`, which puts a refusal where the person looks.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Field, Model, QuerySet
from django.utils.translation import gettext as _

from foundation.audit.actor import SYSTEM, Actor
from foundation.audit.log import note_refusal, record
from foundation.audit.models import Via
from foundation.audit.words import words_of
from foundation.db.constraints import sentence_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["SYSTEM", "Actor", "Conflict", "Via", "action", "demand", "hold", "record", "refuse_stale", "write"]

P = ParamSpec("P")
R = TypeVar("R")
Row = TypeVar("Row", bound=Model)


class Conflict(Exception):
    """Somebody, perhaps the same person in another window, wrote after this page was opened.

    `stored` is what stands there now, `sent` what the page wanted; nothing of it was stored. The page shows both
    and can be sent again by whoever has then seen what stands there.
    """

    def __init__(self, stored: Any = None, sent: Any = None) -> None:
        super().__init__(
            _(
                "このページを開いた後に、他の画面から内容が変更されています。まだ何も保存していません。"
                "今の内容を確認して、もう一度操作してください。"
            )
        )
        self.stored, self.sent = stored, sent


def action(do: Callable[P, R]) -> Callable[P, R]:
    """One transaction. A promise of the database that it would break is told in the promise's own words."""

    @wraps(do)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return do(*args, **kwargs)
        except IntegrityError as error:
            raise ValidationError(sentence_of(error)) from error
        except PermissionDenied:
            by = kwargs.get("by")
            if isinstance(by, Actor):
                note_refusal(by=by, action="audit.refuse", label=words_of(name_of(do)))
            raise

    return done


def name_of(do: Callable[..., object]) -> str:
    """As it stands in the audit log: the room, and what is done there."""
    room = do.__module__.partition(".actions")[0].rpartition(".")[2]
    return f"{room}.{do.__name__}"


def demand(allowed: bool, sentence: "StrOrPromise") -> None:
    """Pages offer only what is allowed: whoever is refused here came too late, or wrote the request by hand."""
    if not allowed:
        raise PermissionDenied(sentence)


def hold(rows: "QuerySet[Row]", pk: Any) -> Row:
    """The row as it stands now, kept from others until the action is over."""
    held = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if held is None:
        raise ValidationError(_("他の画面で削除されたため、見つかりません。何も変更していません。"), code="gone")
    return held


def refuse_stale(row: Any, seen: int, sent: Any = None) -> None:
    """`seen` is the row's version as the page showed it."""
    if row.version != seen:
        raise Conflict(row, sent)


def write(row: Model, *, exclude: Collection[str] = (), **values: Any) -> dict[str, list[Any]]:
    """Set, judge and save; returns {field: [before, after]} of what is now different.

    A row with a `version` counts the change, so that pages opened before it are known as such. What is the same
    as before is not written. `exclude` names fields that are not judged.
    """
    changes = _set(row, values)
    if not changes and not row._state.adding:
        return {}
    names = {field.name for field in row._meta.concrete_fields}
    if not row._state.adding and "version" in names and "version" not in values:
        row.version += 1  # type: ignore[attr-defined]
    # A person needs no password; it is set on pages of its own.
    row.full_clean(exclude={"password", *exclude})
    row.save()
    return changes


def _set(row: Model, values: dict[str, Any]) -> dict[str, list[Any]]:
    changes = {}
    for name, value in values.items():
        field = row._meta.get_field(name)
        assert isinstance(field, Field)
        before = field.value_from_object(row)
        setattr(row, name, value)
        after = field.value_from_object(row)
        if before != after:
            changes[name] = [before, after]
    return changes
