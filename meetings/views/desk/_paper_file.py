"""A paper of the office as it is handed out: Word or PDF."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from foundation.db import clock
from foundation.documents.blocks import Document
from foundation.documents.writers import WRITERS
from foundation.http.download import attachment
from meetings.models import Meeting
from members.login import LoggedIn


def paper_file(request: LoggedIn, meeting: Meeting, document: Document, suffix: str, plain: str) -> HttpResponse:
    if suffix not in WRITERS:
        raise Http404
    write, content_type = WRITERS[suffix]
    try:
        made = write(document, at=clock.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("desk_meeting", meeting.group.slug, meeting.number)
    name = f"{document.title}.{suffix}"
    headers = {
        "Content-Disposition": attachment(name, plain=f"{meeting.group.slug}-{meeting.number}-{plain}.{suffix}")
    }
    return HttpResponse(made, content_type=content_type, headers=headers)
