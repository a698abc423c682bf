from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from foundation.actions import Conflict
from foundation.ui.fields import ParagraphField
from foundation.ui.forms import PortalForm, seen_field
from meetings.models import Answer, Question
from members.models import Membership


class AnswerQuestionsForm(PortalForm):
    """A box below each question; one that is left empty is not answered, one that is emptied is taken back."""

    submit_label = _("回答を保存する")
    show_requirement = False

    def __init__(self, *args: Any, questions: Sequence[Question], answerer: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.put_to_me = questions
        self.own = {question.pk: own_answer(question, answerer) for question in questions}
        for question in questions:
            own = self.own[question.pk]
            self.fields[f"answer_{question.pk}"] = ParagraphField(
                label=label_of(question),
                max_length=2000,
                required=False,
                initial=own.text if own else "",
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[f"seen_{question.pk}"] = seen_field()
            self.initial[f"seen_{question.pk}"] = own.version if own else 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        pks = [question.pk for question in self.put_to_me if f"answer_{question.pk}" in cleaned]
        return {"answers": {pk: (cleaned[f"answer_{pk}"], cleaned.get(f"seen_{pk}", 0)) for pk in pks}}

    def meet(self, conflict: Conflict) -> None:
        """Another window was faster: its words stand in the sentence, these stay in the box."""
        stored = conflict.stored
        name = f"answer_{stored.question_id}"
        self.sent_again_with(**{f"seen_{stored.question_id}": str(stored.version)})
        self.status = 409
        self.cleaned_data.setdefault(name, "")
        said = gettext(
            "別の画面で、次の回答が保存されています。この欄の内容に置き換えるときは、もう一度保存してください。「%s」"
        )
        self.add_error(name, said % stored.text)


def label_of(question: Question) -> str:
    """「…」, and who asks, if they said so."""
    if question.show_name and question.asker:
        names = {"text": question.text, "asker": question.asker.with_honorific}
        return gettext("%(text)s（%(asker)sより）") % names
    return question.text


def own_answer(question: Question, answerer: Membership) -> Answer | None:
    return next((answer for answer in question.answers.all() if answer.answerer_id == answerer.pk), None)
