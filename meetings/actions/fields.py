"""The desk's own questions in a form: asked, put right, retired. An answered one is never made another."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _, gettext_lazy

from foundation.actions import Actor, action, hold, record, refuse_stale, write
from foundation.db import clock
from meetings.actions._shared import hold_to_prepare, next_order
from meetings.models import FieldAnswer, Meeting, Survey, SurveyField
from meetings.states import SectionKind

ANSWERED = gettext_lazy(
    "この設問には既に回答があるため、変更も削除もできません。設問を取りやめて、新しい設問を追加してください。"
)
CORRECTED = ["label", "help_text", "options"]


@action
def add_field(*, meeting: Meeting, by: Actor, **values: Any) -> SurveyField:
    """Ask one more question; the form has a section for it from then on."""
    meeting = hold_to_prepare(meeting, by)
    survey = Survey.objects.filter(meeting=meeting).first()
    if survey is None:
        raise ValidationError(_("先に、入力フォームの回答期限を保存してください。"))
    field = SurveyField(survey=survey, order=next_order(survey.fields))
    changes = write(field, **values)
    place = {"order": next_order(survey.sections)}
    _section, is_new = survey.sections.get_or_create(kind=SectionKind.CUSTOM, defaults=place)
    if is_new:
        # A page of the settings that is still open does not know this section, and would take it away.
        Survey.objects.filter(pk=survey.pk).update(version=F("version") + 1)
    record(by=by, action="meetings.add_field", target=meeting, field=field.pk, **changes)
    return field


@action
def edit_field(*, field: SurveyField, by: Actor, seen: int, **values: Any) -> SurveyField:
    """As long as nobody has answered it, it is only a draft of a question."""
    meeting, field = _hold(field, by, seen)
    _refuse_if_answered(field)
    changes = write(field, **values)
    record(by=by, action="meetings.edit_field", target=meeting, field=field.pk, **changes)
    return field


@action
def remove_field(*, field: SurveyField, by: Actor, seen: int) -> None:
    meeting, field = _hold(field, by, seen)
    _refuse_if_answered(field)
    record(by=by, action="meetings.remove_field", target=meeting, label=field.label)
    field.delete()


@action
def retire_field(*, field: SurveyField, by: Actor, seen: int) -> SurveyField:
    """Ask it no more. What was answered stays in the tally, the file and the archive."""
    meeting, field = _hold(field, by, seen)
    if field.retired_at is None:
        write(field, retired_at=clock.now())
        record(by=by, action="meetings.retire_field", target=meeting, field=field.pk, label=field.label)
    return field


@action
def correct_field(
    *,
    field: SurveyField,
    by: Actor,
    seen: int,
    reason: str,
    label: str,
    help_text: str,
    options: Sequence[str] | None = None,
) -> SurveyField:
    """Put a slip of the pen right, with the reason. The meaning stays, and so do its answers.

    Whoever chose an option has chosen it in its corrected words; what a reply said before stays in its revisions.
    """
    meeting, field = _hold(field, by, seen)
    new = list(field.options if options is None else options)
    if len(new) != len(field.options):
        raise ValidationError({"options": _("字句の訂正では、選択肢の数を変えられません。")})
    words = dict(zip(field.options, new, strict=True))
    changes = write(field, label=label, help_text=help_text, options=new)
    if not changes:
        raise ValidationError(_("訂正した箇所がありません。"))
    for answer in FieldAnswer.objects.filter(field=field) if "options" in changes else ():
        _put_in_new_words(answer, words)
    record(by=by, action="meetings.correct_field", target=meeting, field=field.pk, reason=reason, **changes)
    return field


@action
def move_field(*, field: SurveyField, by: Actor, step: int) -> None:
    """One place up (-1) or down (1) among those that are asked; at either end it stays."""
    meeting = hold_to_prepare(field.survey.meeting, by)
    fields = list(SurveyField.objects.living().filter(survey__meeting=meeting))
    move(fields, field, step)
    SurveyField.objects.bulk_update(fields, ["order"])
    record(by=by, action="meetings.move_field", target=meeting, field=field.pk, step=step)


def move(rows: list[Any], row: Any, step: int) -> None:
    """Number them 1, 2, 3 … with this one a place further up or down."""
    place = rows.index(row) if row in rows else -1
    if place >= 0 and 0 <= place + step < len(rows):
        rows.insert(place + step, rows.pop(place))
    for order, each in enumerate(rows, 1):
        each.order = order


def copy_fields(survey: Survey, previous: Survey) -> None:
    """The form of the next meeting asks what this one still asks."""
    SurveyField.objects.bulk_create(
        SurveyField(
            survey=survey,
            order=order,
            kind=field.kind,
            label=field.label,
            help_text=field.help_text,
            options=field.options,
            is_required=field.is_required,
        )
        for order, field in enumerate(previous.fields.living(), 1)
    )


def _hold(field: SurveyField, by: Actor, seen: int) -> tuple[Meeting, SurveyField]:
    meeting = hold_to_prepare(field.survey.meeting, by)
    field = hold(SurveyField.objects.filter(survey__meeting=meeting), field.pk)
    refuse_stale(field, seen)
    return meeting, field


def _refuse_if_answered(field: SurveyField) -> None:
    """Asked after the row is held: whoever answers holds it too (`CustomSection.write`)."""
    if SurveyField.objects.with_answers().get(pk=field.pk).is_answered:
        raise ValidationError(ANSWERED)


def _put_in_new_words(answer: FieldAnswer, words: dict[str, str]) -> None:
    said = answer.value
    answer.value = [words[each] for each in said] if isinstance(said, list) else words[said]
    answer.save(update_fields=["value"])
