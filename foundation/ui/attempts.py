"""A page asks for an action: what the house refuses in words stands on the page, with all that was typed."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, QueryDict

from foundation.actions import Conflict
from foundation.ui.forms import Portal

R = TypeVar("R")


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST too, because its errors are to be shown."""
    return request.POST if request.method == "POST" else None


def attempt(form: Portal, do: Callable[..., R], **values: Any) -> R | None:
    """Do it with what the form holds, and return what it returns.

    None where nothing was sent or something was refused; the reasons then stand in the form, and where somebody
    else wrote meanwhile both texts (`PortalForm.meet`).
    """
    if not form.is_valid():
        return None
    try:
        return do(**values, **form.cleaned_data)
    except Conflict as conflict:
        form.meet(conflict)
    except ValidationError as refusal:
        for name, errors in _by_field(refusal).items():
            form.add_error(name if name in form.fields else None, errors)
    except PermissionDenied as refusal:
        form.add_error(None, _sentence(refusal))
    return None


def seen(request: HttpRequest) -> int:
    """Which version of the row the page of this button showed; -1, which no row has, where it does not say."""
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def done(form: Portal, do: Callable[..., object], **values: Any) -> bool:
    """The same for an action whose result nobody needs: whether it was done."""

    def do_and_say_yes(**given: Any) -> bool:
        do(**given)
        return True

    return bool(attempt(form, do_and_say_yes, **values))


def press(request: HttpRequest, do: Callable[..., object], **values: Any) -> bool:
    """The same for an action in one press, which has no form: the reason is told on the next page."""
    try:
        do(**values)
    except ValidationError as refusal:
        sentences = refusal.messages
    except (Conflict, PermissionDenied) as refusal:
        sentences = [_sentence(refusal)]
    else:
        return True
    for sentence in sentences:
        messages.error(request, sentence)
    return False


def _sentence(refusal: Exception) -> str:
    """A refusal without words goes on to the page of 403."""
    if not str(refusal):
        raise refusal
    return str(refusal)


def _by_field(refusal: ValidationError) -> dict[str, list[str]]:
    return refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
