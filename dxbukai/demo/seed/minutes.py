"""The first meeting of shingikai and its 会議録: a part is not public, and a slip was corrected afterwards."""

from datetime import date, timedelta

from dxbukai.demo.seed import meeting as seeds
from dxbukai.demo.seed.now import at_one
from dxbukai.demo.seed.people import Town
from foundation.actions import Actor
from meetings.actions import agenda, meetings, record, roll
from meetings.models import Meeting
from meetings.models.material import for_citizens
from meetings.states import ItemKind, Mode, Openness, Origin, Point
from members import working_days
from members.actions import memberships, naming
from members.models import WorkingGroup
from members.states import Category
from reports import actions as reports, materials
from reports.compose import compose
from reports.compose.shipped import SHIPPED
from reports.models import Report
from reports.states import ApprovalKind

ITEMS = ("会長挨拶", "諮問について", "基本構想の考え方について", "公募委員の応募書類の扱いについて")
LINES = (
    (1, Point.POINT, "市長から審議会に、第4次総合計画の基本構想について諮問した。"),
    (2, Point.POINT, "計画の期間を10年とし、4年目に見直すことを事務局が説明した。"),
    (2, Point.POINT, "人口の見通しは、どの推計によるのかとの質問があった。"),
    (2, Point.REPLY, "国の研究所の推計を基に、市の独自の推計も用いると回答した。"),
    (2, Point.POINT, "言葉が難しいため、中学生が読んで分かる文にすべきとの意見があった。"),
    (3, Point.POINT, "応募書類に書かれた個人の経歴の扱いについて協議した。"),
)
# Whose names citizens read on the page of the body.
AGREED = 5
SLIP, RIGHT = "4年目に見直す", "5年目に見直す"
DECISIONS = """計画の期間を10年とすること。
会議の公開の取扱いを、次回、書面により決めること。
次々回に、基本構想の素案を審議すること。
各委員は、次回までに素案への意見を用意すること。"""


def begin(here: Town, group: WorkingGroup, today: date) -> Meeting:
    """Its style, its secretariat, and the first meeting as it was planned."""
    by, minutes = Actor(here.desk), SHIPPED["minutes"]
    # A citizen reads at a glance when the next one is.
    parts = minutes["parts"].replace("詳細：会議の経過", "次回：次回の会議\n詳細：会議の経過")
    reports.edit_style(group=group, by=by, **{**minutes, "parts": parts})
    section, began = here.sections["行政経営課"], today - timedelta(days=30)
    for user, title in ((here.chief, "課長"), (here.desk, "主査")):
        memberships.add_member(
            group=group,
            user=user,
            by=by,
            valid_from=began,
            category=Category.SECRETARIAT,
            department=section,
            job_title=title,
        )
    agreed = group.memberships.current().counted().order_by("pk")[:AGREED]
    naming.set_naming(group=group, by=by, people=[one.pk for one in agreed], agreed_on=today)
    return plan(here, group, today)


def hold(here: Town, first: Meeting) -> None:
    """With the second planned: the first tells of it."""
    take_minutes(here, first)
    decided_on = working_days.workdays_after(first.day, 5)
    publish(here, first, decided_on=decided_on)
    correct(here, first, decided_on)


def plan(here: Town, group: WorkingGroup, today: date) -> Meeting:
    starts_at = at_one(working_days.workdays_before(today, 12))
    by = Actor(here.desk)
    first = meetings.create_meeting(
        group=group,
        by=by,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        building="陣屋会館",
        building_kana="じんやかいかん",
        room="第1委員会室",
    )
    for title in ITEMS:
        agenda.add_item(meeting=first, by=by, kind=ItemKind.BRIEFING, title=title)
    first.refresh_from_db()
    reason = "議題4は、個人に関する情報を扱うため"
    return meetings.set_openness(
        meeting=first, by=by, seen=first.version, openness=Openness.PARTLY, openness_reason=reason
    )


def take_minutes(here: Town, first: Meeting) -> None:
    by, items = Actor(here.desk), list(first.items.order_by("order"))
    people = list(first.group.memberships.select_related("user", "group").order_by("pk"))
    for person in people:
        away = person == people[3]
        roll.mark(meeting=first, membership=person, by=by, mode=Mode.ABSENT if away else Mode.VENUE)
    for place, point, text in LINES:
        record.add_entry(meeting=first, by=by, item=items[place], point=point, text=text)
    closed = first.entries.get(item=items[3])
    record.edit_entry(entry=closed, by=by, seen=closed.version, withheld_reason="個人に関する情報のため")
    seeds.hold_as_planned(here, first)
    remove_proposed(here, first)
    first.refresh_from_db()
    roll.note_day(meeting=first, by=by, seen=first.version, observers=2)
    reports.write_outcome(meeting=first, by=by, seen=1, decisions=DECISIONS)


def remove_proposed(here: Town, held: Meeting) -> None:
    """What a working group asks of its next form, a council does not."""
    for line in held.entries.filter(origin__in=[Origin.FORM_QUESTIONS, Origin.FORM_THEMES]):
        record.remove_entry(entry=line, by=Actor(here.desk), seen=line.version)


def publish(here: Town, held: Meeting, *, decided_on: date, correction: str = "") -> None:
    by, meeting = Actor(here.desk), Meeting.objects.select_related("group").get(pk=held.pk)
    reports.send_for_review(meeting=meeting, by=by, seen=Report.objects.get(meeting=held).version)
    shown = compose(meeting).sha256
    told = {"kind": ApprovalKind.DECISION, "decided_by": "総務部長", "drafted_by": "行政経営課主査"}
    reports.approve(meeting=meeting, by=by, shown=shown, decided_on=decided_on, **told)
    shown = materials.name_of(shown, for_citizens(meeting))
    reports.publish(meeting=meeting, by=by, shown=shown, correction=correction)


def correct(here: Town, first: Meeting, decided_on: date) -> None:
    """A member noticed it on the public page."""
    by = Actor(here.desk)
    line = first.entries.get(text__contains=SLIP)
    record.edit_entry(entry=line, by=by, seen=line.version, text=line.text.replace(SLIP, RIGHT))
    reports.take_back(meeting=first, by=by, seen=Report.objects.get(meeting=first).version)
    publish(here, first, decided_on=decided_on, correction="会議の経過「基本構想の考え方について」の見直しの年")
