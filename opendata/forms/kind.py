"""What is asked of a file once it is read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from foundation.ui.forms import PortalForm, seen_field
from foundation.ui.layout import Branch, Part, When
from opendata import standards
from opendata.models import DatasetVersion

NEW, OWN_TABLE = "new", "own"


class ConfirmKindForm(PortalForm):
    """`public` are lists whose next version the file may be; the first question is whether it is one of these."""

    what = forms.ChoiceField(
        label=_("このファイルは、どれに当たりますか"),
        widget=forms.RadioSelect,
        error_messages={"required": _("どれに当たるかを選択してください。")},
    )
    standard = forms.ChoiceField(
        label=_("データの種類"),
        help_text=_("列の見出しから判断したものを選んであります。違うときは、選び直してください。"),
        error_messages={"required": _("データの種類を選択してください。")},
    )
    seen = seen_field()

    submit_label = _("この内容で進む")
    layout: tuple[Part, ...] = (Branch("what", When(NEW, "standard")), "seen")

    def __init__(
        self, *args: Any, version: DatasetVersion, public: Sequence[DatasetVersion], **kwargs: Any
    ) -> None:
        guessed = standards.present(version.standard) or OWN_TABLE
        super().__init__(*args, initial={"standard": guessed, "seen": version.version}, **kwargs)
        if guessed == OWN_TABLE:
            self.fields["standard"].help_text = _("近いものがなければ、「独自の表」のまま進んでください。")
        self.public = {str(other.dataset_id): other for other in public}
        what, standard = self.fields["what"], self.fields["standard"]
        assert isinstance(what, forms.ChoiceField)
        assert isinstance(standard, forms.ChoiceField)
        kinds = sorted(standards.kinds().items(), key=lambda kind: kind[1])
        standard.choices = [*kinds, (OWN_TABLE, _("独自の表"))]
        titles = [other.title for other in public]
        what.choices = [
            (key, _next_of(other, alone=titles.count(other.title) == 1)) for key, other in self.public.items()
        ]
        what.choices += [(NEW, _("新しいデータセット"))]
        if not public:
            del self.fields["what"]
            self.layout = ("standard", "seen")

    @property
    def next_of(self) -> DatasetVersion | None:
        return self.public.get(self.cleaned_data.get("what", NEW))

    def clean_standard(self) -> str:
        chosen = self.cleaned_data["standard"]
        return "" if chosen == OWN_TABLE else chosen


def _next_of(other: DatasetVersion, *, alone: bool) -> str:
    """With its address where another of them has the same title."""
    assert other.published_at is not None
    values = {"title": other.title, "number": other.number, "day": wareki.date(other.published_at)}
    words = _("「%(title)s」の新しい版（%(day)sに第%(number)s版を公開）") % values
    return words if alone else _("%(words)sアドレス：%(slug)s") % {"words": words, "slug": other.dataset.slug}
