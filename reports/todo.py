"""What somebody has to do next about reports."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.ui.todo import Todo
from meetings.models import Meeting
from members.models import User
from reports.models import WordsCorrection, WordsReader


def todo(user: User) -> list[Todo]:
    return [*_own_words(user), *_to_decide(user)]


def _own_words(user: User) -> Iterator[Todo]:
    for reader in WordsReader.objects.waiting().filter(membership__user=user):
        yield Todo(
            text=_("%sの記録で、自分の発言などを確認する") % reader.meeting,
            url=reverse("reports:own_words", args=[reader.meeting.group.slug, reader.meeting.number]),
            due=reader.check_asked.closes_at,
        )


def _to_decide(user: User) -> Iterator[Todo]:
    """What people want to read otherwise, and the desk has not decided on."""
    open_ones = WordsCorrection.objects.undecided().filter(reader__check_asked__called_off_at=None)
    meetings = Meeting.objects.run_by(user).kept().filter(report__words_checks__readers__corrections__in=open_ones)
    for meeting in meetings.select_related("group").annotate(wanted=Count("pk")):
        yield Todo(
            text=_("%sの記録への、修正の申出の採否を決める") % meeting,
            url=reverse("reports:words", args=[meeting.group.slug, meeting.number]),
            note=_("%(count)s件あります。") % {"count": meeting.wanted},
        )
