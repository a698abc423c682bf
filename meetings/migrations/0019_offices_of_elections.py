"""An election knows the office that it gave; on the way back, what is due on a day alone is due at a meeting."""

from django.db import migrations

FIND = """
UPDATE meetings_election AS election SET office_term_id = term.id
FROM meetings_meeting AS meeting, members_officeterm AS term
WHERE meeting.id = election.meeting_id
  AND term.membership_id = election.elected_id
  AND term.office = election.office
  AND term.valid_from = (coalesce(meeting.held_from, meeting.starts_at) AT TIME ZONE 'Asia/Tokyo')::date
"""


def find_offices(apps, schema_editor):
    schema_editor.execute(FIND)


def be_due_at_a_meeting(apps, schema_editor):
    """At the next one; where none is planned, one is, or the assignment would have no place in the tables before."""
    Assignment = apps.get_model("meetings", "Assignment")
    Meeting = apps.get_model("meetings", "Meeting")
    for assignment in Assignment.objects.filter(due_meeting=None).select_related("meeting"):
        own = assignment.meeting
        standing = Meeting.objects.filter(group=own.group_id).exclude(state="cancelled").order_by("number")
        due = standing.filter(number__gt=own.number).first()
        if due is None:
            due = Meeting.objects.create(group_id=own.group_id, number=own.number + 1)
        Assignment.objects.filter(pk=assignment.pk).update(due_meeting=due)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0018_corrected_results")]

    operations = [migrations.RunPython(find_offices, be_due_at_a_meeting)]
