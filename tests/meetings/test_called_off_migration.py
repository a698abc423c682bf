"""Before, the trail alone knew why a meeting was called off."""

from foundation.actions import Actor
from foundation.audit.models import Event
from meetings.actions import meetings
from meetings.models import Meeting
from tests.meetings.test_letters_migration import TODAY, to


def test_what_was_called_off_before_gets_its_reason_from_the_trail(meeting, suzuki):
    meetings.cancel(meeting=meeting, by=Actor(suzuki), seen=meeting.version, reason="台風")
    told = Event.objects.get(action="meetings.cancel").at
    to(("meetings", "0014_dates"))
    to(TODAY)
    again = Meeting.objects.get(pk=meeting.pk)
    assert (again.called_off_reason, again.called_off_at) == ("台風", told)
