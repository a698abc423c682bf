from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Row
from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm, choose_from, seen_field
from foundation.ui.layout import Button, Disclosure
from meetings.models import Meeting, Question
from meetings.record_lines import LONGEST_LINE, MOST_LINES, TOO_LONG, TOO_MANY, TypedRow, rows_of
from meetings.states import Origin, Point, QuestionChannel
from members.models import Membership


class LineField(forms.CharField):
    """One line of the report: what is pasted over several lines becomes one."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").splitlines())


class PeopleField(forms.ModelChoiceField):
    def label_from_instance(self, membership: Membership) -> str:
        return str(membership.user)


class EntryForm(PortalForm):
    """Lines to add, each with its mark, or one that is composed from rows."""

    text = ParagraphField(
        label=_("記録"),
        max_length=60_000,
        counter=False,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-enter": "send"}),
        help_text=_(
            "1行が1件になります。行頭の○、→、・はそのまま印になるので、メモやWordから何行でもまとめて貼り付けられます。"
        ),
    )
    point = forms.ChoiceField(label=_("印のない行の印"), choices=Point, initial=Point.POINT)
    origin = forms.ChoiceField(
        label=_("文の作り方"),
        choices=Origin,
        initial=Origin.TYPED,
        help_text=_("「入力する」以外を選ぶと、登録済みの内容から文を自動で作成します。"),
    )

    layout = ("text", Row("point", "origin"))
    submit_label = _("追加する")
    show_requirement = False

    @property
    def helper(self) -> FormHelper:
        """One page holds a form for each place: the button says which was pressed."""
        helper = super().helper
        helper.inputs = [Button(self.submit_label, "place", self.prefix)]
        return helper

    def clean(self) -> dict[str, Any]:
        """As the record takes it: rows with their marks, and where their words are from."""
        cleaned = super().clean()
        text, point, origin = cleaned.get("text", ""), cleaned.get("point", ""), cleaned.get("origin")
        if origin == Origin.TYPED:
            rows = rows_of(text, point)
            self._refuse_too_much(rows)
        else:
            rows = [TypedRow(point, "".join(text.splitlines()))]
        return {"rows": rows, "origin": origin}

    def _refuse_too_much(self, rows: list[TypedRow]) -> None:
        if not rows:
            self.add_error("text", _("記録を入力してください。"))
        elif len(rows) > MOST_LINES:
            self.add_error("text", TOO_MANY % {"most": MOST_LINES, "count": len(rows)})
        for number, row in enumerate(rows, start=1):
            if len(row.text) > LONGEST_LINE:
                told = {"most": f"{LONGEST_LINE:,}", "number": number, "length": f"{len(row.text):,}"}
                self.add_error("text", TOO_LONG % told)
                break


class EntryChangeForm(PortalForm):
    point = forms.ChoiceField(label=_("印"), choices=Point)
    text = LineField(label=_("記録"), max_length=2000, required=False)
    speaker: forms.ModelChoiceField = PeopleField(
        label=_("発言した方"),
        queryset=None,
        required=False,
        help_text=_("結果報告には、氏名を付ける様式を選んだときだけ載ります。"),
    )
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
        "speaker",
        Disclosure(_("自動で作成した文を置き換える"), "override", "override_reason"),
        Disclosure(_("この行を公開しない"), "withheld_reason"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = meeting.group.memberships.on(meeting.day).in_roster_order()
        choose_from(self, speaker=people.select_related("user"))


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
