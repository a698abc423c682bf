"""What a section is asked: the base of all sections, which answers with nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Question, Reply, Survey, SurveyField
from members.models import Membership, WorkingGroup

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# One section's part of a reply, as JSON; and all parts by the kind of their section.
Part = dict[str, Any]
Content = dict[str, Part]


@dataclass(frozen=True)
class Asked:
    """What one section asks of one person; `targets` are the people, talks, themes or questions it asks about."""

    survey: Survey
    membership: Membership
    targets: Sequence[Any] = ()
    # The desk writes down what it was told.
    by_desk: bool = False


@dataclass
class Told:
    """What the desk's list knows of one person's reply when a section fills its columns."""

    reply: Reply
    questions: list[Question] = field(default_factory=list)
    theme_titles: dict[int, str] = field(default_factory=dict)
    # The desk's own questions that have a column, and what this reply says to them.
    fields: Sequence[SurveyField] = ()
    values: dict[int, Any] = field(default_factory=dict)


# What was not asked is forged, or was taken away while somebody typed.
TAKEN_AWAY = _("入力中に質問の宛先やテーマが変わりました。選び直してから、もう一度送信してください。")


class Section:
    kind: ClassVar[str]
    # The columns of the desk's CSV that the section fills.
    columns: ClassVar[tuple["StrOrPromise", ...]] = ()
    # How the desk's page of the answers sums it up; several sections may share one.
    tally_template: ClassVar[str] = ""
    # Whether something of it is kept when the reply is withdrawn.
    outlives: ClassVar[bool] = False

    # What it asks

    def is_proposed(self, group: WorkingGroup, previous: Meeting | None) -> bool:
        """Whether the next survey has it unless the desk says otherwise."""
        return False

    def targets(self, survey: Survey, membership: Membership) -> list[Any]:
        return []

    # On the page

    def fields(self, asked: Asked) -> dict[str, forms.Field]:
        return {}

    def layout(self, form: Any, asked: Asked) -> list[Any]:
        """`form` is the ReplyForm, whose fields it may ask for what they hold."""
        return []

    def closing(self, asked: Asked) -> list[str]:
        """Fields that several sections share, shown once below the last of them."""
        return []

    def foot(self, form: Any, asked: Asked) -> list[Any]:
        """What of it stands below all other sections."""
        return []

    def told_fields(self, asked: Asked) -> dict[str, forms.Field]:
        """Those of `fields`, and what was asked once and may stand in a draft."""
        return self.fields(asked)

    def labels(self, asked: Asked) -> dict[str, str]:
        """How its fields are called where they stand alone."""
        return {name: str(field.label) for name, field in self.told_fields(asked).items()}

    def initial(self, part: Part) -> dict[str, Any]:
        return {}

    def part_of(self, cleaned: dict[str, Any], asked: Asked) -> Part:
        return {}

    # As rows

    def stored(self, reply: Reply) -> Part:
        """Of a reply from `Reply.objects.whole()`."""
        return {}

    def refusal(self, part: Part, asked: Asked) -> "StrOrPromise":
        """Why this part is not taken; nothing where all of it was asked."""
        return ""

    def prepare(self, reply: Reply, part: Part) -> None:
        """Set what stands in the reply's own columns, before it is saved."""

    def write(self, reply: Reply, part: Part, asked: Asked) -> None:
        """Write what stands in rows beside the reply, after it was saved."""

    def take_back(self, reply: Reply) -> None:
        """The reply is withdrawn: nothing of it is left but what `outlives` it. Before the reply is saved."""

    def changed(self, before: Part | None, after: Part) -> list[str]:
        """The names under which the audit log tells that something is different."""
        return [] if before == after else [self.kind]

    def wants_receipt(self, before: Part | None, after: Part) -> bool:
        return False

    # In words

    def words(self, part: Part, asked: Asked) -> list[tuple[str, str]]:
        """Label and text, for the receipt, the history and two texts side by side."""
        return []

    def headings(self, fields: Sequence[SurveyField]) -> list[str]:
        """`columns` in words; `fields` are the desk's own questions that have one."""
        return [str(column) for column in self.columns]

    def past(self, reply: Reply, asked: Asked) -> list[tuple[str, str]]:
        """Label and text of what this reply says to what is asked no more."""
        return []

    def cells(self, told: Told) -> list[str]:
        """One for each of `headings`."""
        return []
