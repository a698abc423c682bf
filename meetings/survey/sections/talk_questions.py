"""話題提供への質問: a box for each talk, of the meeting before and of this one."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.layout import Disclosure
from meetings.models import AgendaItem, Meeting, Survey
from meetings.states import ItemKind, SectionKind
from meetings.survey.section import Asked
from meetings.survey.sections._questions import Questions, may_be_printed
from members.models import Membership, WorkingGroup


class TalkQuestions(Questions):
    kind = SectionKind.TALK_QUESTIONS
    target, prefix = "item", "talk"
    columns = (gettext_lazy("話題提供への質問"),)

    def is_proposed(self, group: WorkingGroup, previous: Meeting | None) -> bool:
        return previous is not None and previous.items.filter(kind=ItemKind.TALK).exists()

    def targets(self, survey: Survey, membership: Membership) -> list[Any]:
        """The talks of others: no speaker is asked about their own."""
        return [talk for talk in meeting_talks(survey.meeting) if talk.presenter_id != membership.pk]

    def label_of(self, target: AgendaItem) -> str:
        return _("「%s」への質問") % name_of_talk(target)

    def field_label(self, target: AgendaItem) -> str:
        return name_of_talk(target)

    def layout(self, form: Any, asked: Asked) -> list[Any]:
        boxes = [self.box(talk.pk) for talk in asked.targets]
        if not boxes:
            return []
        return [Disclosure(_("話題提供への質問（%s件）") % len(boxes), may_be_printed(), *boxes)]


def meeting_talks(meeting: Meeting) -> list[AgendaItem]:
    """The talks that a survey asks questions about: those of the meeting before, for questions come up after
    a talk, and of this one those whose speaker is known.
    """
    return [
        item
        for item in meeting.around
        if item.kind == ItemKind.TALK and (item.meeting_id != meeting.pk or item.presenter)
    ]


def name_of_talk(talk: AgendaItem) -> str:
    """第1回 デジタル化の話（高橋 美咲）"""
    name = _("第%(number)s回 %(title)s") % {"number": talk.meeting.number, "title": talk.title}
    return f"{name}（{talk.presenter.user}）" if talk.presenter else name
