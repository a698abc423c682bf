"""How a group's report looks and reads, as its desk wrote it: data, never code."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import GroupRules, WorkingGroup
from reports.formats import filling, parts, usual
from reports.formats.moments import DateStyle
from reports.formats.parts import ReportPart
from reports.states import ClockLook, EraLook, FactsLook, HeadingLook, NamesLook, SpanLook, WeekdayLook

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What the desk enters for a report alone, by the part of a style that prints it.
ASKED = {
    "decisions": ("decisions",),
    "recording": ("was_recorded",),
    "signers": ("signers",),
}


def sentence(label: "StrOrPromise", words: str, longest: int = 300) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=longest, blank=True, default=words, db_default=words)


def look(label: "StrOrPromise", choices: Any, first: str) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=12, choices=choices, default=first, db_default=first)


def sign(label: "StrOrPromise", mark: str, help_text: "StrOrPromise" = "") -> "models.CharField[str, str]":
    return models.CharField(label, max_length=10, blank=True, default=mark, db_default=mark, help_text=help_text)


class Style(GroupRules):
    """What was published keeps its words, and what was decided on its style."""

    group = models.OneToOneField(WorkingGroup, on_delete=models.PROTECT, related_name="style", editable=False)
    name = models.CharField(_("様式の名前"), max_length=50, default=usual.NAME, db_default=usual.NAME)
    parts = models.TextField(_("項目と順番"), max_length=3000, default=usual.PARTS, db_default=usual.PARTS)
    title = sentence(_("標題"), usual.TITLE)
    purpose = sentence(_("概要の1文目"), usual.PURPOSE)
    turnout = sentence(_("概要の2文目"), usual.TURNOUT)
    request = sentence(_("課題の文"), usual.REQUEST)
    item_form = models.CharField(
        _("議題の見出し"),
        max_length=50,
        blank=True,
        default=usual.ITEM,
        db_default=usual.ITEM,
        help_text=_("例：（{番号}）{議題}【{資料}】　{資料}には、その議題の配布資料の番号が入ります。"),
    )
    facts_look = look(_("日時、場所などの並べ方"), FactsLook, FactsLook.BRACKETS)
    heading_look = look(_("大きい見出し"), HeadingLook, HeadingLook.BRACKETS)
    subheading_look = look(_("質疑と連絡事項の見出し"), HeadingLook, HeadingLook.DOUBLE)
    era = look(_("年"), EraLook, EraLook.WAREKI)
    weekday = look(_("曜日"), WeekdayLook, WeekdayLook.SHORT)
    clock = look(_("時刻"), ClockLook, ClockLook.HALVES)
    span = look(_("開会と閉会"), SpanLook, SpanLook.WAVE)
    names_look = look(_("出席者と欠席者の書き方"), NamesLook, NamesLook.NAMES)
    point_sign = sign(_("発言や説明の行"), "○")
    reply_sign = sign(_("回答や続きの行"), "→")
    question_sign = sign(_("質問の行"), "Q.", _("例：Q. 委員："))
    answer_sign = sign(_("回答の行"), "A.", _("例：A. 事務局："))
    has_speakers = models.BooleanField(
        _("「委員：」のように発言した人で始まる行には、行の記号を付けない"), default=False, db_default=False
    )
    names_speakers = models.BooleanField(
        _("発言した方の氏名を、行の初めに付ける"),
        default=False,
        db_default=False,
        help_text=_("会議の記録で「発言した方」を選んだ行だけに付けます。公開する文書に氏名が載ります。"),
    )
    has_sizes = models.BooleanField(_("配布資料に、形式と大きさを付ける"), default=False, db_default=False)

    class Meta:
        verbose_name = _("結果報告の様式")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors: dict[str, str] = {}
        for name, known in usual.FIELDS.items():
            if objection := filling.objection(getattr(self, name), known):
                errors[name] = objection
        try:
            kinds = {part.kind for part in parts.read(self.parts)}
        except ValueError as refusal:
            errors["parts"] = str(refusal)
        else:
            errors |= self._contradictions(kinds)
        if errors:
            raise ValidationError(errors)

    @property
    def parts_list(self) -> list[ReportPart]:
        return parts.read(self.parts)

    @property
    def dates(self) -> DateStyle:
        return DateStyle(self.era, self.weekday, self.clock, self.span)

    @property
    def asked(self) -> list[str]:
        """What the desk enters for a report in this style."""
        kinds = [part.kind for part in self.parts_list]
        wants_outcome = "overview" in kinds and usual.OUTCOME in filling.fields_of(self.turnout)
        names = [name for kind in kinds for name in ASKED.get(kind, ())]
        return (["outcome"] if wants_outcome else []) + names

    @property
    def rules(self) -> dict[str, Any]:
        """As a report that was decided on keeps it."""
        return {field.name: getattr(self, field.name) for field in self._meta.fields if field.name not in NO_RULES}

    def _contradictions(self, kinds: set[str]) -> dict[str, Any]:
        """What each rule allows and all together do not."""
        errors: dict[str, Any] = {}
        if not self.title:
            errors["title"] = _("標題を入力してください。")
        if usual.HEADING not in filling.fields_of(self.item_form):
            errors["item_form"] = _("「{議題}」を入れてください。議題の名前がどこにも表示されません。")
        if "asked" in kinds and self.question_sign == self.answer_sign:
            errors["answer_sign"] = _("質問と回答の記号が同じで、読む方が区別できません。別の記号にしてください。")
        if "overview" in kinds and not (self.purpose or self.turnout or self.request):
            errors["parts"] = _(
                "「概要」の行がありますが、概要の文がありません。文を入力するか、行を消してください。"
            )
        if self.has_sizes and "materials" not in kinds:
            errors["has_sizes"] = _("「配布資料」の行がないため、形式と大きさを付けられません。")
        return errors


NO_RULES = {"id", "version", "group"}
