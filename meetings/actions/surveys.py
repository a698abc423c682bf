"""What the survey of a meeting asks, and until when."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, action, record
from foundation.db import clock
from meetings.actions._shared import count_change, hold_to_prepare, next_order
from meetings.actions.fields import copy_fields, move
from meetings.actions.letters import settle
from meetings.actions.themes import add_example, is_wanted
from meetings.models import Meeting, Survey, SurveySection, Theme
from meetings.proposals import lines_of
from meetings.states import GIVEN, MeetingState, SectionKind
from members.models import IntroSheet

A_MINUTE = timedelta(minutes=1)


def create_survey(
    meeting: Meeting, *, closes_at: datetime, sections: Iterable[str], themes: Iterable[str] = ()
) -> Survey:
    """Part of an action that has locked the meeting. Attendance is always asked.

    What the form of the meeting before asks of its own, and the order in which it asks, are taken over.
    """
    opens_at = min(clock.now(), closes_at - A_MINUTE)
    survey = Survey.objects.create(meeting=meeting, opens_at=opens_at, closes_at=closes_at)
    previous = _before(meeting)
    _set_sections(survey, sections, like=previous)
    if previous:
        copy_fields(survey, previous)
    known = set(meeting.themes.filter(proposed_in=None).values_list("title", flat=True))
    for title in themes:
        if title not in known:
            add_example(meeting, title)
    return survey


@action
def set_survey(
    *,
    meeting: Meeting,
    by: Actor,
    closes_at: datetime,
    sections: Iterable[str],
    themes: list[str],
    reminds: bool = True,
    seen: int | None = None,
) -> Survey:
    """Decide the deadline, the sections and the themes to choose from. A chosen theme cannot be taken away.

    `seen` is the survey's version on the page, 0 where there was none yet; None where no page was shown.
    """
    meeting = hold_to_prepare(meeting, by)
    _judge_deadline(meeting, closes_at)
    survey = Survey.objects.select_for_update().filter(meeting=meeting).first()
    if seen is not None and seen != (survey.version if survey else 0):
        raise Conflict(survey)
    if survey is None:
        survey = create_survey(meeting, closes_at=closes_at, sections=sections)
    survey.version += 1
    survey.closes_at, survey.opens_at = closes_at, min(survey.opens_at, closes_at - A_MINUTE)
    survey.reminds = reminds
    survey.full_clean(exclude=["meeting"])
    survey.save()
    _set_sections(survey, sections)
    _set_themes(meeting, themes)
    count_change(meeting)
    record(
        by=by,
        action="meetings.set_survey",
        target=meeting,
        closes_at=closes_at,
        sections=sorted(sections),
        themes=themes,
        reminds=reminds,
    )
    settle(meeting, by=by)
    return survey


def fit_sections(meeting: Meeting) -> None:
    """Part of an action that may have changed how the meeting is held."""
    survey = Survey.objects.filter(meeting=meeting).select_related("meeting").first()
    if survey:
        _set_sections(survey, list(survey.sections.values_list("kind", flat=True)))


@action
def move_section(*, meeting: Meeting, by: Actor, section: str, step: int) -> None:
    """One place up (-1) or down (1) in the form; attendance stays first."""
    meeting = hold_to_prepare(meeting, by)
    sections = list(SurveySection.objects.filter(survey__meeting=meeting).exclude(kind=SectionKind.ATTENDANCE))
    moved = next((each for each in sections if each.kind == section), None)
    if moved is None:
        raise ValidationError(_("この欄は、入力フォームに設けられていません。"))
    move(sections, moved, step)
    SurveySection.objects.bulk_update(sections, ["order"])
    record(by=by, action="meetings.move_section", target=meeting, section=section, step=step)


@action
def take_over_problem(*, meeting: Meeting, by: Actor, sheet: int, title: str) -> Theme:
    """A line of a problem that its writer offered becomes a theme to choose from, in the writer's words."""
    meeting = hold_to_prepare(meeting, by)
    offered = IntroSheet.objects.offered().filter(membership__group=meeting.group, pk=sheet).first()
    if offered is None or title not in lines_of(offered):
        raise ValidationError(_("御本人が提案を取りやめたか、内容を変更したため、テーマの例に加えていません。"))
    theme = add_example(meeting, title)
    record(by=by, action="meetings.take_over_problem", target=meeting, theme=title)
    return theme


def _judge_deadline(meeting: Meeting, closes_at: datetime) -> None:
    if meeting.starts_at is None:
        raise ValidationError(_("入力フォームを作る前に、会議の日時を決めてください。"))
    if closes_at >= meeting.starts_at:
        raise ValidationError({"closes_at": _("回答期限は会議の開始より前にしてください。")})
    if meeting.state == MeetingState.ANNOUNCED and closes_at <= clock.now():
        raise ValidationError({"closes_at": _("回答期限は今より後にしてください。")})


def _before(meeting: Meeting) -> Survey | None:
    earlier = Meeting.objects.before(meeting).values("pk")[:1]
    return Survey.objects.filter(meeting__in=earlier).first()


def _set_sections(survey: Survey, sections: Iterable[str], *, like: Survey | None = None) -> None:
    """Those that stay keep their place; what is new stands below them, in the order of the form before."""
    given = GIVEN if survey.meeting.is_written else GIVEN[:1]
    wanted = {*given, *(kind for kind in sections if kind not in GIVEN)}
    survey.sections.exclude(kind__in=wanted).delete()
    kept = set(survey.sections.values_list("kind", flat=True))
    usual = [*given, *(like.sections.values_list("kind", flat=True) if like else ()), *SectionKind]
    new = [kind for kind in dict.fromkeys(usual) if kind in wanted and kind not in kept]
    first = next_order(survey.sections) if kept else 0
    SurveySection.objects.bulk_create(
        SurveySection(survey=survey, kind=kind, order=order) for order, kind in enumerate(new, first)
    )


def _set_themes(meeting: Meeting, titles: list[str]) -> None:
    """Keep the themes that stay, with their votes. What was united with another is not the form's any more."""
    known = {theme.title: theme for theme in meeting.themes.examples()}
    for title, theme in known.items():
        if title in titles:
            continue
        if is_wanted(theme):
            raise ValidationError({"themes": _("既に選んだ方がいるテーマは消せません。")})
        theme.delete()
    for order, title in enumerate(titles, 1):
        theme = known.get(title) or Theme(meeting=meeting, title=title)
        theme.order = order
        theme.full_clean(exclude=["meeting"])
        theme.save()
