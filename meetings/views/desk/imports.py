"""Answers from another form come in: a file, a look at what it would do, one press."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict
from foundation.apart import Busy
from foundation.ui.attempts import attempt
from meetings.actions import imports as actions
from meetings.forms.imports import ImportFileForm, ImportRepliesForm, first_look, sent_with
from meetings.models import Meeting, Reply
from meetings.states import MeetingState
from meetings.survey.importing import SentTable, read
from meetings.views.desk._shared import with_roll
from members.login import LoggedIn
from tablecheck import Unreadable


def import_replies(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = with_roll(request, slug, number)
    look = _Look(request, meeting)
    if look.form and "apply" in request.POST:
        count = attempt(look.form, look.take_in)
        if count:
            messages.success(request, _("%s名の回答を取り込みました。") % count)
            return redirect("meetings:tally", slug, number)
    if look.form:
        look.form.show()
    status = look.form.status if look.form else 200
    context = {"meeting": meeting, "takes_answers": meeting.state == MeetingState.ANNOUNCED}
    context |= {"form": look.form or look.upload, "importing": look.form}
    return render(request, "meetings/desk/import_replies.html", context, status=status)


class _Look:
    """What is before the page: a place for a file, or a table that was read or came back with its page."""

    def __init__(self, request: LoggedIn, meeting: Meeting) -> None:
        self.request, self.meeting = request, meeting
        self.upload = ImportFileForm()
        self.form: ImportRepliesForm | None = None
        if request.method == "POST" and "table" in request.POST:
            self.form = self._back(request.POST)
        elif request.method == "POST":
            self.upload = ImportFileForm(request.POST, request.FILES)
            self.form = attempt(self.upload, self._read)

    def take_in(self, **_cleaned: Any) -> int:
        form = self.form
        assert form, "there is something to take in"
        if self.request.POST.get("shown") != form.plan.shown:
            raise Conflict(form.plan.shown)
        return actions.import_replies(
            meeting=self.meeting,
            by=Actor.of(self.request),
            source=form.cleaned_data["source"],
            chosen=form.plan.chosen(form.ticked),
        )

    def _back(self, data: QueryDict) -> ImportRepliesForm | None:
        try:
            return self._form(data, sent_with(data))
        except ValidationError as refusal:
            messages.error(self.request, refusal.messages[0])
            return None

    def _read(self, **_cleaned: Any) -> ImportRepliesForm:
        file = self.upload.cleaned_data["file"]
        try:
            sent = read(file.read(), file.name)
        except Unreadable as refusal:
            raise ValidationError(refusal.message) from refusal
        except Busy:
            again = _(
                "別のファイルを読み込んでいます。少し待ってから、もう一度お試しください。何も保存していません。"
            )
            raise ValidationError(again) from None
        return self._form(first_look(sent, file.name), sent)

    def _form(self, data: QueryDict, sent: SentTable) -> ImportRepliesForm:
        people = list(self.meeting.asked().select_related("user", "group").in_roster_order())
        rows = Reply.objects.filter(survey__meeting=self.meeting, membership__in=people)
        return ImportRepliesForm(data, sent=sent, people=people, replies={row.membership_id: row for row in rows})
