"""Who may, and when. Actions ask and decide; templates ask to know which buttons to show."""

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.db import clock
from meetings.models import AgendaItem, Material, Meeting, Reply, Survey
from meetings.states import TOLD_BEFORE, MeetingState, Mode, SectionKind
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


def not_yet_concluded(meeting: Meeting) -> str:
    """Why the result of a meeting in writing is not settled now; nothing where it can be.

    Its day has come, and everybody has answered, or has no time left to.
    """
    survey = getattr(meeting, "survey", None)
    if not meeting.is_written or survey is None or meeting.state != MeetingState.ANNOUNCED:
        return str(_("結果を決められるのは、書面開催として通知した会議だけです。"))
    if meeting.day > clock.today():
        return str(_("議決の日がまだ来ていません。早めるときは、会議の日時を改めてください。"))
    own = Reply.objects.standing().in_kind_of(meeting).filter(survey=survey)
    silent = meeting.asked().exclude(pk__in=own.values("membership"))
    running = Q(extensions__survey=survey, extensions__until__gt=clock.now())
    waits = silent if survey.closes_at > clock.now() else silent.filter(running)
    if count := waits.distinct().count():
        return str(
            _("まだ回答できる方が%s名います。全員の回答がそろうか、回答期限が過ぎると、結果を決められます。")
            % count
        )
    return ""


def shows_themes(meeting: Meeting, survey: Survey | None) -> bool:
    """How many want which theme, to everybody inside: when nobody's tick can be told from the next any more."""
    if survey is None or SectionKind.THEMES not in survey.kinds:
        return False
    return survey.closes_at <= survey.clock and not replies_are_gone(meeting)


def can_see_online_url(meeting: Meeting, mode: str | None) -> bool:
    """Those who said that they come online; the desk has pages of its own."""
    return bool(meeting.online_url) and mode == Mode.ONLINE and not meeting.is_written


def tells_citizens(meeting: Meeting) -> bool:
    """Of a public group's meeting to which people may come, once it was called, from the day that its desk chose.

    Also of one that was held or called off since: whoever had read of it finds what became of it.
    """
    if not meeting.group.is_public or meeting.openness not in TOLD_BEFORE:
        return False
    called = meeting.announced_at is not None and meeting.state != MeetingState.DRAFT
    return called and meeting.public_from is not None and meeting.public_from <= clock.today()


def may_present(user: Anybody, item: AgendaItem) -> bool:
    """Who presents the item brings its materials, as long as they take part on the day."""
    presenter = item.presenter
    if presenter is None or presenter.user != user:
        return False
    return item.meeting.group.memberships.on(item.meeting.day).filter(pk=presenter.pk).exists()


def may_consent(user: Anybody, material: Material) -> bool:
    """Whoever brought it: that citizens read it is for who presents the item to say."""
    return material.item is not None and may_present(user, material.item)


def may_replace(user: Anybody, material: Material) -> bool:
    """A presenter what they brought themselves, as long as the item is theirs."""
    item, by = material.item, material.offered_by
    return item is not None and by is not None and by == item.presenter and may_present(user, item)


def takes_from_presenters(meeting: Meeting) -> bool:
    """Until it begins; then what is on the table is what was read."""
    if meeting.state != MeetingState.ANNOUNCED or meeting.starts_at is None:
        return False
    return clock.now() < meeting.starts_at
