"""The call of a meeting as a paper of the office: composed from the notice's words and the meeting's rows."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from foundation.calendar import wareki
from foundation.db import clock
from foundation.documents import as_text
from foundation.documents.blocks import Block, Document, Gap, NumberedLine, Side, TextLine, one_after_another
from meetings.models import AgendaItem, Meeting, Notice
from meetings.models.material import handouts
from meetings.models.notice import usual_body, usual_title
from members.models import Membership
from members.models.membership import MembershipQuerySet
from members.states import Category


def of(meeting: Meeting) -> Notice:
    """As the desk wrote it, or as it is proposed; the latter is not stored."""
    return meeting.notice if hasattr(meeting, "notice") else proposed(meeting)


def proposed(meeting: Meeting) -> Notice:
    """As of the last meeting, without what was said of that one alone."""
    before = Notice.objects.filter(meeting__group=meeting.group_id, meeting__number__lt=meeting.number)
    last = before.order_by("-meeting__number", "-pk").first()
    kept = ("style", "addressee", "sender", "seal_omitted", "remarks", "copies")
    return Notice(meeting=meeting, **({name: getattr(last, name) for name in kept} if last else {}))


def usual(meeting: Meeting) -> dict[str, str]:
    """What stands where the desk left a line empty."""
    return {"title": usual_title(meeting), "body": usual_body(meeting), "addressee": everybody(meeting)}


def everybody(meeting: Meeting) -> str:
    """部会メンバー、外部有識者　各位"""
    told = meeting.asked().order_by().values_list("category", flat=True)  # type: ignore[misc]  # its annotation
    counted = set(told.distinct())
    found = [category for category in Category if category in counted]
    return _("%s　各位") % "、".join(
        str(meeting.group.category(category)) for category in found or [Category.MEMBER]
    )


def lacking(meeting: Meeting, notice: Notice) -> list[str]:
    """Without this no call goes out."""
    found = []
    if notice.is_formal and not notice.number:
        found.append(_("文書番号がありません。番号が決まりましたら「開催通知の文面」で入力してください。"))
    if notice.is_formal and not notice.sender:
        found.append(_("発信者がありません。「開催通知の文面」で入力してください。"))
    if (until := _deadline(meeting)) and until <= clock.now():
        found.append(_("回答期限が過ぎています。入力フォームの回答期限を改めてください。"))
    if not meeting.group.desk_of and not meeting.group.contact_email:
        found.append(_("事務局の連絡先がありません。事務局の課、電話又はメールアドレスを登録してください。"))
    return found


def doubts(meeting: Meeting, notice: Notice) -> list[str]:
    """What a careful officer would look at once more; a call may go out for all that."""
    found = []
    if not meeting.items.exists():
        found.append(_("議題がありません。"))
    if not meeting.place and not meeting.online_url:
        found.append(_("場所もオンラインの接続先もありません。通知には「後日お知らせします」と載せます。"))
    if notice.dated_on and notice.dated_on < clock.today():
        found.append(_("発出日（%s）が過ぎています。") % notice.dated)
    if not meeting.group.phone:
        found.append(_("事務局の電話番号がありません。受け取った方が、本当に事務局からの連絡かを確認できません。"))
    return found


# The paper


def document(meeting: Meeting, notice: Notice) -> Document:
    """For the file, and for the decision before it: to all of them, without anybody's own link."""
    blocks = (*_head(notice), *_title(notice), *_text(meeting, notice), *_record(meeting, notice), *_foot(notice))
    return Document(title=notice.subject, author=str(notice.signed), blocks=blocks)


def _head(notice: Notice, addressee: str = "") -> Iterator[Block]:
    if notice.is_formal:
        yield TextLine(notice.number or _("第　　　号"), Side.END)
    else:
        yield TextLine(_("事務連絡"), Side.END)
    yield TextLine(notice.dated or _no_day_yet(clock.today()), Side.END)
    yield Gap()
    yield TextLine(addressee or notice.addressee or everybody(notice.meeting))
    yield Gap()
    yield TextLine(str(notice.signed), Side.END)
    if notice.says_no_seal:
        yield TextLine(_("（公印省略）"), Side.END)


def _title(notice: Notice) -> Iterator[Block]:
    yield Gap()
    yield TextLine(notice.subject, Side.CENTER, is_title=True)
    yield Gap()


def _text(meeting: Meeting, notice: Notice) -> Iterator[Block]:
    for paragraph in notice.words.split("\n"):
        yield TextLine(f"　{paragraph}")
    if until := _deadline(meeting):
        asked = _(
            "つきましては、%(until)sまでに、別途お一人ずつにお知らせする回答用ページから、%(what)sを御回答ください。"
        )
        what = _("議題ごとの賛否と御意見") if meeting.is_written else _("出欠")
        yield TextLine("　" + asked % {"until": wareki.datetime(until), "what": what})
    yield Gap()


def _record(meeting: Meeting, notice: Notice) -> Iterator[Block]:
    """記 … 以上; a 事務連絡 has the same facts without these two words."""
    named = Listed(list(meeting.items.all()), [each.listed for each in handouts(meeting)], _deadline(meeting))
    if notice.is_formal:
        yield from (TextLine(_("記"), Side.CENTER), Gap())
    yield from _numbered(meeting, notice, named)
    if notice.is_formal:
        yield TextLine(_("以上"), Side.END)


def numbered(meeting: Meeting, notice: Notice, items: list[AgendaItem], materials: list[str]) -> str:
    """The same for an email, which tells each reader their own deadline apart."""
    return as_text.lines(_numbered(meeting, notice, Listed(items, materials)))


class Listed(NamedTuple):
    """What a call lists beside day and place."""

    items: list[AgendaItem]
    materials: list[str]
    until: datetime | None = None


def _numbered(meeting: Meeting, notice: Notice, named: Listed) -> Iterator[Block]:
    number = 0
    for label, text, lines in _facts(meeting, notice, named):
        if not text and not lines:
            continue
        number += 1
        yield NumberedLine(number, text, label)
        for below, line in enumerate(lines, 1):
            yield NumberedLine(below, line, level=1)


def _facts(meeting: Meeting, notice: Notice, named: Listed) -> Iterator[tuple[str, str, list[str]]]:
    yield meeting.day_word, when(meeting), []
    yield meeting.place_word, where(meeting), []
    yield _("議題"), "", [item.title for item in named.items]
    yield _("資料"), "", named.materials
    yield _("回答期限"), wareki.datetime(named.until) if named.until else "", []
    lines = notice.remark_lines
    yield (_("その他"), "", lines) if len(lines) > 1 else (_("その他"), "".join(lines), [])


def _foot(notice: Notice) -> Iterator[Block]:
    group = notice.meeting.group
    yield Gap()
    if notice.copies:
        yield TextLine(_("写し：%s") % notice.copies)
    yield TextLine(_("担当：%s") % f"{group.name} {_('事務局')} {group.desk_of}".strip(), Side.END)
    if group.contact_email:
        yield TextLine(group.contact_email, Side.END)


def when(meeting: Meeting) -> str:
    if meeting.starts_at is None:
        return meeting.date_note
    if meeting.ends_at is None:
        return wareki.datetime(meeting.starts_at)
    return f"{wareki.date(meeting.starts_at)} {wareki.time_range(meeting.starts_at, meeting.ends_at)}"


def where(meeting: Meeting) -> str:
    place = meeting.place_read or _("後日お知らせします")
    return (
        _("%s（オンラインでも出席できます）") % place if meeting.online_url and not meeting.is_written else place
    )


def _no_day_yet(today: date) -> str:
    """令和8年　　月　　日: filled in by hand on the day."""
    return _("%s　　月　　日") % wareki.year(today)


def _deadline(meeting: Meeting) -> datetime | None:
    return meeting.survey.closes_at if hasattr(meeting, "survey") else None


# Copies


def copies(meeting: Meeting, notice: Notice) -> Document:
    """写し: to the head of each section, who of it was called; the call itself stands below."""
    of_section: dict[str, list[Membership]] = defaultdict(list)
    for person in _of_sections(meeting).select_related("user").in_roster_order():
        of_section[person.department_name].append(person)
    papers = [_copy(meeting, notice, section, people) for section, people in of_section.items()]
    title = _("%sの写し") % notice.subject
    return one_after_another(papers, title=title, author=str(notice.signed))


def has_copies(meeting: Meeting) -> bool:
    return _of_sections(meeting).exists()


def _of_sections(meeting: Meeting) -> MembershipQuerySet:
    """Not those of an organisation outside of the house."""
    return meeting.asked().exclude(department_path=None)  # type: ignore[misc]  # its annotation


def _copy(meeting: Meeting, notice: Notice, section: str, people: list[Membership]) -> Document:
    called = [NumberedLine(number, str(person.user)) for number, person in enumerate(people, 1)]
    told = _(
        "次の職員に、下記のとおり通知しましたので、写しを送付します。職務として出席できるよう、御配慮をお願いします。"
    )
    head = _head(notice, _("%s　所属長　様") % section)
    title = TextLine(_("%s　写し") % notice.subject, Side.CENTER, is_title=True)
    blocks = (*head, Gap(), title, Gap(), TextLine(f"　{told}"), *called, Gap())
    record = _record(meeting, notice)
    return Document(notice.subject, str(notice.signed), (*blocks, *record, *_foot(notice)))
