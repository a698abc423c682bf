"""What is published, and under which words."""

from collections.abc import Iterator, Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import Asking, PortalForm, seen_field
from foundation.ui.layout import Part
from members.states import Licence
from opendata.actions.describing import WORDS, Publication
from opendata.models import Dataset, DatasetVersion
from opendata.slugs import RESERVED
from opendata.states import PrivacyAnswer, UpdateCycle
from opendata.table import privacy
from opendata.table.alike import called_the_same

OF_OWN = _(
    "公開中の「{title}」（{department}）と同じ名前です。同じ一覧を更新するときは、"
    '<a href="{page}">「{title}」の新しい版として進めてください</a>。'
    "別の一覧のときは、見分けのつく名前にしてください。"
)
OF_OTHERS = _(
    "公開中の「{title}」（{department}）と同じ名前です。課の名前を付けるなど、見分けのつく名前にしてください。"
)


class PublicationForm(Asking, PortalForm):
    every_column = forms.BooleanField(
        label=_("全ての列を公開する"),
        required=False,
        help_text=_("見出しのない列と、下で「公開しない」と答える列を除きます。"),
    )
    columns = forms.TypedMultipleChoiceField(
        label=_("公開する列"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("標準の列は、初めから選択されています。標準にない列は、選択したものだけを公開します。"),
    )
    privacy_confirmed = forms.BooleanField(
        label=_("公開する列に、公開してはならない個人の情報が含まれていないことを確認しました"), required=False
    )
    title = forms.CharField(label=_("データセット名"), max_length=100)
    description = ParagraphField(
        label=_("説明"),
        max_length=1000,
        help_text=_("何の一覧で、いつ時点のものか。例：市が管理する公衆トイレの一覧です（令和8年4月1日時点）。"),
    )
    slug = forms.SlugField(
        label=_("公開ページのアドレス"),
        max_length=60,
        help_text=_("半角の英小文字・数字・ハイフン。公開した後は変更できません。"),
        error_messages={"invalid": _("半角の英数字とハイフンで入力してください。")},
    )
    licence = forms.ChoiceField(
        label=_("ライセンス"),
        choices=Licence,
        widget=forms.RadioSelect,
        help_text=_("データの利用者が守る条件です。特別な事情がなければ、変更する必要はありません。"),
    )
    update_cycle = forms.ChoiceField(label=_("更新頻度"), choices=UpdateCycle)
    seen = seen_field()

    submit_label = _("保存して次へ")
    layout: tuple[Part, ...] = (
        Fieldset(_("公開する列"), "every_column", "columns"),
        Fieldset(_("個人情報の確認"), "privacy_confirmed"),
        Fieldset(_("データセットの情報"), "title", "description", "slug", "licence", "update_cycle"),
        "seen",
    )

    def __init__(self, *args: Any, version: DatasetVersion, **kwargs: Any) -> None:
        self.version = version
        self.suspects = privacy.suspects(version, version.columns)
        super().__init__(*args, initial=initial_of(version, self.suspects), **kwargs)
        columns = self.fields["columns"]
        assert isinstance(columns, forms.MultipleChoiceField)
        in_order = sorted(version.columns, key=lambda column: not column["field"])
        columns.choices = [(column["index"], label_of(column)) for column in in_order]
        self.choice_groups = {"columns": groups_of(version)}
        doubt = _("個人の情報の可能性があります（下で確認します）")
        self.choice_hints = {"columns": {str(suspect.index): doubt for suspect in self.suspects}}
        self.ask_of_suspects()
        self.fields["title"].help_text = self.said_of(version.title)
        if version.dataset.versions.published().exists():
            self.fields["slug"].disabled = True

    def ask_of_suspects(self) -> None:
        """One answer for each column, before the words."""
        asked = {name_of(suspect): question_about(suspect) for suspect in self.suspects}
        self.fields |= asked
        first, _privacy, *rest = self.layout
        self.layout = (first, Fieldset(_("個人情報の確認"), *asked, "privacy_confirmed"), *rest)

    def clean(self) -> dict[str, Any]:
        """A column that stays inside needs no answer; one that is answered so stays inside."""
        cleaned = super().clean()
        columns = set(cleaned.get("columns", []))
        if cleaned.pop("every_column", False):
            columns = {column["index"] for column in self.version.columns if column["header"]}
        for suspect in self.suspects:
            answer = cleaned.get(name_of(suspect), "")
            if answer == PrivacyAnswer.INSIDE:
                columns.discard(suspect.index)
            elif suspect.index in columns and not answer:
                self.add_error(name_of(suspect), _("公開してよいかを選択してください。"))
        if "columns" in cleaned and not columns:
            self.add_error("columns", _("公開する列を一つ以上選択してください。"))
        return cleaned | {"columns": columns}

    def doubts(self) -> Iterator[str]:
        title = self.cleaned_data["title"]
        if title != self.version.title or not self.version.description:
            yield from filter(None, [strip_tags(self.said_of(title))])

    def said_of(self, title: str) -> str:
        """Of a title that another public list has: which one, and what to do."""
        other = called_the_same(self.version, title)
        if other is None:
            return ""
        is_own = other.dataset.department_id == self.version.dataset.department_id
        words = OF_OWN if is_own and self.version.number == 1 else OF_OTHERS
        page = reverse("opendata:confirm_kind", args=[self.version.dataset.slug])
        return format_html(str(words), title=other.title, department=other.dataset.department, page=page)

    def shown_of(self, stored: DatasetVersion) -> dict[str, Any]:
        return initial_of(stored, self.suspects)

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"].lower()
        others = Dataset.objects.exclude(pk=self.version.dataset_id)
        if slug in RESERVED or others.filter(slug=slug).exists():
            raise forms.ValidationError(_("このアドレスは既に使われています。別の名前を入力してください。"))
        return slug

    @property
    def publication(self) -> Publication:
        given = {name: self.cleaned_data[name] for name in ("slug", "privacy_confirmed", *WORDS)}
        answers = {suspect.index: self.cleaned_data[name_of(suspect)] for suspect in self.suspects}
        return Publication(**given, columns=frozenset(self.cleaned_data["columns"]), privacy=answers)


def initial_of(version: DatasetVersion, suspects: Sequence[privacy.Suspect]) -> dict[str, Any]:
    before = privacy.said_before(version, suspects)
    return {
        "columns": [column["index"] for column in version.public_columns],
        "privacy_confirmed": version.privacy_confirmed,
        **{name_of(suspect): suspect.answer or before.get(suspect.index, "") for suspect in suspects},
        "slug": version.dataset.slug,
        **{name: getattr(version, name) for name in WORDS},
        "seen": version.version,
    }


def groups_of(version: DatasetVersion) -> dict[str, str]:
    """The columns by their index, those of the standard before the section's own, where there are both."""
    standard, own = (
        {str(column["index"]): str(title) for column in version.columns if bool(column["field"]) is is_known}
        for title, is_known in ((_("標準の列"), True), (_("標準にない列"), False))
    )
    return {**standard, **own} if standard and own else {}


def label_of(column: dict[str, Any]) -> str:
    return str(_("%(letter)s列 %(header)s") % {**column, "header": column["header"] or _("（見出しなし）")})


def name_of(suspect: privacy.Suspect) -> str:
    return f"privacy_{suspect.index}"


def question_about(suspect: privacy.Suspect) -> forms.Field:
    return forms.ChoiceField(
        label=_("%sを公開してよいですか") % label_of({"letter": suspect.letter, "header": suspect.header}),
        choices=PrivacyAnswer,
        widget=forms.RadioSelect,
        required=False,
        help_text=suspect.reason,
    )
