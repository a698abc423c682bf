"""Forms of the desk: what becomes of a question, and of a theme."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.ui.forms import NOTHING, PortalForm, choose_from, seen_field
from meetings.forms.record import PeopleField
from meetings.models import Question, Theme
from members.models.membership import MembershipQuerySet

# Enough to tell one from another in a list.
LONGEST = 60


class QuestionField(forms.ModelChoiceField):
    def label_from_instance(self, question: Question) -> str:
        return question.text if len(question.text) <= LONGEST else f"{question.text[:LONGEST]}…"


class MergeQuestionForm(PortalForm):
    seen = seen_field()
    into: forms.ModelChoiceField = QuestionField(label=_("まとめる先の質問"), queryset=None)

    submit_label = _("質問をまとめる")

    def __init__(self, *args: Any, others: QuerySet[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, into=others)


class DeclineQuestionForm(PortalForm):
    seen = seen_field()
    reason = forms.CharField(
        label=_("見送る理由"),
        max_length=200,
        help_text=_("質問した方のページに、このまま表示します。例：個別の案件のため、担当課から直接回答します。"),
    )

    submit_label = _("質問を見送る")


class RouteQuestionForm(PortalForm):
    seen = seen_field()
    routed_to: forms.ModelChoiceField = PeopleField(
        label=_("回答をお願いする方"),
        queryset=None,
        required=False,
        empty_label=NOTHING,
        help_text=_("選んだ方のページに質問を表示し、次のお知らせでお伝えします。"),
    )
    routed_item: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("取り上げる議題"),
        queryset=None,
        required=False,
        empty_label=NOTHING,
        help_text=_("議題に説明者がいるときは、説明者に回答をお願いします。"),
    )

    submit_label = _("宛先を変更する")

    def __init__(self, *args: Any, question: Question, people: MembershipQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, routed_to=people, routed_item=question.meeting.items.all())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("routed_to") and cleaned.get("routed_item"):
            self.add_error("routed_item", _("回答をお願いする方と議題は、どちらか一方だけを選択してください。"))
        return cleaned


class AddThemeForm(PortalForm):
    title = forms.CharField(label=_("テーマの例"), max_length=100)

    submit_label = _("テーマの例を追加する")


class RewordThemeForm(PortalForm):
    seen = seen_field()
    title = forms.CharField(label=_("テーマ"), max_length=100)


class MergeThemeForm(PortalForm):
    seen = seen_field()
    into: forms.ModelChoiceField = forms.ModelChoiceField(label=_("まとめる先のテーマ"), queryset=None)

    submit_label = _("テーマをまとめる")

    def __init__(self, *args: Any, others: QuerySet[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, into=others)
