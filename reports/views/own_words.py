"""One's own words in a report that is not out yet: looked at, found right or corrected, by login or by link."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.actions import Actor, Via
from foundation.ui.attempts import done, posted, press
from meetings.models import Meeting
from meetings.states import MeetingState
from members import links
from members.login import LoggedIn
from members.models import Membership
from members.states import Purpose
from members.views.personal import OfLink, by_personal_link
from reports.actions import words as actions
from reports.compose import compose
from reports.compose.passages import passages, sha256
from reports.formats import as_text, blocks
from reports.forms.words import OwnWordsForm
from reports.models import WordsReader
from reports.models.words import WordsReaderQuerySet


@dataclass(frozen=True)
class WordsVisit:
    """One person who was asked, and the addresses of the pages for them."""

    reader: WordsReader
    actor: Actor
    page_url: str
    take_back_url: str
    # Where else the link leads.
    answers_url: str = ""

    @property
    def by_link(self) -> bool:
        return self.actor.via == Via.LINK

    @property
    def membership(self) -> Membership:
        return self.reader.membership

    @property
    def meeting(self) -> Meeting:
        return self.reader.meeting


def own_words(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _page(request, _of_login(request, slug, number))


@require_POST
def take_back_words(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    return _take_back(request, _of_login(request, slug, number))


@by_personal_link(Purpose.MEETING)
def personal_own_words(request: OfLink, number: int) -> HttpResponse:
    return _page(request, _of_link(request, number))


@require_POST
@by_personal_link(Purpose.MEETING)
def personal_take_back_words(request: OfLink, number: int) -> HttpResponse:
    return _take_back(request, _of_link(request, number))


def _page(request: HttpRequest, visit: WordsVisit) -> HttpResponse:
    """Their passages under the numbers of the proof, and the proof itself."""
    composition = compose(visit.meeting)
    own = passages(composition, visit.meeting, [visit.membership])[visit.membership.pk]
    numbered = blocks.numbered(composition.blocks)
    keys = {block.key for block in own}
    mine = [(number, block) for number, block in numbered if block.key in keys]
    form = OwnWordsForm(posted(request), passages=mine, initial={"shown": sha256(own)})
    given = {"reader": visit.reader, "by": visit.actor}
    if request.method == "POST" and done(form, actions.answer_words, **given):
        messages.success(request, _said(bool(form.cleaned_data["wanted"])))
        return redirect(visit.page_url)
    check = visit.reader.check_asked
    context = {
        "visit": visit,
        "meeting": visit.meeting,
        "check": check,
        "reader": visit.reader,
        "form": form,
        "asks": form.is_bound or (check.takes_answers and visit.reader.answered_at is None),
        "corrections": visit.reader.corrections.all(),
        "can_take_back": check.takes_answers and visit.reader.answered_at and not _is_decided(visit.reader),
        "lines": [(number, as_text.line(block)) for number, block in numbered],
    }
    return render(request, "reports/own_words.html", context, status=form.status)


def _take_back(request: HttpRequest, visit: WordsVisit) -> HttpResponse:
    if press(request, actions.take_back_words, reader=visit.reader, by=visit.actor):
        messages.success(request, _("回答を取り消しました。期限までは、改めて回答できます。"))
    return redirect(visit.page_url)


def _is_decided(reader: WordsReader) -> bool:
    return any(correction.decision for correction in reader.corrections.all())


def _said(wants: bool) -> str:
    if wants:
        return _("修正の申出を受け付けました。事務局が確認します。")
    return _("「このままでよい」との回答を受け付けました。ありがとうございました。")


def _of_login(request: LoggedIn, slug: str, number: int) -> WordsVisit:
    rows = WordsReader.objects.filter(membership__user=request.user, membership__group__slug=slug)
    args = [slug, number]
    return WordsVisit(
        reader=_reader(rows, number),
        actor=Actor.of(request),
        page_url=reverse("reports:own_words", args=args),
        take_back_url=reverse("reports:take_back_words", args=args),
    )


def _of_link(request: OfLink, number: int) -> WordsVisit:
    args = [links.token(request.link), number]
    return WordsVisit(
        reader=_reader(WordsReader.objects.filter(membership=request.link.membership), number),
        actor=request.actor,
        page_url=reverse("reports:personal_own_words", args=args),
        take_back_url=reverse("reports:personal_take_back_words", args=args),
        answers_url=f"{links.path_of(request.link)}?answers",
    )


def _reader(rows: WordsReaderQuerySet, number: int) -> WordsReader:
    """The last request to this person, also after its date; of one that was called off nothing is left to see."""
    meetings = Meeting.objects.standing().kept().filter(number=number, state=MeetingState.HELD)
    found = rows.standing().filter(check_asked__report__meeting__in=meetings).order_by("-pk")
    told = found.select_related("membership__user", "check_asked__report__meeting__group__contact_department")
    reader = told.prefetch_related("corrections").first()
    if reader is None:
        raise Http404
    return reader
