"""What the desk's pages have in common."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404

from meetings.models import Meeting


def desk_meeting(request, slug, number) -> Meeting:
    """The meeting, for those who run its desk; for anybody else it does not exist."""
    meetings = Meeting.objects.standing().run_by(request.user).select_related("group", "report")
    return get_object_or_404(meetings, group__slug=slug, number=number)


def posted(request):
    """For a form's first argument: an empty post is a post, and shows what is missing."""
    return request.POST if request.method == "POST" else None


def done(form, deed, **given) -> bool:
    """Do it with what the form holds; what stands in the way is shown in the form, with all that was typed."""
    if not form.is_valid():
        return False
    try:
        deed(**given, **form.cleaned_data)
    except ValidationError as refusal:
        show(form, refusal)
        return False
    return True


def show(form, refusal: ValidationError) -> None:
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {None: refusal.messages}
    for field, sentences in by_field.items():
        form.add_error(field if field in form.fields else None, sentences)


def pressed(request, deed, success="", **given) -> None:
    """A deed in one press: done, or a sentence on the page it was pressed on."""
    try:
        deed(by=request.user, **given)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        if success:
            messages.success(request, success)
