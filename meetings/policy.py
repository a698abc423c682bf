"""Who may, and when. Actions ask and decide; templates ask to know which buttons to show."""

from foundation.db import clock
from meetings.models import AgendaItem, Material, Meeting, Survey
from meetings.states import MeetingState, Mode, SectionKind
from members import rules
from members.models import Anybody


def can_run(user: Anybody, meeting: Meeting) -> bool:
    """Runs the desk of the meeting's group today."""
    return rules.runs_desk(user, meeting.group_id)


def can_record(user: Anybody, meeting: Meeting) -> bool:
    """Roll, record and questions: also after the meeting, since what was published stays as it was."""
    return meeting.state != MeetingState.CANCELLED and can_run(user, meeting)


def is_being_prepared(meeting: Meeting) -> bool:
    """Its time, agenda and form may still change."""
    return meeting.state in {MeetingState.DRAFT, MeetingState.ANNOUNCED}


def can_fall_short(meeting: Meeting) -> bool:
    """Too few can have come only once its day has come."""
    return is_being_prepared(meeting) and meeting.starts_at is not None and meeting.day <= clock.today()


def can_be_corrected(meeting: Meeting) -> bool:
    """Place and agenda also after the day: what was published of it stays as it was."""
    return meeting.state != MeetingState.CANCELLED


def is_ready_to_announce(meeting: Meeting) -> bool:
    """A call needs a day to come and a form to answer."""
    return meeting.state == MeetingState.DRAFT and meeting.starts_at is not None and hasattr(meeting, "survey")


def replies_are_gone(meeting: Meeting) -> bool:
    """They were disposed of: no page counts what is no longer there."""
    return hasattr(meeting, "survey") and meeting.survey.replies_disposed_on is not None


def is_open(survey: Survey) -> bool:
    """For the person that `Survey.objects.for_person()` was asked about, by the database's clock."""
    return survey.meeting.state == MeetingState.ANNOUNCED and survey.opens_at <= survey.clock < survey.closes_for


def is_late(survey: Survey) -> bool:
    """After this person's own deadline and before the meeting is held: only the desk still takes an answer."""
    return survey.meeting.state == MeetingState.ANNOUNCED and survey.clock >= survey.closes_for


def shows_themes(meeting: Meeting, survey: Survey | None) -> bool:
    """How many want which theme, to everybody inside: when nobody's tick can be told from the next any more."""
    if survey is None or SectionKind.THEMES not in survey.kinds:
        return False
    return survey.closes_at <= survey.clock and not replies_are_gone(meeting)


def can_see_online_url(meeting: Meeting, mode: str | None) -> bool:
    """Those who said that they come online; the desk has pages of its own."""
    return bool(meeting.online_url) and mode == Mode.ONLINE


def may_present(user: Anybody, item: AgendaItem) -> bool:
    """Who presents the item brings its materials, as long as they take part on the day."""
    presenter = item.presenter
    if presenter is None or presenter.user != user:
        return False
    return item.meeting.group.memberships.on(item.meeting.day).filter(pk=presenter.pk).exists()


def may_replace(user: Anybody, material: Material) -> bool:
    """A presenter what they brought themselves, as long as the item is theirs."""
    item, by = material.item, material.offered_by
    return item is not None and by is not None and by == item.presenter and may_present(user, item)


def takes_from_presenters(meeting: Meeting) -> bool:
    """Until it begins; then what is on the table is what was read."""
    if meeting.state != MeetingState.ANNOUNCED or meeting.starts_at is None:
        return False
    return clock.now() < meeting.starts_at
