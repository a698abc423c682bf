"""What was written before there were letters: each email of a meeting becomes one, with what the meeting says now."""

import re

from django.db import migrations
from django.db.models import OuterRef, Subquery

KEY = re.compile(r"meetings:(announce|change|remind|cancel|extend|resend):(\d{1,18}):(\d{1,18}):")


def fill(apps, _editor):
    Meeting, Reply = apps.get_model("meetings", "Meeting"), apps.get_model("meetings", "Reply")
    day = Meeting.objects.filter(survey=OuterRef("survey")).values("starts_at")
    Reply.objects.update(said_for=Subquery(day))
    Membership = apps.get_model("members", "Membership")
    meetings, people = Meeting.objects.in_bulk(), set(Membership.objects.values_list("pk", flat=True))
    Letter = apps.get_model("meetings", "Letter")
    letters = []
    emails = apps.get_model("mail", "Email").objects.filter(letter=None).select_related("job")
    for email in emails.order_by("pk").iterator():
        found = KEY.match(email.job.key)
        if found and int(found[2]) in meetings and int(found[3]) in people:
            meeting = meetings[int(found[2])]
            letter = Letter(meeting=meeting, membership_id=int(found[3]), kind=found[1], email=email)
            letter.facts, letter.made_at = facts_of(meeting), email.job.created_at
            letters.append(letter)
    Letter.objects.bulk_create(letters, batch_size=1000)


def facts_of(meeting):
    survey = getattr(meeting, "survey", None)
    moments = {"starts_at": meeting.starts_at, "ends_at": meeting.ends_at, "closes_at": survey and survey.closes_at}
    return {
        **{name: moment and moment.isoformat() for name, moment in moments.items()},
        "place": " ".join(part for part in (meeting.building, meeting.room) if part),
        "theme": meeting.theme,
        "number": meeting.notice_number,
        "items": [item.title for item in meeting.items.order_by("order")],
    }


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_letters")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
