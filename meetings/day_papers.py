"""What the desk prints for the day: agenda, list of those who come, a roll with boxes, cards for the tables.

Each from the rows that the pages show; nothing is typed for it.
"""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from foundation.documents.blocks import (
    Block,
    Document,
    Gap,
    Heading,
    LabelTable,
    NumberedLine,
    SeatCard,
    Side,
    TextLine,
)
from meetings import notices
from meetings.models import Meeting
from meetings.models.material import handouts
from meetings.roll_call import OnRoll, roll_call, walk_ins
from meetings.states import Mode
from meetings.timetable import Slot, timetable

EMPTY = "□"
BLANK_ROWS = 3


def agenda(meeting: Meeting) -> Document:
    """次第: the items in their order, with the time of day as long as it is known how long each takes."""
    return _paper(meeting, _("次第"), _agenda(meeting))


def attendees(meeting: Meeting) -> Document:
    """出席者名簿: as recorded, and before that as answered."""
    people = [*roll_call(meeting), *walk_ins(meeting)]
    return _paper(meeting, _("出席者名簿"), _by_category(people, _coming))


def paper_roll(meeting: Meeting) -> Document:
    """To be marked by hand, where no screen is at the door."""
    return _paper(meeting, _("出席確認表"), _roll(meeting))


def seat_cards(meeting: Meeting) -> Document:
    """席札: of whoever may sit in the room, two a sheet, to be cut."""
    people = [*roll_call(meeting), *walk_ins(meeting)]
    cards = tuple(_card(person) for person in people if _known(person) in {Mode.VENUE, None})
    nobody = TextLine(_("席札を作成する方がいません。"))
    return Document(_("%s　席札") % meeting, meeting.group.name, cards or (nobody,))


PAPERS: dict[str, Callable[[Meeting], Document]] = {
    "agenda": agenda,
    "attendees": attendees,
    "roll": paper_roll,
    "seats": seat_cards,
}


def _paper(meeting: Meeting, kind: str, blocks: Iterator[Block]) -> Document:
    title = f"{meeting}　{kind}"
    return Document(title, meeting.group.name, (*_head(meeting, title), *blocks), foot=str(meeting))


def _head(meeting: Meeting, title: str) -> Iterator[Block]:
    yield TextLine(title, Side.CENTER, is_title=True)
    yield Gap()
    if when := notices.when(meeting):
        yield TextLine(_("日時　%s") % when)
    if meeting.place:
        yield TextLine(_("場所　%s") % meeting.place_read)
    yield Gap()


def _agenda(meeting: Meeting) -> Iterator[Block]:
    items = list(meeting.items.select_related("presenter__user"))
    for number, slot in enumerate(timetable(meeting, items), 1):
        yield NumberedLine(number, _item(slot))
    if not items:
        yield TextLine(_("議題は登録されていません。"))
    if listed := [version.listed for version in handouts(meeting)]:
        yield Gap()
        yield TextLine(_("配布資料"))
        yield from (NumberedLine(number, words, level=1) for number, words in enumerate(listed, 1))


def _item(slot: Slot) -> str:
    title, presenter = slot.item.title, slot.item.presenter
    by = _("説明：%s") % presenter.user if presenter else ""
    below = "　".join(part for part in (slot.span, by) if part)
    return f"{title}\n{below}" if below else title


def _roll(meeting: Meeting) -> Iterator[Block]:
    """Below the roster there is room for who comes without being on it, and for those who listen."""
    yield from _by_category(roll_call(meeting), _boxes)
    yield Heading(_("名簿にない方（氏名、所属・職名）"))
    yield LabelTable((("　", _ticks()),) * BLANK_ROWS)
    yield Gap()
    yield TextLine(_("傍聴者　　　　　名"))


def _by_category(people: Iterable[OnRoll], words: Callable[[OnRoll], str]) -> Iterator[Block]:
    """Those of one category below each other, in the order of the roster."""
    sorts: dict[str, list[tuple[str, str]]] = {}
    for person in people:
        rows = sorts.setdefault(str(person.category_label), [])
        rows.append((person.name, words(person)))
    for label, rows in sorts.items():
        yield Heading(_("%(category)s（%(count)s名）") % {"category": label, "count": len(rows)})
        yield LabelTable(tuple(rows))
    if not sorts:
        yield TextLine(_("開催日現在の名簿に登録された方がいません。"))


def _coming(person: OnRoll) -> str:
    mode = _known(person)
    said = Mode(mode).label if mode else _("回答なし")
    return _below(person.title, _noted(str(said), person))


def _boxes(person: OnRoll) -> str:
    said = _("回答：%s") % person.planned_label if person.planned else ""
    return _below(_beside(person.title, _noted(said, person)), _ticks(_("欠席")))


def _ticks(*more: str) -> str:
    boxes = "　".join(f"{EMPTY}{word}" for word in (_("会場"), _("オンライン"), *more))
    return _beside(boxes, _("到着　　：　　　退席　　："))


def _card(person: OnRoll) -> SeatCard:
    name = _stand_in(person) or person.name
    return SeatCard(name, "" if _stand_in(person) else person.title)


def _known(person: OnRoll) -> str | None:
    """What was recorded counts more than what was announced."""
    return person.mode or person.planned


def _stand_in(person: OnRoll) -> str:
    return (person.substitute if person.mode else person.planned_substitute) or ""


def _noted(said: str, person: OnRoll) -> str:
    return _beside(said, _("代理：%s") % _stand_in(person) if _stand_in(person) else "")


def _beside(*words: str) -> str:
    return "　".join(word for word in words if word)


def _below(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
