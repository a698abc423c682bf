"""自己紹介への質問: a box below each sheet that the group may read."""

from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from foundation.ui.layout import Disclosure, Shown
from meetings.models import Meeting, Survey
from meetings.states import SectionKind
from meetings.survey.section import Asked
from meetings.survey.sections._questions import Questions, may_be_printed
from members import names
from members.models import IntroSheet, Membership, WorkingGroup

# So many sheets stand on the page itself; of more, each is opened by a link, for a phone has to load them all.
MOST_SHEETS = 40


class MemberQuestions(Questions):
    kind = SectionKind.MEMBER_QUESTIONS
    target, prefix = "addressee", "person"
    columns = (gettext_lazy("自己紹介への質問"),)

    def is_proposed(self, group: WorkingGroup, previous: Meeting | None) -> bool:
        return IntroSheet.objects.shown().filter(membership__group=group).exists()

    def targets(self, survey: Survey, membership: Membership) -> list[Any]:
        """The others with a sheet that the group may read."""
        return [person for person in survey.meeting.introduced if person.pk != membership.pk]

    def label_of(self, target: Any) -> str:
        return _("%sへの質問") % target.with_honorific

    def layout(self, form: Any, asked: Asked) -> list[Any]:
        if not asked.targets:
            return []
        summary = _("自己紹介を読み、質問を書く（%s名分）") % len(asked.targets)
        on_page = len(asked.targets) <= MOST_SHEETS
        people = [self._person(form, person, on_page) for person in asked.targets]
        return [Disclosure(summary, may_be_printed(), *people)]

    def _person(self, form: Any, person: Any, on_page: bool) -> Disclosure:
        where = names.with_title(person.department_name, person.job_title)
        who = f"{person.user}（{where}）" if where else str(person.user)
        badge = _("質問あり") if form[self.box(person.pk)].value() else ""
        if on_page:
            sheet = Shown("members/_sheet.html", sheet=person.sheet)
        else:
            sheet = Shown("meetings/_sheet_link.html", person=person, url=form.introduction_url(person))
        return Disclosure(who, sheet, self.box(person.pk), note=person.sheet.first_line, badge=badge)
