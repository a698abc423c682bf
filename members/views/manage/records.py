"""What is read rather than written: the start page, the audit log of actions, the outbox."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.audit.models import Event
from foundation.audit.words import words_of
from foundation.mail import actions as mail
from foundation.mail.models import Email
from foundation.mail.policy import can_cancel, can_resend
from foundation.ui.attempts import press
from foundation.ui.paging import how_many, page_by_key
from members.forms.records import AuditFilter, OutboxFilter
from members.login import LoggedIn
from members.models import Municipality, User, WorkingGroup
from members.views.manage import administrators_only

ROWS_PER_PAGE = 50


@require_safe
@administrators_only
def manage(request: LoggedIn) -> HttpResponse:
    context = {
        "town": Municipality.objects.first(),
        "people": how_many(User.objects.active()),
        "groups": how_many(WorkingGroup.objects.all()),
        "short_desks": WorkingGroup.objects.with_short_desk()[:ROWS_PER_PAGE],
        "emails": Email.objects.needing_a_person().count(),
    }
    return render(request, "members/manage/manage.html", context)


@require_safe
@administrators_only
def audit(request: LoggedIn) -> HttpResponse:
    form = AuditFilter(request.GET)
    events = form.narrow(Event.objects.select_related("by"))
    page = page_by_key(events, ["-id"], request.GET, size=ROWS_PER_PAGE)
    for event in page:
        event.words = words_of(event.action)
    return render(request, "members/manage/audit.html", {"form": form, "page": page})


@require_safe
@administrators_only
def outbox(request: LoggedIn) -> HttpResponse:
    form = OutboxFilter(request.GET)
    emails = form.narrow(Email.objects.select_related("to", "job").defer("body"))
    page = page_by_key(emails, ["-id"], request.GET, size=ROWS_PER_PAGE)
    for email in page:
        email.may_resend, email.may_cancel = can_resend(email), can_cancel(email)
    return render(request, "members/manage/outbox.html", {"form": form, "page": page})


@require_POST
@administrators_only
def resend_email(request: LoggedIn, pk: int) -> HttpResponse:
    return _decide(request, pk, mail.resend, _("もう一度送ります。"))


@require_POST
@administrators_only
def cancel_email(request: LoggedIn, pk: int) -> HttpResponse:
    return _decide(request, pk, mail.cancel, _("送信を取り消しました。"))


def _decide(request: LoggedIn, pk: int, action: Callable[..., None], said: str) -> HttpResponse:
    email = get_object_or_404(Email, pk=pk)
    if press(request, action, email=email, by=Actor.of(request)):
        messages.success(request, said)
    return redirect("members:outbox")
