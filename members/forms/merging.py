from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from foundation.ui.forms import ShownForm
from members.merging import exchangeable
from members.models import User


class MergePersonForm(ShownForm):
    """Which of two ways to reach a person goes on to be used; asked only where there are two."""

    submit_label = _("この内容で統合する")
    other_now = _("この画面を開いた後に、どちらかの登録が変わりました。もう一度内容を確認してください。")

    def __init__(self, *args: Any, kept: User, other: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = exchangeable(kept, other)
        for name in self.names:
            label = User._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            own = getattr(kept, name)
            choices = [("kept", own or gettext("登録しない")), ("other", getattr(other, name))]
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, initial="kept" if own else "other"
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        take = [name for name in self.names if cleaned.get(name) == "other"]
        return {"shown": cleaned.get("shown", ""), "take": take}
