from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm, seen_field
from foundation.ui.layout import Button, Disclosure
from meetings.models import Question
from meetings.states import Origin, Point, QuestionChannel
from members.models import Membership

# How a memo writes them: white circle, large circle, ideographic zero; an arrow, single or double.
MARKS = {chr(0x25CB): Point.POINT, chr(0x25EF): Point.POINT, chr(0x3007): Point.POINT}
MARKS |= {chr(0x2192): Point.REPLY, chr(0x21D2): Point.REPLY}


class LineField(forms.CharField):
    """One line of the report: what is pasted over several lines becomes one."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").splitlines())


class MarkedLinesField(LineField):
    """Pasted from a memo: each line that bears a mark of its own is one of the report, an unmarked one goes on.

    Where fewer than two bear one, it is one line, as typed.
    """

    def to_python(self, value: Any) -> str:
        typed = [line.strip() for line in str(value or "").splitlines()]
        if sum(line.startswith(tuple(MARKS)) for line in typed) < 2:
            return super().to_python(value)
        return "".join(f"\n{line}" if line.startswith(tuple(MARKS)) else line for line in typed).strip()


class PeopleField(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return str(membership.user)


class EntryForm(PortalForm):
    """A line to add: the mark, and the words or where they are composed from."""

    point = forms.ChoiceField(label=_("印"), choices=Point, initial=Point.POINT)
    origin = forms.ChoiceField(label=_("文の作り方"), choices=Origin, initial=Origin.TYPED)
    text = MarkedLinesField(
        label=_("記録"),
        max_length=2000,
        required=False,
        help_text=_(
            "「文の作り方」で「入力する」以外を選ぶと、登録済みの内容から文を自動で作成します。"
            "「○」「→」で始まる行を続けて貼り付けると、それぞれ1行ずつ追加します。"
        ),
    )

    submit_label = _("行を追加する")
    show_requirement = False

    @property
    def helper(self) -> FormHelper:
        """One page holds a form for each place: the button says which was pressed."""
        helper = super().helper
        helper.inputs = [Button(self.submit_label, "place", self.prefix)]
        return helper

    def clean(self) -> dict[str, Any]:
        """As the action takes it: one line, and those that were pasted below it."""
        cleaned = super().clean()
        lines = cleaned.get("text", "").split("\n")
        if len(lines) < 2:
            return cleaned
        (point, text), *more = (
            (MARKS.get(line[0], cleaned.get("point")), line.lstrip("".join(MARKS)).strip()) for line in lines
        )
        return cleaned | {"point": point, "text": text, "more": more}


class EntryChangeForm(PortalForm):
    point = forms.ChoiceField(label=_("印"), choices=Point)
    text = LineField(label=_("記録"), max_length=2000, required=False)
    override = LineField(label=_("置き換える文"), max_length=2000, required=False)
    override_reason = forms.CharField(label=_("置き換える理由"), max_length=200, required=False)
    withheld_reason = forms.CharField(
        label=_("非公開の理由"),
        max_length=200,
        required=False,
        help_text=_("入力すると、この行の代わりに「（一部非公開：理由）」と公開します。"),
    )
    seen = seen_field()

    layout = (
        "point",
        "text",
        Disclosure(_("自動で作成した文を置き換える"), "override", "override_reason"),
        Disclosure(_("この行を公開しない"), "withheld_reason"),
    )


class QuestionForm(PortalForm):
    text = ParagraphField(label=_("質問"), max_length=1000)
    answer = ParagraphField(
        label=_("回答"),
        max_length=2000,
        required=False,
        help_text=_("回答が二つ以上あるときは、後から追加できます。"),
    )

    submit_label = _("質疑を追加する")

    def clean(self) -> dict[str, Any]:
        """As the action takes it: a question and the answers given at once."""
        cleaned = super().clean()
        answer = cleaned.pop("answer", "")
        return cleaned | {"answers": [answer] if answer else []}


class QuestionChangeForm(PortalForm):
    """What came in by the form stays in its asker's words: they are read above the form, and not asked again."""

    seen = seen_field()
    text = ParagraphField(label=_("質問"), max_length=1000)
    in_report = forms.BooleanField(label=_("結果報告に載せる"), required=False)
    agreed = forms.BooleanField(
        label=_("質問した方から、結果報告に掲載することの了承を得た"),
        required=False,
        help_text=_("掲載することがあると御本人に伝えないまま受け付けた質問です。確認した方と日時を記録します。"),
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        if question.channel == QuestionChannel.FORM:
            del self.fields["text"]
        if not question.needs_consent:
            del self.fields["agreed"]

    def clean(self) -> dict[str, Any]:
        return {"text": self.question.text} | super().clean()


class NewAnswerForm(PortalForm):
    text = ParagraphField(label=_("回答"), max_length=2000)

    submit_label = _("回答を保存する")


class AnswerChangeForm(NewAnswerForm):
    seen = seen_field()
