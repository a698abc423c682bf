"""テーマ: the examples of a form, what was proposed in it, and what of both is taken up."""

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from foundation.db import clock
from meetings.actions._shared import count_change, hold_to_prepare, hold_to_record
from meetings.actions.question_states import hold_open
from meetings.models import Meeting, Question, Survey, Theme

LONGEST = 100


@action
def add_theme(*, meeting: Meeting, by: Actor, title: str) -> Theme:
    meeting = hold_to_prepare(meeting, by)
    theme = add_example(meeting, title)
    record(by=by, action="meetings.add_theme", target=meeting, theme=title)
    return theme


@action
def make_theme(*, question: Question, by: Actor, seen: int, meeting: Meeting) -> Theme:
    """A question becomes an example for the form of its own meeting, or of a later one; it stands as before."""
    question = hold_open(question, by, seen)
    meeting = hold_to_prepare(meeting, by)
    if meeting.group_id != question.meeting.group_id or meeting.number < question.meeting.number:
        raise ValidationError(_("テーマにできるのは、この会議か、この後の会議です。"))
    if Theme.objects.filter(question=question).exists():
        raise ValidationError(_("この質問は、既にテーマの例に加えています。"))
    theme = add_example(meeting, shortened(question.text), question=question)
    record(by=by, action="meetings.make_theme", target=question, theme=theme.title, meeting=meeting.pk)
    return theme


@action
def unmake_theme(*, question: Question, by: Actor, seen: int) -> None:
    """Undone as long as nobody wants the theme."""
    question = hold_open(question, by, seen)
    theme = Theme.objects.filter(question=question).select_related("meeting").first()
    if theme is None:
        raise ValidationError(_("この質問は、テーマの例に加えていません。"))
    hold_to_prepare(theme.meeting, by)
    _remove(theme)
    record(by=by, action="meetings.unmake_theme", target=question, theme=theme.title)


@action
def take_over_proposal(*, theme: Theme, by: Actor, seen: int) -> Theme:
    """What somebody proposed is offered to everybody; the proposal stays in their reply, as they wrote it."""
    hold_to_prepare(theme.meeting, by)
    proposal = _hold_standing(theme, by, seen, Q(proposed_in__isnull=False))
    example = add_example(proposal.meeting, proposal.title)
    changes = write(proposal, merged_into=example)
    record(by=by, action="meetings.take_over_proposal", target=proposal, **changes)
    return example


@action
def reword_theme(*, theme: Theme, by: Actor, seen: int, title: str) -> Theme:
    """The words of an example; whoever wants it goes on wanting it."""
    theme = _hold_standing(theme, by, seen, Q(proposed_in=None))
    changes = write(theme, title=title)
    _renew_form(theme.meeting)
    record(by=by, action="meetings.reword_theme", target=theme, **changes)
    return theme


@action
def merge_theme(*, theme: Theme, by: Actor, seen: int, into: Theme) -> Theme:
    """Two that mean the same count together, each person once. Who wanted what is kept."""
    theme = _hold_standing(theme, by, seen, Q())
    target = hold(theme.meeting.themes.examples().exclude(pk=theme.pk), into.pk)
    if theme.sources.exists():
        raise ValidationError(
            _(
                "このテーマには、他のテーマをまとめています。先にそのテーマを元に戻してから、もう一度操作してください。"
            )
        )
    if theme.chosen_at:
        raise ValidationError(
            _("採用したテーマは、他のテーマにまとめることができません。先に採用を取り消してください。")
        )
    changes = write(theme, merged_into=target)
    _renew_form(theme.meeting)
    record(by=by, action="meetings.merge_theme", target=theme, **changes)
    return theme


@action
def split_theme(*, theme: Theme, by: Actor, seen: int) -> Theme:
    """Take a merge back: each has again what it had."""
    theme = _hold(theme, by, seen)
    if theme.merged_into is None:
        raise ValidationError(_("このテーマは、他のテーマにまとめていません。"))
    changes = write(theme, merged_into=None)
    _renew_form(theme.meeting)
    record(by=by, action="meetings.split_theme", target=theme, **changes)
    return theme


@action
def choose_theme(*, theme: Theme, by: Actor, seen: int) -> Theme:
    """採用: the meeting takes it up."""
    theme = _hold_standing(theme, by, seen, Q(proposed_in=None))
    if theme.chosen_at is None:
        write(theme, chosen_at=clock.now())
        record(by=by, action="meetings.choose_theme", target=theme)
    return theme


@action
def unchoose_theme(*, theme: Theme, by: Actor, seen: int) -> Theme:
    theme = _hold(theme, by, seen)
    if write(theme, chosen_at=None):
        record(by=by, action="meetings.unchoose_theme", target=theme)
    return theme


@action
def remove_theme(*, theme: Theme, by: Actor, seen: int) -> None:
    """An example that nobody wants; what somebody proposed is theirs."""
    hold_to_prepare(theme.meeting, by)
    theme = _hold_standing(theme, by, seen, Q(proposed_in=None))
    _remove(theme)
    record(by=by, action="meetings.remove_theme", target=theme.meeting, theme=theme.title)


def add_example(meeting: Meeting, title: str, *, question: Question | None = None) -> Theme:
    """Part of an action that has locked the meeting."""
    last = meeting.themes.filter(proposed_in=None).last()
    theme = Theme(meeting=meeting, order=last.order + 1 if last else 1)
    write(theme, title=title, question=question)
    _renew_form(meeting)
    count_change(meeting)
    return theme


def shortened(text: str) -> str:
    """In one line, as long as a theme can be."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def is_wanted(theme: Theme) -> bool:
    """Somebody ticked it, something was united with it, or it was chosen."""
    return bool(theme.chosen_at) or theme.votes.exists() or theme.sources.exists()


def _remove(theme: Theme) -> None:
    if is_wanted(theme):
        raise ValidationError(
            _("希望した方がいるテーマ、他のテーマをまとめたテーマ、採用したテーマは、削除できません。")
        )
    theme.delete()
    _renew_form(theme.meeting)


def _hold(theme: Theme, by: Actor, seen: int) -> Theme:
    meeting = hold_to_record(theme.meeting, by)
    theme = hold(meeting.themes.all(), theme.pk)
    refuse_stale(theme, seen)
    return theme


def _hold_standing(theme: Theme, by: Actor, seen: int, which: Q) -> Theme:
    theme = _hold(theme, by, seen)
    if not Theme.objects.standing().filter(which, pk=theme.pk).exists():
        raise ValidationError(
            _("このテーマは、他のテーマにまとめたか、提案のままであるため、この操作はできません。")
        )
    return theme


def _renew_form(meeting: Meeting) -> None:
    """A page of the survey that is still open does not know these themes, and would set them back."""
    Survey.objects.filter(meeting=meeting).update(version=F("version") + 1)
