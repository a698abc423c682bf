"""Who answered what: the list a page at a time, each question's answers together, and files of both."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.http.in_place import looks_again, unless_the_same
from meetings import policy
from meetings.models import Meeting
from meetings.states import MeetingState
from meetings.survey.people import FILTERS, Counts, count, filters, people, stretch, ways
from meetings.survey.tally import file_rows, tally as whole
from meetings.views.desk._shared import PER_PAGE, PER_PRINT, desk_meeting as load
from members.filing import XLSX, table, workbook
from members.login import LoggedIn
from members.states import COUNTED


class Chosen:
    """Whom the list shows: those of one category, of one way of taking part, and of one more sort."""

    def __init__(self, asked: QueryDict, meeting: Meeting) -> None:
        self.ways = ways(meeting)
        self.category, self.way, self.show = (
            value if (value := asked.get(name, "")) in known else ""
            for name, known in (("category", COUNTED), ("way", self.ways), ("show", filters(meeting)))
        )
        self.is_whole = "all" in asked

    def label(self, meeting: Meeting) -> str:
        """In words; empty where a tab says it."""
        if not self.category and not self.way:
            return ""
        said = (
            meeting.group.category(self.category),
            self.ways.get(self.way),
            self.show and FILTERS[self.show].label,
        )
        return "・".join(str(each) for each in said if each)

    def page(self, meeting: Meeting, counts: Counts, number: str | None) -> "Page[Any]":
        """What the counts told already is not counted again."""
        own = {name: value for name, value in (("category", self.category), ("way", self.way)) if value}
        if self.show:
            many = people(meeting).filter(FILTERS[self.show].which, **own).count()
        else:
            many = counts.chosen(self.category, self.way)
        places = Paginator(range(many), PER_PRINT if self.is_whole else PER_PAGE)
        page: Page[Any] = places.get_page(number)
        start = (page.number - 1) * places.per_page
        page.object_list = stretch(meeting, start, start + places.per_page, show=self.show, **own)
        return page


@require_safe
def tally(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """Big numbers, each category's own, and the list in the order of the roster; anew while it lies open."""
    meeting = load(request, slug, number)
    counts = count(meeting)
    chosen = Chosen(request.GET, meeting)
    page = chosen.page(meeting, counts, request.GET.get("page"))
    context = {
        "meeting": meeting,
        "counts": counts,
        "lines": [(name, meeting.group.category(name) or _("合計"), *line) for name, *line in counts.lines],
        "ways": chosen.ways,
        "chosen": chosen,
        "chosen_label": chosen.label(meeting),
        "filters": [(name, each.label) for name, each in filters(meeting).items()],
        "page": page,
        "rows": page.object_list,
        "takes_answers": meeting.state == MeetingState.ANNOUNCED,
        "was_called": hasattr(meeting, "survey") and meeting.state != MeetingState.DRAFT,
        "is_live": meeting.state == MeetingState.ANNOUNCED and not chosen.is_whole,
    }
    if looks_again(request):
        return unless_the_same(request, render(request, "meetings/desk/_tally_live.html", context))
    return render(request, "meetings/desk/tally.html", context)


@require_safe
def tally_answers(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    """What each part of the form found, in its order."""
    meeting = load(request, slug, number)
    found = whole(meeting)
    context = {"meeting": meeting, "tally": found, "questions": found.questions_by_target()}
    return render(request, "meetings/desk/tally_answers.html", context)


@require_safe
def tally_csv(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = _kept(request, slug, number)
    header, *rows = file_rows(meeting, with_addresses=True)
    paper = table(_name(meeting, "csv"), "", header, rows)
    return _download(paper.content, "text/csv; charset=utf-8", paper.name)


@require_safe
def tally_xlsx(request: LoggedIn, slug: str, number: int) -> HttpResponse:
    meeting = _kept(request, slug, number)
    header, *rows = file_rows(meeting, with_addresses=True)
    return _download(workbook(_("回答状況"), header, rows), XLSX, _name(meeting, "xlsx"))


def _kept(request: LoggedIn, slug: str, number: int) -> Meeting:
    meeting = load(request, slug, number)
    if policy.replies_are_gone(meeting):
        raise Http404
    return meeting


def _name(meeting: Meeting, ending: str) -> str:
    return f"answers-{meeting.group.slug}-{meeting.number}.{ending}"


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
