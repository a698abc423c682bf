"""議題ごとの賛否と意見: of a meeting in writing, what is said of each item."""

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.fields import ParagraphField
from foundation.ui.layout import Shown
from meetings.models import AgendaItem, Opinion, Reply, Survey
from meetings.states import Approval, SectionKind
from meetings.survey.section import Asked, Part, Section, Told
from members.models import Membership

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OPINION_LENGTH = 2000
AGENDA_CHANGED = gettext_lazy("入力中に議題が変わりました。内容を確認してから、もう一度送信してください。")


class Approvals(Section):
    kind = SectionKind.APPROVALS
    columns = (gettext_lazy("議題ごとの賛否と意見"),)
    tally_template = "meetings/desk/_tally_approvals.html"

    def targets(self, survey: Survey, membership: Membership) -> list[Any]:
        return survey.meeting.agenda if survey.meeting.is_written else []

    def boxes(self, item: AgendaItem) -> list[str]:
        text = f"opinion_{item.pk}"
        return [f"approval_{item.pk}", text] if item.needs_decision else [text]

    def fields(self, asked: Asked) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for item in asked.targets:
            if item.needs_decision:
                found[f"approval_{item.pk}"] = _approval_field(item, by_desk=asked.by_desk)
            found[f"opinion_{item.pk}"] = _opinion_field(item)
        return found

    def layout(self, form: Any, asked: Asked) -> list[Any]:
        """The title stands as it was typed: a legend of the form would be read as a template."""
        return [Div(Shown("meetings/_item_heading.html", item=item), *self.boxes(item)) for item in asked.targets]

    def initial(self, part: Part) -> dict[str, Any]:
        said = part["items"].items()
        chosen = {f"approval_{pk}": approval for pk, (approval, _text) in said if approval}
        return chosen | {f"opinion_{pk}": text for pk, (_approval, text) in said if text}

    def part_of(self, cleaned: dict[str, Any], asked: Asked) -> Part:
        said = {
            str(item.pk): [cleaned.get(f"approval_{item.pk}") or "", cleaned.get(f"opinion_{item.pk}") or ""]
            for item in asked.targets
        }
        return {"items": {pk: words for pk, words in said.items() if any(words)}}

    def stored(self, reply: Reply) -> Part:
        return {"items": {str(row["item_id"]): [row["approval"], row["text"]] for row in reply.opined}}

    def refusal(self, part: Part, asked: Asked) -> "StrOrPromise":
        known = {str(item.pk): item for item in asked.targets}
        if not part["items"].keys() <= known.keys():
            return AGENDA_CHANGED
        judged = {pk for pk, (approval, _text) in part["items"].items() if approval}
        if any(not known[pk].needs_decision for pk in judged):
            return AGENDA_CHANGED
        return ""

    def write(self, reply: Reply, part: Part, asked: Asked) -> None:
        own = Opinion.objects.filter(reply=reply, item__in=asked.targets)
        own.exclude(item__in=part["items"]).delete()
        for pk, (approval, text) in part["items"].items():
            said = {"approval": approval, "text": text}
            Opinion.objects.update_or_create(reply=reply, item_id=int(pk), defaults=said)

    def take_back(self, reply: Reply) -> None:
        Opinion.objects.filter(reply=reply).delete()

    def wants_receipt(self, before: Part | None, after: Part) -> bool:
        return before != after and bool(after["items"])

    def words(self, part: Part, asked: Asked) -> list[tuple[str, str]]:
        said = [(str(item), part["items"].get(str(item.pk))) for item in asked.targets]
        return [(title, in_words(*words)) for title, words in said if words]

    def cells(self, told: Told) -> list[str]:
        lines = [(row["title"], in_words(row["approval"], row["text"])) for row in told.reply.opined]
        return ["\n".join(f"{title}：{words}" for title, words in lines)]


def in_words(approval: str, text: str) -> str:
    """承認しない（時期が早い）"""
    chosen = str(Approval(approval).label) if approval else ""
    return f"{chosen}（{text}）" if chosen and text else chosen or text


def _approval_field(item: AgendaItem, *, by_desk: bool) -> forms.ChoiceField:
    """On a paper that came in somebody may have left one open."""
    missing = _("承認する・承認しない・賛否を示さないのいずれかを選択してください。")
    return forms.ChoiceField(
        label=_("「%s」への賛否") % item.title,
        choices=Approval,
        widget=forms.RadioSelect,
        required=not by_desk,
        error_messages={"required": missing},
    )


def _opinion_field(item: AgendaItem) -> ParagraphField:
    box = forms.Textarea(attrs={"rows": 3})
    return ParagraphField(
        label=_("「%s」への意見") % item.title, max_length=OPINION_LENGTH, required=False, widget=box
    )
