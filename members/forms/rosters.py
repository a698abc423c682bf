"""A list of people: the file or the paste, and what is decided before it is registered."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import DayField, ParagraphField
from foundation.ui.forms import PortalForm, seen_field
from members.models import RosterImport
from members.rostering.known import KnownSection
from members.rostering.lines import Line, Options, RosterPlan
from members.rostering.places import CREATE, OPEN, Places
from members.states import Category

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_BYTES = 10 * 1024 * 1024
MOST_PASTED = 1_000_000
PASTED = _("貼り付けた名簿")


def list_field(label: "StrOrPromise", *, required: bool = True) -> forms.FileField:
    """A list as offices keep them."""
    return forms.FileField(
        label=label,
        required=required,
        help_text=_("Excelブック（.xlsx・.xls）、Excelで保存したCSV（.csv）のいずれか。10MBまで。"),
        error_messages={
            "empty": _(
                "選択したファイルは空（0バイト）です。保存した元のファイルを確認して、選び直してください。"
            ),
            "max_length": _("ファイル名が長すぎます。255文字までの名前に変えて、選び直してください。"),
        },
        max_length=255,
    )


def refuse_too_large(file: UploadedFile | None) -> UploadedFile | None:
    if file and file.size and file.size > MOST_BYTES:
        raise forms.ValidationError(
            _("ファイルが大きすぎます（%(size)s）。取り込めるのは%(limit)sまでです。何も保存していません。"),
            params={"size": filesizeformat(file.size), "limit": filesizeformat(MOST_BYTES)},
        )
    return file


class RosterForm(PortalForm):
    pasted = ParagraphField(
        label=_("Excelから貼り付ける"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Excelで見出しの行から最後の行までを選択してコピーし、ここに貼り付けます。"),
    )
    file = list_field(_("又は、ファイルを選択する"), required=False)

    submit_label = _("内容を確認する")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pasted"].validators.append(
            MaxLengthValidator(
                MOST_PASTED, _("貼り付けた内容が長すぎます。ファイルを選択して取り込んでください。")
            )
        )

    def clean_file(self) -> UploadedFile | None:
        return refuse_too_large(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("pasted")) == bool(cleaned.get("file")):
            raise forms.ValidationError(_("名簿を貼り付けるか、ファイルを選択してください（どちらか一方）。"))
        return cleaned

    @property
    def given(self) -> tuple[bytes, str]:
        """(bytes, what the list is called)"""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        return self.cleaned_data["pasted"].encode("utf-8-sig"), str(PASTED)


class SettleRosterForm(PortalForm):
    """What holds for all rows, and which section is meant by a name that the town does not have."""

    seen = seen_field()
    category = forms.ChoiceField(
        label=_("追加する方の区分"), required=False, help_text=_("名簿に区分の列があるときは、その区分とします。")
    )
    valid_from = DayField(
        label=_("追加する方の開始日"),
        required=False,
        help_text=_("名簿に開始日の列があるときは、その日とします。"),
    )
    moved_on = DayField(
        label=_("異動日"),
        help_text=_("所属や職名が変わる方は、この日から新しい所属になります。先の日付でも構いません。"),
    )
    move_terms = forms.BooleanField(label=_("会議体での所属も、同じ日から新しい所属に移す"), required=False)
    fill_down = forms.BooleanField(
        label=_("空欄の所属は、上の行と同じとする"), required=False, help_text=_("結合したセルのある名簿のとき。")
    )
    complete = forms.BooleanField(
        label=_("この名簿が全員の名簿である（名簿にない方を退任とする）"),
        required=False,
        help_text=_("名簿にない方は、異動日の前日までとなります。"),
    )

    submit_label = _("条件を反映する")
    show_requirement = False

    def __init__(
        self,
        *args: Any,
        roster: RosterImport,
        plan: RosterPlan,
        sections: Mapping[int, KnownSection],
        **kwargs: Any,
    ) -> None:
        options = Options(**roster.options)
        kept = {name: value for name, value in options.as_json().items() if name in self.base_fields}
        super().__init__(*args, initial={**kept, "seen": roster.version}, **kwargs)
        self.plan, self.options, self.group = plan, options, roster.group
        if group := roster.group:
            del self.fields["move_terms"]
            category = self.fields["category"]
            assert isinstance(category, forms.ChoiceField)
            category.choices = group.categories
        else:
            del self.fields["category"], self.fields["valid_from"]
        self._ask_for_sections(sections)

    @property
    def helper(self) -> FormHelper:
        """Part of the page's one form, together with the lines."""
        helper = super().helper
        helper.form_tag = False
        helper.inputs = []
        return helper

    def _ask_for_sections(self, sections: Mapping[int, KnownSection]) -> None:
        """The same few choices for each section that is not known."""
        offered = list(Places(sections, {}).choices(self.options.moving_day))
        more = [(OPEN, _("所属を登録しない"))]
        if self.group is None:
            more.insert(0, (CREATE, _("新しい組織として登録する")))
        self.asked = {}
        for number, (key, words) in enumerate(self.plan.unknown, 1):
            name = f"section-{number}"
            self.asked[name] = key
            self.fields[name] = forms.ChoiceField(
                label=_("「%s」は、どの組織ですか") % words,
                required=False,
                choices=[("", _("選択してください")), *more, *offered],
                initial=self.options.sections.get(key, ""),
            )
        rest = [name for name in self.fields if name not in {"seen", *self.asked}]
        questions = [Fieldset(_("所属の対応"), *self.asked)] if self.asked else []
        self.layout = ("seen", Fieldset(_("取込みの条件"), *rest), *questions)

    def settled(self, sent: QueryDict, page: list[Line]) -> Options:
        """All that stands on the page. What stands on others stays as it was."""
        cleaned, before = self.cleaned_data, self.options
        days = {name: cleaned[name].isoformat() for name in ("valid_from", "moved_on") if cleaned.get(name)}
        flags = {name: cleaned[name] for name in ("move_terms", "fill_down", "complete") if name in cleaned}
        sections = {key: cleaned[name] for name, key in self.asked.items() if cleaned[name]}
        shown = [line.key for line in page if line.does]
        ticked = set(sent.getlist("tick"))
        unticked = set(before.unticked) - set(shown) | set(shown) - ticked
        answers = dict(before.answers)
        for line in page:
            answer = sent.get(f"answer-{line.row}", "")
            if answer in {value for value, _words in line.choices}:
                answers[str(line.row)] = answer
        chosen = {"category": cleaned.get("category") or before.category or Category.MEMBER}
        kept = before.as_json() | days | flags | chosen
        kept |= {"sections": sections, "answers": answers, "unticked": sorted(unticked)}
        return Options(**kept)
