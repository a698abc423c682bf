"""The desk asks those who spoke or are named whether their words stand right, and takes up what they say."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.actions import Actor
from foundation.calendar.workdays import CLOSING_TIME, TOKYO
from foundation.db import clock
from foundation.ui.attempts import done, posted, press, seen
from meetings import emails
from meetings.models import Meeting
from members import working_days
from members.login import LoggedIn
from reports.actions import words as actions
from reports.compose import compose
from reports.compose.passages import block_of, passages, sha256, who_may_be_asked
from reports.forms.words import AskForWordsForm, DecideOnWordsForm, MoveWordsForm
from reports.models import Report, WordsCheck, WordsCorrection
from reports.models.words import WordsReaderQuerySet
from reports.states import Decision, ReportState
from reports.views.desk import held_meeting

DAYS_TO_LOOK = 5


@require_safe
def words(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Who has found their words right, who wants something else, who has said nothing."""
    meeting = held_meeting(request, slug, number)
    check = _standing(meeting)
    report = Report.of(meeting)
    readers = list(_readers(check)) if check else []
    people = [reader.membership for reader in readers]
    now = passages(compose(meeting), meeting, people) if people else {}
    context = {
        "meeting": meeting,
        "report": report,
        "check": check,
        "readers": [(one, bool(one.sha256) and one.sha256 != sha256(now[one.membership_id])) for one in readers],
        "silent": [one for one in readers if one.answered_at is None],
        "may_ask": check is None and report.state != ReportState.APPROVED,
    }
    return render(request, "reports/desk/words.html", context)


def ask_for_words(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """The check page: whom, until when, and what the letter says."""
    meeting = held_meeting(request, slug, number)
    if request.method != "POST" and (_standing(meeting) or Report.of(meeting).state == ReportState.APPROVED):
        return redirect("reports:words", slug, number)
    people = list(who_may_be_asked(meeting))
    form = AskForWordsForm(
        posted(request),
        people=people,
        found=passages(compose(meeting), meeting, people),
        initial={"closes_at": _proposed()},
    )
    if request.method == "POST" and done(form, actions.ask_for_words, meeting=meeting, by=Actor.of(request)):
        messages.success(request, _("%s名に確認を依頼しました。") % len(form.cleaned_data["people"]))
        return redirect("reports:words", slug, number)
    context = {"meeting": meeting, "form": form, "people": people, "when_it_leaves": emails.when_it_leaves()}
    return render(request, "reports/desk/ask_for_words.html", context, status=form.status)


def move_words(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting, check = _asked(request, slug, number)
    form = MoveWordsForm(posted(request), initial={"closes_at": check.closes_at, "seen": check.version})
    if request.method == "POST" and done(form, actions.move_words, check=check, by=Actor.of(request)):
        messages.success(request, _("確認の期限を変更しました。未確認の方には、メールでお知らせします。"))
        return redirect("reports:words", slug, number)
    context = {"meeting": meeting, "check": check, "form": form}
    return render(request, "reports/desk/move_words.html", context, status=form.status)


@require_POST
def remind_of_words(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    _meeting, check = _asked(request, slug, number)
    if press(request, actions.remind_of_words, check=check, by=Actor.of(request), seen=seen(request)):
        messages.success(request, _("未確認の方への再案内を用意しました。"))
    return redirect("reports:words", slug, number)


@require_POST
def call_off_words(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    _meeting, check = _asked(request, slug, number)
    if press(request, actions.call_off_words, check=check, by=Actor.of(request), seen=seen(request)):
        messages.success(request, _("確認の依頼を取り下げました。受け付けた回答は、記録に残ります。"))
    return redirect("reports:words", slug, number)


def decide_on_words(request: LoggedIn, slug: str, number: int, correction: int) -> HttpResponse:
    """Beside what stands there now."""
    meeting = held_meeting(request, slug, number)
    rows = WordsCorrection.objects.filter(reader__check_asked__report__meeting=meeting)
    wanted = get_object_or_404(
        rows.select_related("reader__membership__user", "reader__check_asked__report"), pk=correction
    )
    block = block_of(compose(meeting), wanted.key)
    form = DecideOnWordsForm(posted(request), initial=_shown(wanted, block.sha256 if block else ""))
    given: dict[str, Any] = {"correction": wanted, "by": Actor.of(request)}
    if request.method == "POST" and done(form, actions.decide_on_words, **given):
        messages.success(request, _("修正の申出の採否を記録しました。"))
        typed_elsewhere = block and not block.is_replaceable and not block.key.startswith("entry-")
        if typed_elsewhere and form.cleaned_data["decision"] == Decision.ADOPTED:
            messages.warning(
                request, _("この箇所は、会議の内容を入力したページで直してください。まだ直っていません。")
            )
        return redirect("reports:words", slug, number)
    context = {"meeting": meeting, "form": form, "wanted": wanted, "block": block, "asks": _asks(wanted, form)}
    return render(request, "reports/desk/decide_on_words.html", context, status=form.status)


def _asks(wanted: WordsCorrection, form: DecideOnWordsForm) -> bool:
    return form.is_bound or not wanted.decision


def _shown(wanted: WordsCorrection, sha: str) -> dict[str, Any]:
    return {"words": wanted.words, "shown": sha, "seen": wanted.version}


def _standing(meeting: Meeting) -> WordsCheck | None:
    return WordsCheck.objects.standing().filter(report__meeting=meeting).select_related("report").first()


def _readers(check: WordsCheck) -> WordsReaderQuerySet:
    rows = check.readers.select_related("membership__user", "membership__group")
    return rows.prefetch_related("corrections__decided_by")


def _asked(request: LoggedIn, slug: str, number: int) -> tuple[Meeting, WordsCheck]:
    meeting = held_meeting(request, slug, number)
    check = _standing(meeting)
    if check is None:
        raise Http404
    return meeting, check


def _proposed() -> datetime:
    """Five working days to look."""
    return datetime.combine(working_days.workdays_after(clock.today(), DAYS_TO_LOOK), CLOSING_TIME, TOKYO)
