"""The survey before the next meeting, which two origins announce."""

from django.utils.translation import gettext as _

from meetings.models import Meeting
from meetings.states import SectionKind
from reports.compose.problems import Fix, Missing
from reports.compose.rows import Rows


def next_survey(rows: Rows) -> Meeting:
    if rows.upcoming is None:
        number = rows.meeting.number + 1
        raise Missing(_("第%s回の会議がまだ作成されていません。") % number, Fix.NEXT)
    return rows.upcoming


def no_section(number: int, kind: SectionKind) -> Missing:
    return Missing(
        _("第%(number)s回の入力フォームに「%(section)s」の欄がありません。")
        % {"number": number, "section": kind.label},
        Fix.FORM,
    )
