"""The words of a call at the desk: written, tried, and taken along as a file or as text."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.db import clock
from foundation.documents import as_text
from foundation.http.download import attachment
from foundation.ui.attempts import done, posted, press
from meetings import call_papers, correspondence, notices, policy
from meetings.actions import notices as actions
from meetings.forms.notices import NoticeForm
from meetings.models import Meeting
from meetings.views.desk._paper_file import paper_file
from meetings.views.desk._shared import desk_meeting as load
from members.filing import pack
from members.login import LoggedIn


def edit_notice(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    form = NoticeForm(
        posted(request), instance=notices.of(load(request, slug, number)), usual=notices.usual(meeting)
    )
    if request.method == "POST" and done(form, actions.edit_notice, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("開催通知の文面を保存しました。"))
        return redirect(request.path)
    context = {
        "meeting": meeting,
        "form": form,
        "document": notices.document(meeting, notices.of(meeting)),
        "has_copies": notices.has_copies(meeting),
        "is_being_prepared": policy.is_being_prepared(meeting),
        "can_test": bool(request.user.address and meeting.starts_at) and meeting.asked().exists(),
    }
    return render(request, "meetings/desk/edit_notice.html", context, status=form.status)


@require_safe
def notice_file(request: LoggedIn, slug: str, number: int, suffix: str) -> HttpResponse:
    """Word or PDF; as a ZIP all that the decision before it needs."""
    meeting = load(request, slug, number)
    if suffix == "zip":
        return _package(request, meeting)
    return paper_file(request, meeting, notices.document(meeting, notices.of(meeting)), suffix, "notice")


def _package(request: LoggedIn, meeting: Meeting) -> HttpResponse:
    try:
        made = pack(call_papers.papers(meeting, at=clock.now()))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("desk_meeting", meeting.group.slug, meeting.number)
    plain = f"{meeting.group.slug}-{meeting.number}-notice.zip"
    saved = attachment(_("%s 開催通知 起案用一式") % meeting + ".zip", plain=plain)
    return HttpResponse(made, content_type="application/zip", headers={"Content-Disposition": saved})


@require_safe
def notice_copies(request: LoggedIn, slug: str, number: int, suffix: str) -> HttpResponse:
    meeting = load(request, slug, number)
    return paper_file(request, meeting, notices.copies(meeting, notices.of(meeting)), suffix, "copies")


@require_safe
def notice_text(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    text = as_text.render(notices.document(meeting, notices.of(meeting)))
    context = {"meeting": meeting, "text": text, "links": correspondence.by_groupware(meeting)}
    return render(request, "meetings/desk/notice_text.html", context)


@require_POST
def send_test(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = load(request, slug, number)
    if press(request, actions.send_test, meeting=meeting, by=Actor.of(request)):
        said = _("%sへのテストを送信待ちに入れました。数分のうちに届きます。")
        messages.success(request, said % request.user.address)
    return redirect("meetings:edit_notice", slug, number)
