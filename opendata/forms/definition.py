"""What each column of a list of the section's own holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm, seen_field
from opendata.forms.publication import label_of
from opendata.models import DatasetVersion
from opendata.table import definition


class DefinitionForm(PortalForm):
    required = forms.TypedMultipleChoiceField(
        label=gettext_lazy("必須の列（空欄を認めない）"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("空欄があるときは、誤りとして知らせます。"),
    )
    unique = forms.TypedMultipleChoiceField(
        label=gettext_lazy("同じ値を2度使わない列"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("管理番号など、行を見分ける列です。同じ値があるときは、誤りとして知らせます。"),
    )
    reason = ParagraphField(
        label=gettext_lazy("公開中の版と異なる理由"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("確認の担当者に示します。例：令和8年度から対象の施設を広げたため"),
    )
    seen = seen_field()
    submit_label = gettext_lazy("列の定義を確定する")
    show_requirement = False

    def __init__(self, *args: Any, version: DatasetVersion, **kwargs: Any) -> None:
        self.columns = definition.proposed(version)
        shown: dict[str, Any] = {f"kind_{index}": column.kind for index, column in self.columns.items()}
        shown["required"] = [index for index, column in self.columns.items() if column.required]
        shown["unique"] = [index for index, column in self.columns.items() if column.unique]
        shown |= {"reason": version.definition.get("reason", ""), "seen": version.version}
        super().__init__(*args, initial=shown, **kwargs)
        values = definition.samples(version)
        titled = [column for column in version.columns if column["index"] in self.columns]
        kinds = {
            f"kind_{column['index']}": forms.ChoiceField(
                label=label_of(column),
                choices=definition.KINDS.items(),
                help_text=_("例：%s") % "、".join(values[column["index"]]) if values[column["index"]] else "",
            )
            for column in titled
        }
        self.fields = {**kinds, **self.fields}
        for name in ("required", "unique"):
            self.fields[name].choices = [(column["index"], label_of(column)) for column in titled]  # type: ignore[attr-defined]
        if not definition.published_before(version):
            del self.fields["reason"]

    @property
    def said(self) -> dict[str, Any]:
        """As the action takes it."""
        given = self.cleaned_data
        return {
            "kinds": {index: given[f"kind_{index}"] for index in self.columns},
            "required": given["required"],
            "unique": given["unique"],
            "reason": given.get("reason", ""),
        }
