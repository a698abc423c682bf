"""What the form of a meeting asks, and until when."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from meetings.actions._shared import hold_to_prepare
from meetings.models import Form, FormSection, Meeting, Theme
from meetings.states import MeetingState, SectionKind

A_MINUTE = timedelta(minutes=1)


def create_form(meeting: Meeting, *, closes_at, sections) -> Form:
    """Part of an action that has locked the meeting. Attendance is always asked."""
    opens_at = min(timezone.now(), closes_at - A_MINUTE)
    form = Form.objects.create(meeting=meeting, opens_at=opens_at, closes_at=closes_at)
    _set_sections(form, sections)
    return form


@action
def set_form(*, meeting: Meeting, by: Actor, closes_at, sections, themes: list[str]) -> Form:
    """Decide the deadline, the sections and the themes to choose from. A chosen theme cannot be taken away."""
    meeting = hold_to_prepare(meeting, by)
    if meeting.starts_at is None:
        raise ValidationError(_("入力フォームを作る前に、会議の日時を決めてください。"))
    if closes_at >= meeting.starts_at:
        raise ValidationError({"closes_at": _("回答期限は会議の開始より前にしてください。")})
    if meeting.state == MeetingState.ANNOUNCED and closes_at <= timezone.now():
        raise ValidationError({"closes_at": _("回答期限は今より後にしてください。")})
    form = Form.objects.select_for_update().filter(meeting=meeting).first()
    if form is None:
        form = create_form(meeting, closes_at=closes_at, sections=sections)
    form.closes_at, form.opens_at = closes_at, min(form.opens_at, closes_at - A_MINUTE)
    form.save()
    _set_sections(form, sections)
    _set_themes(meeting, themes)
    record(
        by=by,
        action="meetings.set_form",
        target=meeting,
        closes_at=closes_at,
        sections=sorted(sections),
        themes=themes,
    )
    return form


def _set_sections(form: Form, sections) -> None:
    wanted = {SectionKind.ATTENDANCE, *sections}
    form.sections.exclude(kind__in=wanted).delete()
    kept = set(form.sections.values_list("kind", flat=True))
    FormSection.objects.bulk_create(
        FormSection(form=form, kind=kind) for kind in SectionKind if kind in wanted and kind not in kept
    )


def _set_themes(meeting: Meeting, titles: list[str]) -> None:
    """Keep the themes that stay, with their votes."""
    known = {theme.title: theme for theme in meeting.themes.filter(proposed_in=None)}
    gone = [theme for title, theme in known.items() if title not in titles]
    if meeting.themes.filter(pk__in=[theme.pk for theme in gone], votes__isnull=False).exists():
        raise ValidationError({"themes": _("すでに選んだ方がいるテーマは消せません。")})
    meeting.themes.filter(pk__in=[theme.pk for theme in gone]).delete()
    for order, title in enumerate(titles, 1):
        theme = known.get(title) or Theme(meeting=meeting, title=title)
        theme.order = order
        theme.full_clean(exclude=["meeting"])
        theme.save()
