"""How the kept file is to be read, where the portal understood it otherwise than it was meant."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.forms import PortalForm
from foundation.ui.layout import Button
from opendata.models import DatasetVersion
from opendata.table import ways
from opendata.table.ways import Way
from tablecheck import DELIMITERS, ENCODINGS, NO_RECORDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BY_ITSELF: "StrOrPromise" = gettext_lazy("自動で判定する")
NAMES: dict[str, "StrOrPromise"] = {
    ",": gettext_lazy("コンマ（,）"),
    "\t": gettext_lazy("タブ"),
    ";": gettext_lazy("セミコロン（;）"),
    "|": gettext_lazy("縦線（|）"),
    ", ": gettext_lazy("コンマと空白"),
    " ": gettext_lazy("空白"),
}
# Rows among which the header is chosen, and as many as are left out by their numbers.
DEEPEST, MOST = 20, 1000
# A number or two, each perhaps with what counts rows behind it, and anything that reads as "to" between them.
ROWS = re.compile(r"([0-9]{1,7})[^\W\da-zA-Z]{0,2}(?:[^0-9\s]([0-9]{1,7})[^\W\da-zA-Z]{0,2})?")
TEXT = ("csv", "tsv")
Choices = Sequence[tuple[Any, Any]]


class WayForm(PortalForm):
    sheet = forms.ChoiceField(label=gettext_lazy("読み込むシート"))
    header_row = forms.ChoiceField(label=gettext_lazy("見出しの行"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("列の区切り"), required=False)
    encoding = forms.ChoiceField(label=gettext_lazy("文字コード"), required=False)
    kept = forms.TypedMultipleChoiceField(
        label=gettext_lazy("データに戻す行"),
        help_text=gettext_lazy("注記や合計と判定して、データに含めなかった行です。"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    dropped = forms.CharField(
        label=gettext_lazy("データから外す行"),
        help_text=gettext_lazy(
            "Excelの行番号を入力してください（例：18、20～22）。空欄にすると、データに戻ります。"
        ),
        max_length=500,
        required=False,
    )
    submit_label = gettext_lazy("この読み取り方で読み込む")
    extra_buttons = (Button(gettext_lazy("プレビューを表示する"), "preview", kind="outline"),)
    show_requirement = False

    def __init__(self, *args: Any, version: DatasetVersion, **kwargs: Any) -> None:
        way = version.way
        shown = {"sheet": version.detected.get("sheet"), **way, "dropped": as_typed(way.get("dropped", []))}
        super().__init__(*args, initial=shown, **kwargs)
        self.all_fields = dict(self.fields)
        self.taken_back = set(way.get("kept", [])) | set(self._ticked())
        self.know(version.detected)

    def know(self, detected: dict[str, Any]) -> None:
        """Offer what the file has, as far as that is known; where there is no choice, nothing is asked."""
        is_text = detected.get("format", TEXT[0]) in TEXT
        sheets = detected.get("sheets", [])
        delimiters = [(each, NAMES[each]) for each in DELIMITERS]
        choices: dict[str, Choices] = {
            "sheet": [(name, name) for name in sheets] if len(sheets) > 1 else [],
            "header_row": list(_headers(detected.get("beginning", []))),
            "delimiter": [("", BY_ITSELF), *delimiters] if is_text else [],
            "encoding": [("", BY_ITSELF), *ENCODINGS.items()] if is_text else [],
            "kept": list(_left_out(detected, self.taken_back)),
        }
        self.fields = {name: field for name, field in self.all_fields.items() if choices.get(name, [""])}
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField):
                field.choices = choices[name]

    def _ticked(self) -> Iterator[int]:
        """Rows that a preview offered may be none that were left out when the file was read last."""
        ticked = self.data.getlist("kept") if isinstance(self.data, QueryDict) else []
        yield from (int(row) for row in ticked if re.fullmatch("[0-9]{1,7}", row))

    def clean_header_row(self) -> int | None:
        chosen = self.cleaned_data["header_row"]
        return int(chosen) if chosen else None

    def clean_dropped(self) -> list[int]:
        return numbers_in(self.cleaned_data["dropped"])

    @property
    def way(self) -> Way:
        return ways.as_kept(self.cleaned_data)


def _headers(beginning: list[str]) -> Iterator[tuple[str, "StrOrPromise"]]:
    yield "", BY_ITSELF
    yield "0", _("見出しの行はない（1行目からデータ）")
    for row in range(1, DEEPEST + 1):
        text = beginning[row - 1] if row <= len(beginning) else ""
        values = {"row": row, "text": text}
        yield str(row), _("%(row)s行目：%(text)s") % values if text else _("%(row)s行目") % values


def _left_out(detected: dict[str, Any], kept: Collection[int]) -> Iterator[tuple[int, str]]:
    """What was left out by itself, and what was taken back."""
    rows = {row: text for row, code, text in detected.get("left_out", []) if code in NO_RECORDS[:-1]}
    beginning = dict(enumerate(detected.get("beginning", []), 1))
    for row, text in sorted(({row: beginning.get(row, "") for row in kept} | rows).items()):
        yield row, (_("%(row)s行目「%(text)s」") if text else _("%(row)s行目")) % {"row": row, "text": text[:40]}


# Rows by their numbers, as one writes them


def numbers_in(typed: str) -> list[int]:
    """18、20～22 → 18, 20, 21, 22."""
    numbers: set[int] = set()
    for part in re.split("[,、，\\s]+", typed.strip()) if typed.strip() else []:
        span = ROWS.fullmatch(part)
        if span is None:
            raise forms.ValidationError(
                _("「%(part)s」は行番号ではありません。「18、20～22」のように入力してください。"),
                params={"part": part},
            )
        first, last = int(span[1]), int(span[2] or span[1])
        if last - first >= MOST or len(numbers) > MOST:
            raise forms.ValidationError(_("一度に外せるのは%(most)s行までです。"), params={"most": MOST})
        numbers.update(range(first, last + 1))
    return sorted(numbers)


def as_typed(numbers: Sequence[int]) -> str:
    """18, 20, 21, 22 → 18、20～22."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(str(first) if first == last else f"{first}～{last}" for first, last in spans)
