"""独自の設問: what the desk of this one meeting wants to know besides."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.layout import Disclosure
from meetings.models import FieldAnswer, Meeting, Reply, Survey, SurveyField
from meetings.states import SectionKind
from meetings.survey.answers import form_field, in_words, to_store
from meetings.survey.section import Asked, Part, Section, Told
from members.models import Membership, WorkingGroup

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What was not asked is forged, or was retired while somebody typed.
RETIRED = gettext_lazy("入力中に設問が変わりました。内容を確認してから、もう一度送信してください。")


class CustomSection(Section):
    kind = SectionKind.CUSTOM
    tally_template = "meetings/desk/_tally_fields.html"

    def is_proposed(self, group: WorkingGroup, previous: Meeting | None) -> bool:
        """A form takes over what the last one asked (`create_survey`)."""
        sections = Survey.objects.filter(meeting=previous, sections__kind=self.kind, fields__retired_at=None)
        return previous is not None and sections.exclude(fields=None).exists()

    def targets(self, survey: Survey, membership: Membership) -> list[Any]:
        """All of them: what was retired is still read in earlier answers."""
        return [SurveyField(**row) for row in survey.own_fields]

    def box(self, asked: SurveyField) -> str:
        return f"field_{asked.pk}"

    def fields(self, asked: Asked) -> dict[str, forms.Field]:
        return {self.box(each): form_field(each, by_desk=asked.by_desk) for each in living(asked)}

    def told_fields(self, asked: Asked) -> dict[str, forms.Field]:
        return {self.box(each): form_field(each) for each in asked.targets}

    def labels(self, asked: Asked) -> dict[str, str]:
        return {self.box(each): label_of(each) for each in asked.targets}

    def layout(self, form: Any, asked: Asked) -> list[Any]:
        """Folded, like all that may stay empty; what has to be answered stands open."""
        boxes = list(self.fields(asked))
        if not boxes:
            return []
        if any(each.is_required for each in living(asked)):
            return [Fieldset(_("事務局からの設問"), *boxes)]
        return [Disclosure(_("事務局からの設問（%s件）") % len(boxes), *boxes)]

    def initial(self, part: Part) -> dict[str, Any]:
        return {f"field_{pk}": value for pk, value in part["answers"].items()}

    def part_of(self, cleaned: dict[str, Any], asked: Asked) -> Part:
        values = {str(each.pk): to_store(cleaned.get(self.box(each))) for each in living(asked)}
        return {"answers": {pk: value for pk, value in values.items() if value}}

    def stored(self, reply: Reply) -> Part:
        """What is still asked."""
        given = [row for row in reply.given if row["retired"] is None]
        return {"answers": {str(row["field_id"]): row["value"] for row in given}}

    def refusal(self, part: Part, asked: Asked) -> "StrOrPromise":
        return "" if part["answers"].keys() <= {str(each.pk) for each in living(asked)} else RETIRED

    def write(self, reply: Reply, part: Part, asked: Asked) -> None:
        """What was said to a question that is asked no more stays as it is."""
        self._hold(living(asked))
        own = FieldAnswer.objects.filter(reply=reply, field__in=[each.pk for each in living(asked)])
        own.exclude(field__in=part["answers"]).delete()
        for pk, value in part["answers"].items():
            FieldAnswer.objects.update_or_create(reply=reply, field_id=int(pk), defaults={"value": value})

    def _hold(self, asked: list[SurveyField]) -> None:
        """As they were read: what the desk changes at the same moment, it changes before or after this answer."""
        held = SurveyField.objects.filter(pk__in=[each.pk for each in asked]).order_by("pk")
        now = dict(held.select_for_update(no_key=True).values_list("pk", "version"))
        if now != {each.pk: each.version for each in asked}:
            raise ValidationError(RETIRED)

    def take_back(self, reply: Reply) -> None:
        FieldAnswer.objects.filter(reply=reply).delete()

    def words(self, part: Part, asked: Asked) -> list[tuple[str, str]]:
        given = part["answers"]
        return [
            (label_of(each), in_words(each, given[str(each.pk)]))
            for each in asked.targets
            if str(each.pk) in given
        ]

    def past(self, reply: Reply, asked: Asked) -> list[tuple[str, str]]:
        answers = {str(row["field_id"]): row["value"] for row in reply.given if row["retired"] is not None}
        return self.words({"answers": answers}, asked)

    def headings(self, fields: Sequence[SurveyField]) -> list[str]:
        return [label_of(each) for each in fields]

    def cells(self, told: Told) -> list[str]:
        return [in_words(each, told.values[each.pk]) if each.pk in told.values else "" for each in told.fields]


def living(asked: Asked) -> list[SurveyField]:
    return [each for each in asked.targets if each.retired_at is None]


def label_of(asked: SurveyField) -> str:
    return asked.label if asked.retired_at is None else _("%s（取りやめた設問）") % asked.label
