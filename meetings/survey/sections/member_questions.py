"""自己紹介への質問: a box below each sheet that the group may read."""

from typing import Any

from crispy_forms.layout import Fieldset, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.layout import Disclosure
from meetings.models import Meeting, Survey
from meetings.states import SectionKind
from meetings.survey.section import Asked
from meetings.survey.sections._questions import Questions
from members import names
from members.models import IntroSheet, Membership, WorkingGroup


class MemberQuestions(Questions):
    kind = SectionKind.MEMBER_QUESTIONS
    target, prefix = "addressee", "person"
    columns = (gettext_lazy("自己紹介への質問"),)

    def is_proposed(self, group: WorkingGroup, previous: Meeting | None) -> bool:
        return IntroSheet.objects.shown().filter(membership__group=group).exists()

    def targets(self, survey: Survey, membership: Membership) -> list[Any]:
        """The others with a sheet that the group may read."""
        meeting = survey.meeting
        others = meeting.group.memberships.on(meeting.day).exclude(pk=membership.pk)
        shown = others.filter(sheet__in=IntroSheet.objects.shown())
        return list(shown.select_related("user", "sheet").in_roster_order())

    def label_of(self, target: Any) -> str:
        return _("%sへの質問") % target.with_honorific

    def field_label(self, target: Any) -> str:
        """The person's name stands above the box already."""
        return _("質問")

    def layout(self, form: forms.BaseForm, asked: Asked) -> list[Any]:
        if not asked.targets:
            return []
        summary = _("自己紹介を読み、質問を書く（%s名分）") % len(asked.targets)
        people = Disclosure(summary, *[self._person(form, person) for person in asked.targets])
        return [Fieldset(_("自己紹介への質問"), people)]

    def _person(self, form: forms.BaseForm, person: Any) -> Disclosure:
        where = names.with_title(person.department_name, person.job_title)
        first_line = person.sheet.wants.partition("\n")[0]
        who = f"{person.user}（{where}）" if where else str(person.user)
        badge = _("質問あり") if form[self.box(person.pk)].value() else ""
        return Disclosure(who, Introduction(person), self.box(person.pk), note=first_line, badge=badge)


class Introduction(LayoutObject):
    """Somebody's sheet, above the box for a question to them."""

    def __init__(self, person: Any) -> None:
        self.person = person
        self.fields: list[str] = []

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> str:
        return render_to_string("members/_sheet.html", {"sheet": self.person.sheet})
