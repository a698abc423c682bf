"""出欠: the one choice that is required, what belongs to it, and a word to the desk."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.layout import Branch, Disclosure, Shown, When
from meetings.models import Meeting, Reply
from meetings.states import PRESENT, Mode, SectionKind
from meetings.survey.section import TAKEN_AWAY, Asked, Part, Section, Told
from members.forms.fields import NameField
from members.models import WorkingGroup

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SUBSTITUTE = ("is_substitute", "substitute_name", "substitute_title")
NOTE = _("事務局への連絡")
COLUMNS = ("mode", *SUBSTITUTE, "arrival_note", "note", "written_opinion")
MODE_MISSING = _("会場で出席・オンラインで出席・欠席のいずれかを選択してください。")
NOTHING_SAID: Part = dict.fromkeys(COLUMNS, "") | {"is_substitute": False}


# Beside the choice that somebody made before; it is not made for them.
LAST_TIME = {
    Mode.VENUE: _("前回：会場"),
    Mode.ONLINE: _("前回：オンライン"),
    Mode.ABSENT: _("前回：欠席"),
}


class AttendanceSection(Section):
    kind = SectionKind.ATTENDANCE
    columns = (
        _("出欠"),
        _("代理の方の氏名"),
        _("代理の方の職名"),
        _("遅れて参加・途中退席"),
        NOTE,
        _("書面意見"),
    )

    def is_proposed(self, group: WorkingGroup, previous: Meeting | None) -> bool:
        return True

    def fields(self, asked: Asked) -> dict[str, forms.Field]:
        """Of a meeting in writing there is nothing to come to; a word to the desk there is always."""
        if asked.survey.meeting.is_written:
            return {"note": _note_field()}
        substitute = _substitute_fields() if asked.survey.meeting.group.substitutes_allowed else {}
        return _mode_field() | substitute | _word_fields()

    def layout(self, form: Any, asked: Asked) -> list[Any]:
        if asked.survey.meeting.is_written:
            return form.read_first()
        substitute = []
        if asked.survey.meeting.group.substitutes_allowed:
            substitute = [Branch("is_substitute", When(True, "substitute_name", "substitute_title"))]
        modes = Branch(
            "mode",
            When(Mode.ONLINE, Shown("meetings/_online.html")),
            When(PRESENT, *substitute, "arrival_note"),
            When(Mode.ABSENT, "written_opinion"),
        )
        return [modes, *form.read_first()]

    def foot(self, form: Any, asked: Asked) -> list[Any]:
        return [Disclosure(NOTE, "note", Shown("meetings/_contact.html", group=asked.survey.meeting.group))]

    def initial(self, part: Part) -> dict[str, Any]:
        return dict(part)

    def part_of(self, cleaned: dict[str, Any], asked: Asked) -> Part:
        texts = {name: cleaned.get(name, "") for name in COLUMNS}
        return texts | {"is_substitute": bool(cleaned.get("is_substitute"))}

    def stored(self, reply: Reply) -> Part:
        return {name: getattr(reply, name) for name in COLUMNS}

    def prepare(self, reply: Reply, part: Part) -> None:
        for name in COLUMNS:
            setattr(reply, name, part[name])

    def take_back(self, reply: Reply) -> None:
        """The choice itself stays in its column, where nobody reads it; the words are for those who answered."""
        for name in COLUMNS:
            if name != "mode":
                setattr(reply, name, type(getattr(reply, name))())

    def refusal(self, part: Part, asked: Asked) -> "StrOrPromise":
        if asked.survey.meeting.is_written:
            return TAKEN_AWAY if part["mode"] else ""
        if not part["mode"]:
            return MODE_MISSING
        if part["is_substitute"] and not asked.survey.meeting.group.substitutes_allowed:
            return _("この会議では、代理出席を認めていません。")
        return ""

    def changed(self, before: Part | None, after: Part) -> list[str]:
        return [name for name in COLUMNS if before is None or before.get(name) != after[name]]

    def wants_receipt(self, before: Part | None, after: Part) -> bool:
        """A word to the desk alone is no news to its writer."""
        return bool({"mode", *SUBSTITUTE} & set(self.changed(before, after)))

    def words(self, part: Part, asked: Asked) -> list[tuple[str, str]]:
        labels = self.fields(asked)
        texts = [(name, part[name]) for name in COLUMNS if name in labels and isinstance(part[name], str)]
        return [
            (str(labels[name].label), str(Mode(text).label) if name == "mode" else text)
            for name, text in texts
            if text
        ]

    def cells(self, told: Told) -> list[str]:
        reply = told.reply
        return [
            reply.get_mode_display(),
            reply.substitute_name,
            reply.substitute_title,
            reply.arrival_note,
            reply.note,
            reply.written_opinion,
        ]


def _note_field() -> ParagraphField:
    return ParagraphField(label=NOTE, max_length=400, required=False)


def _mode_field() -> dict[str, forms.Field]:
    return {
        "mode": forms.ChoiceField(
            label=_("出欠"), choices=Mode, widget=forms.RadioSelect, error_messages={"required": MODE_MISSING}
        )
    }


def _substitute_fields() -> dict[str, forms.Field]:
    return {
        "is_substitute": forms.BooleanField(label=_("代理の方が出席する（代理出席）"), required=False),
        "substitute_name": NameField(
            label=_("代理の方の氏名"),
            max_length=100,
            error_messages={"required": _("代理で出席する方の氏名を入力してください。")},
        ),
        "substitute_title": forms.CharField(label=_("代理の方の職名"), max_length=100, required=False),
    }


def _word_fields() -> dict[str, forms.Field]:
    return {
        "arrival_note": forms.CharField(
            label=_("遅れて参加・途中退席"),
            max_length=100,
            required=False,
            help_text=_("例：午後1時30分ごろ参加します。"),
        ),
        "written_opinion": ParagraphField(
            label=_("書面意見"),
            max_length=2000,
            required=False,
            help_text=_("欠席される方は、議題への御意見を書面でお寄せいただけます。"),
        ),
        "note": _note_field(),
    }
