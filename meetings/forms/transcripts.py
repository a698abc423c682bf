"""A transcript: the text or the file, and which of its lines become lines of the record."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm
from foundation.ui.layout import Button, Shown
from meetings.models import AgendaItem
from meetings.record_lines import MOST_LINES, TypedRow
from meetings.states import Point
from meetings.transcripts import HONORIFICS, MOST_CHARACTERS, MOST_SPEAKERS, Utterance, carried, speakers
from members import names
from members.models import Membership

MOST_BYTES = 10 * 1024 * 1024
MOST_CARRIED = 2 * MOST_CHARACTERS
NOTICES = "notices"
TOO_LARGE = _("ファイルが大きすぎます（%(size)s）。読み取れるのは10MBまでです。何も保存していません。")


class TranscriptForm(PortalForm):
    pasted = ParagraphField(
        label=_("文字起こしを貼り付ける"),
        max_length=MOST_CHARACTERS,
        counter=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("文字起こしのファイル"),
        required=False,
        max_length=255,
        help_text=_(
            "Zoom・Teamsなどが作るWebVTT（.vtt）・SRT（.srt）、Word（.docx）、テキスト（.txt）のいずれか。10MBまで。"
        ),
    )

    submit_label = _("発言を読み取る")

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and file.size and file.size > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE % {"size": filesizeformat(file.size)})
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("pasted") and not cleaned.get("file"):
            self.add_error("pasted", _("文字起こしを貼り付けるか、ファイルを選択してください。"))
        return cleaned


class PickForm(PortalForm):
    """The transcript travels with its page: nothing of it is stored but what is ticked at the last press."""

    carried = forms.CharField(widget=forms.HiddenInput, max_length=MOST_CARRIED)
    place = forms.ChoiceField(label=_("取り込む場所"))

    show_requirement = False
    submit_label = _("選んだ行を記録に追加する")

    def __init__(
        self,
        *args: Any,
        found: Sequence[Utterance],
        items: Sequence[AgendaItem],
        people: Sequence[Membership],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found, self.items = found, {str(item.pk): item for item in items}
        self.initial["carried"] = carried(found)
        places = [(key, str(item.title)) for key, item in self.items.items()]
        self.fields["place"].choices = [*places, (NOTICES, _("連絡事項等"))]  # type: ignore[attr-defined]
        named = speakers(found)
        self.is_crowd = len(named) > MOST_SPEAKERS
        self.boxes = {} if self.is_crowd else {name: f"speaker_{at}" for at, name in enumerate(named)}
        choices = [("", _("記録に残さない")), *((str(person.pk), str(person.user)) for person in people)]
        for name, box in self.boxes.items():
            self.fields[box] = forms.ChoiceField(label=name, choices=choices, required=False)
            self.initial[box] = match(name, people)
        matching = [
            Fieldset(
                _("発言した方（結果報告には、氏名を付ける様式を選んだときだけ載ります）"), *self.boxes.values()
            )
        ]
        lines = Shown("meetings/desk/_transcript_lines.html", picking=self)
        self.layout = ("carried", "place", *(matching if self.boxes else []), lines)

    @property
    def helper(self) -> Any:
        helper = super().helper
        helper.inputs = [Button(self.submit_label, "apply")]
        return helper

    @cached_property
    def ticked(self) -> dict[int, str]:
        """Which lines become ○, and which →; one that is both is ○."""
        lists = [(Point.REPLY, "reply"), (Point.POINT, "point")]
        return {
            int(at): point
            for point, name in lists
            for at in (self.data.getlist(name) if self.is_bound else [])
            if at.isascii() and at.isdigit() and len(at) < 6 and int(at) < len(self.found)
        }

    @property
    def lines(self) -> list[tuple[int, Utterance, str]]:
        return [(at, each, self.ticked.get(at, "")) for at, each in enumerate(self.found)]

    def clean(self) -> dict[str, Any]:
        """As the record takes it: rows, and the item under which they stand."""
        cleaned = super().clean()
        if not self.ticked:
            self.add_error(None, _("記録に取り込む行を、○又は→で選んでください。まだ何も保存していません。"))
        elif len(self.ticked) > MOST_LINES:
            self.add_error(
                None,
                _(
                    "一度に追加できるのは%(most)s行までです（%(count)s行を選んでいます）。まだ何も保存していません。"
                )
                % {"most": MOST_LINES, "count": len(self.ticked)},
            )
        rows = [self._row(at, cleaned) for at in sorted(self.ticked)]
        return {"rows": rows, "item": self.items.get(cleaned.get("place", ""))}

    def _row(self, at: int, cleaned: dict[str, Any]) -> TypedRow:
        said = self.found[at]
        chosen = cleaned.get(self.boxes.get(said.who, ""), "")
        return TypedRow(self.ticked[at], said.said, int(chosen) if chosen else None)


def match(speaker: str, people: Sequence[Membership]) -> str:
    """The key of the one person who is called so, with or without a title; empty where it is none or several."""
    key = names.search_key("".join(speaker.split()))
    family = names.search_key(HONORIFICS.sub("", "".join(speaker.split())))
    users = [(person.pk, person.user) for person in people]
    full = [pk for pk, user in users if key == names.search_key(f"{user.family_name}{user.given_name}")]
    called = [pk for pk, user in users if family in (names.search_key(user.family_name), _full(user))]
    found = full or called
    return str(found[0]) if len(found) == 1 else ""


def _full(user: Any) -> str:
    return str(names.search_key(f"{user.family_name}{user.given_name}"))
