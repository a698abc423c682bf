"""A ZIP for the document system: everything there is of a meeting, or of a group's year, with a list of contents.

What is not in the portal (papers that were handed out, a signed original) is not in it, and the list says so.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

import meetings.papers
import members.papers
import opendata.papers
import reports.papers
from foundation.audit.models import Event
from meetings.models import Meeting
from members.filing import Paper, of_log
from members.models import WorkingGroup


def of_meeting(meeting: Meeting) -> Iterator[Paper]:
    yield from meetings.papers.of_meeting(meeting)
    yield from reports.papers.of_meeting(meeting)
    about = Event.objects.filter(target_type="meetings.meeting", target_id=meeting.pk)
    if hasattr(meeting, "report"):
        about |= Event.objects.filter(target_type="reports.report", target_id=meeting.report.pk)
        revisions = meeting.report.revisions.values("pk")
        about |= Event.objects.filter(target_type="reports.reportrevision", target_id__in=revisions)
    events = about.select_related("by").order_by("id")
    yield of_log(_("05_決裁記録/操作記録.csv"), _("会議と結果報告についての操作記録"), events)


def of_year(group: WorkingGroup) -> Iterator[Paper]:
    yield from members.papers.of_group(group)
    yield opendata.papers.of_group(group)
    taken: Counter[str] = Counter()
    for meeting in group.meetings.select_related("group").order_by("number", "id"):
        said = {"number": meeting.number, "state": meeting.get_state_display()}
        folder = _("第%(number)s回（%(state)s）") % said
        # A number may be that of several that were called off.
        taken[folder] += 1
        folder = folder if taken[folder] == 1 else f"{folder}_{taken[folder]}"
        for paper in of_meeting(meeting):
            yield replace(paper, name=f"{folder}/{paper.name}")
