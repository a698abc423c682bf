"""What questions to people and questions about talks have in common: one text for each target, one consent."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.fields import ParagraphField
from foundation.ui.layout import Shown
from meetings.models import Question, Reply
from meetings.states import QuestionChannel, QuestionState
from meetings.survey.asked_before import refuse_if_used, stand_again, withdraw
from meetings.survey.section import TAKEN_AWAY, Asked, Part, Section, Told

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

QUESTION_LENGTH = 200
# Two consents, each of its own: the one who is asked hears the name, and the report prints it.
SHOW_NAME, NAME_IN_REPORT = "show_name", "name_in_report"
CONSENTS = {
    SHOW_NAME: (
        gettext_lazy("質問の宛先の方に名前を伝える"),
        gettext_lazy("チェックを入れない場合、宛先の方には質問だけを伝えます。氏名は事務局だけが閲覧します。"),
    ),
    NAME_IN_REPORT: (
        gettext_lazy("結果報告に載るときに名前を出す"),
        gettext_lazy("結果報告はどなたでも読めます。チェックを入れない場合、質問だけを載せます。"),
    ),
}


class Questions(Section, ABC):
    tally_template = "meetings/desk/_tally_questions.html"
    # One that was answered is not taken back with the reply.
    outlives = True
    # The field of Question that names the target, and how the boxes of the page begin.
    target: ClassVar[str]
    prefix: ClassVar[str]

    @abstractmethod
    def label_of(self, target: Any) -> str:
        """How the target is called, alone."""

    def field_label(self, target: Any) -> str:
        return self.label_of(target)

    def box(self, pk: int | str) -> str:
        return f"{self.prefix}_{pk}"

    def fields(self, asked: Asked) -> dict[str, forms.Field]:
        boxes = {self.box(target.pk): _question_field(self.field_label(target)) for target in asked.targets}
        return boxes | {name: _consent_field(*words) for name, words in CONSENTS.items()} if boxes else {}

    def closing(self, asked: Asked) -> list[str]:
        return list(CONSENTS) if asked.targets else []

    def labels(self, asked: Asked) -> dict[str, str]:
        return super().labels(asked) | {self.box(target.pk): self.label_of(target) for target in asked.targets}

    def initial(self, part: Part) -> dict[str, Any]:
        boxes = {self.box(pk): text for pk, text in part["to"].items()}
        return boxes | {name: True for name in CONSENTS if part[name]}

    def part_of(self, cleaned: dict[str, Any], asked: Asked) -> Part:
        texts = {str(target.pk): cleaned.get(self.box(target.pk), "") for target in asked.targets}
        written = {pk: text for pk, text in texts.items() if text}
        return {"to": written} | {name: bool(written) and bool(cleaned.get(name)) for name in CONSENTS}

    def stored(self, reply: Reply) -> Part:
        standing = [question for question in reply.asked if self._stands(question)]
        return {
            "to": {str(question[f"{self.target}_id"]): question["text"] for question in standing},
            **{name: any(question[name] for question in standing) for name in CONSENTS},
        }

    def refusal(self, part: Part, asked: Asked) -> "StrOrPromise":
        return "" if set(part["to"]) <= {str(target.pk) for target in asked.targets} else TAKEN_AWAY

    def write(self, reply: Reply, part: Part, asked: Asked) -> None:
        """Write new and changed questions; one whose text was cleared is withdrawn, not deleted.

        A question to somebody whom the page no longer shows stays as it is.
        """
        own = Question.objects.filter(**{"reply": reply, f"{self.target}__isnull": False})
        known = {str(getattr(question, f"{self.target}_id")): question for question in own}
        for pk, text in part["to"].items():
            self._ask(known.pop(pk, None), reply, text, int(pk), {name: part[name] for name in CONSENTS})
        shown = {str(target.pk) for target in asked.targets}
        for pk, question in known.items():
            if pk in shown and question.state != QuestionState.WITHDRAWN:
                withdraw(question)

    def take_back(self, reply: Reply) -> None:
        """What somebody has answered is theirs too, and what goes into the report is the meeting's."""
        own = Question.objects.filter(**{"reply": reply, f"{self.target}__isnull": False})
        for question in own.can_be_taken_back().exclude(state=QuestionState.WITHDRAWN):
            withdraw(question)

    def words(self, part: Part, asked: Asked) -> list[tuple[str, str]]:
        texts = [(self.label_of(target), part["to"].get(str(target.pk), "")) for target in asked.targets]
        written = [(label, text) for label, text in texts if text]
        return [*written, (_("質問者の名前"), _shown_to(part))] if written else []

    def cells(self, told: Told) -> list[str]:
        own = [question for question in told.questions if getattr(question, f"{self.target}_id")]
        return ["\n".join(f"{target_of(question)}：{question.text}" for question in own)]

    def _stands(self, question: dict[str, Any]) -> bool:
        return question["state"] != QuestionState.WITHDRAWN and question[f"{self.target}_id"] is not None

    def _ask(
        self, question: Question | None, reply: Reply, text: str, target: int, consents: dict[str, bool]
    ) -> None:
        """A question that the desk has merged or declined stays so unless its words change."""
        if question is None:
            question = Question(reply=reply, channel=QuestionChannel.FORM, **{f"{self.target}_id": target})
            question.meeting, question.asker = reply.survey.meeting, reply.membership
        elif question.text != text or question.state == QuestionState.WITHDRAWN:
            refuse_if_used(question)
            stand_again(question)
        if question.text != text:
            # Whoever tells it to the desk by telephone has not read what the page says of the report.
            question.asker_told = not reply.entered_by_desk
        question.text = text
        question.show_name, question.name_in_report = consents[SHOW_NAME], consents[NAME_IN_REPORT]
        question.save()


def may_be_printed() -> Shown:
    """Above the boxes: who has sent them from here has read it (`Question.asker_told`)."""
    return Shown("meetings/_may_be_printed.html")


def target_of(question: Question) -> str:
    if question.addressee:
        return _("%sへの質問") % question.addressee.with_honorific
    return _("「%s」への質問") % question.item.title if question.item else _("宛先を定めない質問")


def _question_field(label: str) -> ParagraphField:
    box = forms.Textarea(attrs={"rows": 3})
    return ParagraphField(label=label, max_length=QUESTION_LENGTH, required=False, widget=box)


def _consent_field(label: "StrOrPromise", help_text: "StrOrPromise") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=help_text)


def _shown_to(part: Part) -> str:
    """Who reads the name beside the desk. Once there was one tick for both: a revision of then says so."""
    to_addressee = part[SHOW_NAME]
    in_report = part.get(NAME_IN_REPORT, to_addressee)
    if to_addressee and in_report:
        return _("宛先の方に伝え、結果報告にも出してよい")
    if to_addressee:
        return _("宛先の方に伝えてよい（結果報告には出さない）")
    return _("結果報告に出してよい（宛先の方には伝えない）") if in_report else _("事務局だけが見る")
