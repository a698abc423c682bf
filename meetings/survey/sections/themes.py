"""取り上げたいテーマ: those that the desk proposes to tick, and one of one's own."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from foundation.ui.layout import Disclosure
from meetings.models import Meeting, Reply, Survey, Theme, ThemeVote
from meetings.states import SectionKind
from meetings.survey.section import TAKEN_AWAY, Asked, Part, Section, Told
from members.models import Membership, WorkingGroup

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHOOSE, PROPOSE = _("取り上げたいテーマ"), _("そのほかに取り上げたいテーマ")


class Themes(Section):
    kind = SectionKind.THEMES
    columns = (CHOOSE, PROPOSE)
    tally_template = "meetings/desk/_tally_themes.html"

    def is_proposed(self, group: WorkingGroup, previous: Meeting | None) -> bool:
        """From the second meeting on, until the desk leaves it out."""
        if previous is None or previous.number == 1:
            return previous is not None
        last = Survey.objects.filter(meeting=previous).first()
        return last is None or last.sections.filter(kind=self.kind).exists()

    def targets(self, survey: Survey, membership: Membership) -> list[Any]:
        return survey.themes

    def fields(self, asked: Asked) -> dict[str, forms.Field]:
        own = forms.CharField(
            label=PROPOSE,
            max_length=100,
            required=False,
            help_text=_("事務局が、氏名を表示せずにテーマの例に加え、他の方が選べるようにすることがあります。"),
        )
        if not asked.targets:
            return {"proposal": own}
        ticked = forms.TypedMultipleChoiceField(
            label=CHOOSE,
            choices=[(theme["pk"], theme["title"]) for theme in asked.targets],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("いくつでも選べます。"),
        )
        return {"themes": ticked, "proposal": own}

    def layout(self, form: Any, asked: Asked) -> list[Any]:
        return [Disclosure(CHOOSE, *self.fields(asked))]

    def initial(self, part: Part) -> dict[str, Any]:
        return dict(part)

    def part_of(self, cleaned: dict[str, Any], asked: Asked) -> Part:
        return {"themes": sorted(cleaned.get("themes", [])), "proposal": cleaned.get("proposal", "")}

    def stored(self, reply: Reply) -> Part:
        return {"themes": sorted(reply.theme_ids), "proposal": reply.proposal or ""}

    def refusal(self, part: Part, asked: Asked) -> "StrOrPromise":
        return "" if set(part["themes"]) <= {theme["pk"] for theme in asked.targets} else TAKEN_AWAY

    def write(self, reply: Reply, part: Part, asked: Asked) -> None:
        """A tick beside a theme keeps the votes for what the desk has united with it."""
        votes = ThemeVote.objects.filter(reply=reply).annotate(wanted=Coalesce("theme__merged_into", "theme"))
        votes.exclude(wanted__in=part["themes"]).delete()
        new = set(part["themes"]) - set(votes.values_list("wanted", flat=True))
        ThemeVote.objects.bulk_create(ThemeVote(reply=reply, theme_id=number) for number in sorted(new))
        self._propose(reply, part["proposal"])

    def _propose(self, reply: Reply, title: str) -> None:
        """In other words it is another proposal, whatever the desk has done with the former."""
        own = Theme.objects.filter(proposed_in=reply)
        if not title:
            own.delete()
        elif not own.filter(title=title).exists():
            values = {"meeting": reply.survey.meeting, "title": title, "merged_into": None}
            Theme.objects.update_or_create(proposed_in=reply, defaults=values)

    def take_back(self, reply: Reply) -> None:
        ThemeVote.objects.filter(reply=reply).delete()
        self._propose(reply, "")

    def words(self, part: Part, asked: Asked) -> list[tuple[str, str]]:
        ticked = "、".join(theme["title"] for theme in asked.targets if theme["pk"] in part["themes"])
        pairs = [(str(CHOOSE), ticked), (str(PROPOSE), part["proposal"])]
        return [(label, text) for label, text in pairs if text]

    def cells(self, told: Told) -> list[str]:
        ticked = [told.theme_titles.get(pk, "") for pk in told.reply.theme_ids]
        return ["、".join(filter(None, ticked)), told.reply.proposal or ""]
