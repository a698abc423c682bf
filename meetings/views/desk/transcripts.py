"""A transcript comes in: a text or a file, a look at who said what; what is ticked becomes lines of the record."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from foundation.actions import Actor
from foundation.apart import Busy
from foundation.apart.word import NoWords, words_in
from foundation.ui.attempts import attempt
from meetings.actions.record import add_entries
from meetings.file_kinds import refuse_unless_plain
from meetings.forms.transcripts import NOTICES, PickForm, TranscriptForm
from meetings.models import Meeting
from meetings.transcripts import Utterance, brought_back, utterances
from meetings.views.desk._shared import desk_meeting
from meetings.views.desk.record import page_of
from members.login import LoggedIn
from tablecheck import Unreadable
from tablecheck.charsets import decode

TEXTS = ("vtt", "srt", "txt")
# How long a page waits for a reader.
PATIENCE = 10


def import_transcript(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = desk_meeting(request, slug, number)
    form: TranscriptForm | PickForm = TranscriptForm()
    if request.method == "POST" and "carried" in request.POST:
        form = _brought_back(request, meeting) or form
    elif request.method == "POST":
        asked = TranscriptForm(request.POST, request.FILES)
        found = attempt(asked, _read)
        form = _pick(meeting, found) if found else asked
    if isinstance(form, PickForm) and form.is_bound:
        lines = attempt(form, add_entries, meeting=meeting, by=Actor.of(request))
        if lines:
            said = _("%s行を記録に追加しました。選ばなかった行は保存していません。") % len(lines)
            messages.success(request, said)
            place = lines[0].item_id or NOTICES
            span = f"{lines[0].pk}-{lines[-1].pk}"
            return redirect(page_of(meeting, f"?place={place}&added={span}#add-{place}"))
    picking = form if isinstance(form, PickForm) else None
    context = {"meeting": meeting, "form": form, "picking": picking}
    return render(request, "meetings/desk/import_transcript.html", context)


def _read(*, pasted: str, file: Any) -> list[Utterance]:
    """Of a text and a file the file counts: it was chosen last."""
    if not file:
        return utterances(pasted)
    suffix = (file.name or "").rpartition(".")[2].lower()
    try:
        if suffix == "docx":
            refuse_unless_plain(file)
            return utterances(words_in(file, wait=PATIENCE))
        if suffix in TEXTS:
            return utterances(decode(file.read())[0])
    except (NoWords, Unreadable) as refusal:
        raise ValidationError(str(refusal)) from refusal
    except Busy:
        again = _("別のファイルを読み込んでいます。少し待ってから、もう一度お試しください。何も保存していません。")
        raise ValidationError(again) from None
    raise ValidationError(
        _(
            "この種類のファイルは読み取れません。WebVTT（.vtt）、SRT（.srt）、Word（.docx）、テキスト（.txt）を選んでください。"
        )
    )


def _brought_back(request: LoggedIn, meeting: Meeting) -> PickForm | None:
    try:
        return _pick(meeting, brought_back(request.POST["carried"]), request.POST)
    except (ValueError, RecursionError):
        messages.error(request, _("この画面の情報が足りません。もう一度文字起こしを選択してください。"))
        return None


def _pick(meeting: Meeting, found: list[Utterance], data: Any = None) -> PickForm:
    people = meeting.group.memberships.on(meeting.day).select_related("user").in_roster_order()
    return PickForm(data, found=found, items=list(meeting.items.all()), people=list(people))
