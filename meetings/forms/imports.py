"""Answers from another form: the file, and what its columns and words are taken for."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.forms import PortalForm, ShownForm
from foundation.ui.layout import Button, Shown
from meetings.models import Reply
from meetings.survey.importing import (
    MOST_CARRIED,
    SUBSTITUTES,
    ImportPlan,
    Meaning,
    SentTable,
    columns_of,
    meaning_of,
    plan,
    table_of,
)
from members.forms.rosters import list_field, refuse_too_large
from members.models import Membership

# So many words of one column stand on the page; what else there is, is left out.
MOST_WORDS = 50
LEFT_OUT, NO_COLUMN = gettext_lazy("取り込まない"), gettext_lazy("この列はない")
LABELS = {
    "name": gettext_lazy("氏名の列"),
    "email": gettext_lazy("メールアドレスの列"),
    "mode": gettext_lazy("出欠の列"),
    "substitute": gettext_lazy("代理の方の氏名の列"),
    "note": gettext_lazy("事務局への連絡の列"),
}


class ImportFileForm(PortalForm):
    file = list_field(gettext_lazy("回答のファイル"))
    submit_label = gettext_lazy("内容を確認する")

    def clean_file(self) -> UploadedFile | None:
        return refuse_too_large(self.cleaned_data["file"])


class ImportRepliesForm(ShownForm):
    """The table travels with its page: until the last press nothing of it is stored."""

    table = forms.CharField(widget=forms.HiddenInput, max_length=MOST_CARRIED)
    source = forms.CharField(widget=forms.HiddenInput, max_length=255, required=False)

    show_requirement = False
    submit_label = gettext_lazy("この内容で取り込む")
    other_now = gettext_lazy(
        "確認している間に、回答や名簿が変わりました。まだ何も取り込んでいません。下の一覧を確認して、もう一度押してください。"
    )
    data: QueryDict

    def __init__(
        self,
        data: QueryDict,
        *,
        sent: SentTable,
        people: Sequence[Membership],
        replies: Mapping[int, Reply],
        **kwargs: Any,
    ) -> None:
        self.sent, self.people, self.replies = sent, people, replies
        columns = [("", NO_COLUMN), *((str(at), head) for at, head in enumerate(sent.header))]
        places = {value for value, _head in columns[1:]}
        typed = {name: data.get(name, "") for name in LABELS}
        self.columns = {name: int(value) if value in places else None for name, value in typed.items()}
        words = list(dict.fromkeys(filter(None, sent.column(self.columns["mode"]))))
        place = self.columns["mode"]
        self.boxes = {f"means_{place}_{at}": word for at, word in enumerate(words[:MOST_WORDS])}
        own = {name: _choice(label, columns) for name, label in LABELS.items()}
        own |= {box: _choice(_("「%s」") % word, self.meanings) for box, word in self.boxes.items()}
        self.base_fields = {**self.base_fields, **own}  # type: ignore[misc]  # Django copies the instance's own
        super().__init__(data, **kwargs)
        self.layout = (
            Fieldset(_("どの列を使うか"), *LABELS),
            *([Fieldset(_("出欠の列の言葉の意味"), *self.boxes)] if self.boxes else []),
            Div(Button(_("選び方を反映して一覧を見直す"), "again", kind="outline")),
            Shown("meetings/desk/_import_lines.html", importing=self),
        )

    @property
    def helper(self) -> Any:
        """Whoever presses Enter looks again; only the button takes in."""
        helper = super().helper
        helper.inputs = [Button(self.submit_label, "apply")]
        return helper

    @cached_property
    def meanings(self) -> list[tuple[str, Any]]:
        allowed = any(person.group.substitutes_allowed for person in self.people[:1])
        found = [meaning for meaning in Meaning if allowed or meaning not in SUBSTITUTES]
        return [("", LEFT_OUT), *((meaning.value, meaning.label) for meaning in found)]

    @cached_property
    def plan(self) -> ImportPlan:
        meanings = {word: self._meaning(box, word) for box, word in self.boxes.items()}
        return plan(self.sent, self.columns, meanings, self.people, self.replies)

    def _meaning(self, box: str, word: str) -> str:
        """A word that the page did not show yet means what it seems to."""
        value = self.data.get(box, meaning_of(word))
        return value if value in dict(self.meanings) else ""

    @property
    def ticked(self) -> list[str]:
        return self.data.getlist("overwrite")

    def show(self) -> None:
        """The page says what it shows: each word with its meaning, and a hash of what each row would do."""
        for line in self.plan.lines:
            line.is_ticked = line.person is not None and str(line.person.pk) in self.ticked
        told = {box: self._meaning(box, word) for box, word in self.boxes.items()}
        self.sent_again_with(**told, shown=self.plan.shown)


def first_look(sent: SentTable, source: str) -> QueryDict:
    """As if a page had been sent on which everything is taken for what it seems to be."""
    data = QueryDict(mutable=True)
    data.update({"table": sent.as_text(), "source": source[-255:]})
    data.update({name: str(at) for name, at in columns_of(sent.header).items()})
    return data


def sent_with(data: QueryDict) -> SentTable:
    """The table that the page carried."""
    typed = data.get("table", "")
    table = table_of(typed) if len(typed) <= MOST_CARRIED else None
    if table is None:
        raise ValidationError(_("この画面の情報が足りません。もう一度ファイルを選択してください。"))
    return table


def _choice(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)
