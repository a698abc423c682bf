"""What an officer takes along for the decision on a call, before it goes out (起案用一式)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from foundation.documents.blocks import Document, Gap, NumberedLine, Side, TextLine
from meetings import notices
from meetings.models import Meeting
from meetings.models.material import handouts
from members import names
from members.filing import Paper, table, written


def papers(meeting: Meeting, *, at: datetime) -> Iterator[Paper]:
    notice = notices.of(meeting)
    yield from written(_("01_起案文（案）"), _("起案文の案"), request(meeting), ("docx",), at)
    call = notices.document(meeting, notice)
    yield from written(_("02_開催通知（案）"), _("開催通知の案"), call, ("docx", "pdf"), at)
    yield _readers(meeting)
    if notices.has_copies(meeting):
        copies = notices.copies(meeting, notice)
        yield from written(_("04_所属長への写し（案）"), _("所属ごとに1枚"), copies, ("docx",), at)


def request(meeting: Meeting) -> Document:
    """Asks for a decision."""
    notice = notices.of(meeting)
    title = _("%s（伺い）") % notice.subject
    people = meeting.asked()
    on_paper = people.without_email().count()
    sent_to = _("%(all)s名（うち紙でお渡しする方%(paper)s名）") if on_paper else _("%(all)s名")
    told = [
        (_("会議"), str(meeting)),
        (meeting.day_word, notices.when(meeting)),
        (meeting.place_word, notices.where(meeting)),
        (_("送付先"), sent_to % {"all": people.count(), "paper": on_paper}),
        (_("発出予定日"), notice.dated),
        (_("添付"), "、".join([_("開催通知（案）"), *(each.listed for each in handouts(meeting))])),
    ]
    filled = [(label, words) for label, words in told if words]
    lines = [NumberedLine(number, words, str(label)) for number, (label, words) in enumerate(filled, start=1)]
    body = _("　このことについて、別紙（案）のとおり通知してよろしいか伺います。")
    heading = TextLine(title, Side.CENTER, is_title=True)
    opening = (heading, Gap(), TextLine(body), Gap(), TextLine(_("記"), Side.CENTER), Gap())
    return Document(title, meeting.group.parent_body, (*opening, *lines, Gap(), TextLine(_("以上"), Side.END)))


def _readers(meeting: Meeting) -> Paper:
    people = meeting.asked().select_related("user").in_roster_order()
    return table(
        _("03_送付先の名簿.csv"),
        _("送付先と送付の方法"),
        [_("氏名"), _("区分"), _("所属・職名"), _("送付の方法")],
        (
            [
                person.user,
                meeting.group.category(person.category),
                names.with_title(person.department_name, person.job_title),
                _("メール") if person.user.address else _("紙"),
            ]
            for person in people
        ),
    )
