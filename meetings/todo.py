"""What somebody has to do next about meetings."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.ui.todo import Todo
from meetings import policy
from meetings.models import DatePoll, DateReply, Meeting, Question, Reply, Survey
from meetings.models.dates import DatePollQuerySet
from meetings.states import MeetingState
from members.models import User


def todo(user: User) -> list[Todo]:
    return [*_to_answer(user), *_dates(user), *_asked(user), *_to_announce(user)]


def forms_to_answer(user: User) -> list[Survey]:
    """Open forms that this person was asked and has not answered for the day that the meeting has now."""
    forms = (
        Survey.objects.for_person(user.memberships.all())
        .filter(meeting__in=Meeting.objects.filter(state=MeetingState.ANNOUNCED).asking(user))
        .exclude(Exists(Reply.objects.standing().as_asked().filter(survey=OuterRef("pk"), membership__user=user)))
        .select_related("meeting__group")
    )
    return [survey for survey in forms if policy.is_open(survey)]


def _to_answer(user: User) -> Iterator[Todo]:
    for survey in forms_to_answer(user):
        yield Todo(
            text=asked_for(survey.meeting),
            url=reverse("meetings:reply", args=[survey.meeting.group.slug, survey.meeting.number]),
            due=survey.closes_for,
            note="" if survey.meeting.is_written else _("回答にかかる時間は1分程度です。"),
        )


def asked_for(meeting: Meeting) -> str:
    if meeting.is_written:
        return _("%sに書面で回答する") % meeting
    return _("%sの出欠を回答する") % meeting


def asked_for_dates(meeting: Meeting) -> str:
    return _("%sの日程調整に回答する") % meeting


def polls_to_answer(user: User) -> DatePollQuerySet:
    """Candidate days of which this person has not said whether they can come."""
    answered = DateReply.objects.answered().filter(poll=OuterRef("pk"), membership__user=user)
    return DatePoll.objects.open_for(user).exclude(Exists(answered)).select_related("meeting__group")


def _dates(user: User) -> Iterator[Todo]:
    for poll in polls_to_answer(user):
        yield Todo(
            text=asked_for_dates(poll.meeting),
            url=reverse("meetings:answer_dates", args=[poll.meeting.group.slug, poll.meeting.number]),
            due=poll.closes_at,
            note=_("回答にかかる時間は1分程度です。"),
        )


def _asked(user: User) -> Iterator[Todo]:
    """Meetings of which somebody asked this person something."""
    asked = Question.objects.asked_of(user.memberships.all()).unanswered()
    waiting = Meeting.objects.announced().kept().filter(questions__in=asked).select_related("group")
    for meeting in waiting.annotate(count=Count("questions")):
        yield Todo(
            text=_("%(meeting)sについての、あなたへの質問%(count)s件に回答する")
            % {"meeting": meeting, "count": meeting.count},
            url=reverse("meetings:answer_questions", args=[meeting.group.slug, meeting.number]),
        )


def _to_announce(user: User) -> Iterator[Todo]:
    """Meetings that the desk has planned and not yet announced."""
    planned = Meeting.objects.run_by(user).filter(state=MeetingState.DRAFT).select_related("group", "date_poll")
    for meeting in planned:
        if poll := _asking(meeting):
            yield Todo(
                text=_("%sの開催日を決める") % meeting,
                url=reverse("meetings:dates", args=[meeting.group.slug, meeting.number]),
                note=_("日程調整の回答期限：%s") % wareki.datetime(poll.closes_at),
            )
            continue
        when = wareki.date(meeting.starts_at) if meeting.starts_at else meeting.date_note or _("日時未定")
        yield Todo(
            text=_("%sの開催通知を送る") % meeting,
            url=reverse("desk_meeting", args=[meeting.group.slug, meeting.number]),
            note=_("開催予定：%s") % when,
        )


def _asking(meeting: Meeting) -> DatePoll | None:
    poll: DatePoll | None = getattr(meeting, "date_poll", None)
    return poll if poll and poll.is_asking else None
