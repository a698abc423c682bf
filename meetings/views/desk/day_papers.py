"""What is printed for the day, taken along as a file."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from meetings.day_papers import PAPERS
from meetings.views.desk._paper_file import paper_file
from meetings.views.desk._shared import with_roll
from members.login import LoggedIn


@require_safe
def day_paper(request: LoggedIn, slug: str, number: int, paper: str, suffix: str) -> HttpResponse:
    meeting = with_roll(request, slug, number)
    if paper not in PAPERS:
        raise Http404
    return paper_file(request, meeting, PAPERS[paper](meeting), suffix, paper)
