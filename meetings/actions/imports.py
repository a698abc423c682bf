"""Answers that people gave in another form, taken over by the desk as if it had been told by telephone."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from meetings.actions.replies import take_over_attendance
from meetings.models import Meeting, Survey
from meetings.survey.importing import ImportLine


@action
def import_replies(*, meeting: Meeting, by: Actor, source: str, chosen: Sequence[ImportLine]) -> int:
    """All that was chosen, or nothing. Only the attendance is written, and a note where there is one."""
    survey = Survey.objects.filter(meeting=meeting).first()
    if survey is None or not chosen:
        raise ValidationError(_("取り込む行がありません。"))
    for line in sorted(chosen, key=lambda line: line.person.pk if line.person else 0):
        assert line.person, "only who was found is chosen"
        take_over_attendance(
            survey=survey, membership=line.person, values=line.values, by=by, key=uuid4(), seen=line.seen
        )
    record(by=by, action="meetings.import_replies", target=meeting, source=source[-255:], rows=len(chosen))
    return len(chosen)
