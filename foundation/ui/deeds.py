"""A page asks for a deed: what the house refuses in words becomes an error of the form, never a broken page."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from foundation.db.constraints import sentence_of


def posted(request):
    """What a form is bound to: an empty POST too, because its errors are to be shown."""
    return request.POST if request.method == "POST" else None


def attempt(form, deed, **values):
    """Do the deed with what the form holds, and return what it returns.

    None where nothing was sent or something was refused; the reasons then stand in the form.
    """
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return deed(**values, **form.cleaned_data)
    except ValidationError as refusal:
        for name, errors in _by_field(refusal).items():
            form.add_error(name if name in form.fields else None, errors)
    except IntegrityError as refusal:
        form.add_error(None, sentence_of(refusal))
    return None


def done(form, deed, **values) -> bool:
    """The same for a deed whose result nobody needs: whether it was done."""

    def deed_and_yes(**given):
        deed(**given)
        return True

    return bool(attempt(form, deed_and_yes, **values))


def attempt_or_say(request, deed, **values) -> bool:
    """The same for a deed in one press, which has no form: the reason is told on the next page."""
    try:
        with transaction.atomic():
            deed(**values)
    except ValidationError as refusal:
        sentences = refusal.messages
    except IntegrityError as refusal:
        sentences = [sentence_of(refusal)]
    else:
        return True
    for sentence in sentences:
        messages.error(request, sentence)
    return False


def _by_field(refusal):
    return refusal.message_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.messages}
