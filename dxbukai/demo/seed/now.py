"""dx-now: this year's group. Its first meeting was last week, its second is announced, its form is open.

For the third a day is sought.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

from dxbukai.demo import cast
from dxbukai.demo.seed import handouts, meeting, words
from dxbukai.demo.seed.people import Town, found_group, hand_in_sheets
from foundation.actions import Actor, Via
from foundation.calendar import wareki
from meetings.actions import dates, fields, materials, meetings, notices, question_states, replies, surveys, themes
from meetings.models import AgendaItem, DatePoll, Meeting, Survey
from meetings.states import DateMark, FieldKind, ItemKind, MeetingState, Method, Mode, NoticeStyle, SectionKind
from meetings.survey.section import Content
from members import working_days
from members.models import WorkingGroup


@dataclass(frozen=True)
class Said:
    """What somebody has answered already, by logins and titles; the rest of the group is for the visitor."""

    mode: Mode
    plain: dict[str, Any] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    asks_talk: str = ""
    proposal: str = ""
    wants: tuple[str, ...] = ()
    eats: bool | None = None


POST, GRANTS = words.THEME_EXAMPLES
ANSWERED = {
    "jiro": Said(Mode.VENUE, wants=(GRANTS,), eats=True),
    "saburo": Said(Mode.VENUE, asks={"jiro": "決裁の電子化は、どの文書から始めるとよいと考えていますか。"}),
    "shiro": Said(Mode.ONLINE, asks={"jiro": "電子決裁は、どの部署から始めますか。"}, wants=(GRANTS,)),
    "mutsumi": Said(Mode.VENUE, {"arrival_note": "窓口当番のため10分ほど遅れます"}, wants=(POST,)),
    "kumi": Said(Mode.VENUE, asks_talk="小さな自治体で、最初に取り組むとよいことは何でしょうか。"),
    "mina": Said(Mode.ABSENT, {"written_opinion": "入所調整の手順を例に取り上げてほしい。"}),
    "rikka": Said(Mode.VENUE, proposal="農業者への補助金の実績報告", wants=(GRANTS,)),
    "yakumo": Said(Mode.VENUE, asks={"hanako": "郵便請求の手数料に、他の支払い方法は使えますか。"}, wants=(POST,)),
    "manabu": Said(Mode.ONLINE, asks={"hanako": "郵便請求は、年に何件ありますか。"}, eats=False),
}

MARKS = {"○": DateMark.YES, "△": DateMark.MAYBE, "×": DateMark.NO}
CAN_COME = {
    "jiro": "○○×",
    "saburo": "○△○",
    "shiro": "×○○",
    "mutsumi": "△○×",
    "kumi": "○○△",
    "mina": "×○○",
    "rikka": "○××",
}


def plant(here: Town) -> None:
    today = timezone.localdate()
    group = found_group(
        here,
        founded=today - timedelta(days=60),
        slug=cast.NOW,
        fiscal_year=wareki.year_of_april(today),
        plan_season="来春",
        plan_name="見本市DX推進計画（仮称）",
        substitutes_allowed=True,
    )
    hand_in_sheets(here, group)
    first = meeting.call(here, group, at_one(working_days.workdays_before(today, 5)))
    second = plan_second(here, group, at_one(working_days.workdays_after(today, 10)))
    meeting.take_place(here, first, second)
    prepare_materials(here, second)
    announce(here, second)
    for login, said in ANSWERED.items():
        answer(group, second, login, said)
    settle(here, group, second)
    ask_for_dates(here, group, working_days.workdays_after(today, 25))


def ask_for_dates(here: Town, group: WorkingGroup, soonest: date) -> None:
    """The third meeting has no day yet: its people are asked on which of three they can come."""
    by = Actor(here.desk)
    third = meetings.create_meeting(group=group, by=by, date_note="第2回の翌月", **meeting.PLACE)
    days = [at_one(working_days.workdays_after(soonest, ahead)) for ahead in (0, 2, 6)]
    poll = dates.set_dates(
        meeting=third,
        by=by,
        seen=0,
        closes_at=datetime.combine(working_days.workdays_after(timezone.localdate(), 8), time(17), wareki.TOKYO),
        note=words.NOTE_ON_DATES,
        days=[(begins, begins + meeting.LENGTH) for begins in days],
    )
    dates.send_dates(meeting=third, by=by, seen=poll.version)
    poll.refresh_from_db()
    for login, signs in CAN_COME.items():
        membership = meeting.member(group, login)
        marks = {option.pk: MARKS[sign] for option, sign in zip(poll.days, signs, strict=True)}
        own = Actor(membership.user, Via.LINK)
        dates.answer_dates(poll=poll, membership=membership, by=own, marks=marks, comment="", seen=0)


def settle(here: Town, group: WorkingGroup, second: Meeting) -> None:
    """The desk has looked through what was asked and proposed: one merged, one declined, two themes united."""
    by = Actor(here.desk)
    to_jiro = second.questions.filter(addressee=meeting.member(group, "jiro")).order_by("pk")
    kept, same = to_jiro
    question_states.merge_question(question=same, by=by, seen=same.version, into=kept)
    counted = second.questions.get(asker=meeting.member(group, "manabu"))
    reason = "件数は、市のホームページの統計に掲載しています。"
    question_states.decline_question(question=counted, by=by, seen=counted.version, reason=reason)
    proposal = second.themes.get(proposed_in__isnull=False)
    into = second.themes.get(title=GRANTS)
    themes.merge_theme(theme=proposal, by=by, seen=proposal.version, into=into)


def plan_second(here: Town, group: WorkingGroup, starts_at: datetime) -> Meeting:
    second = meetings.create_meeting(
        group=group,
        by=Actor(here.desk),
        theme=words.THEME,
        method=Method.GROUP_WORK,
        starts_at=starts_at,
        ends_at=starts_at + meeting.LENGTH,
        online_url="https://meet.mihon.example.jp/dx",
        **meeting.PLACE,
    )
    surveys.set_survey(
        meeting=second,
        by=Actor(here.desk),
        closes_at=second.survey.closes_at,
        sections=list(SectionKind),
        themes=words.THEME_EXAMPLES,
    )
    fields.add_field(meeting=second, by=Actor(here.desk), kind=FieldKind.ONE, **words.LUNCH)
    return second


def prepare_materials(here: Town, second: Meeting) -> None:
    """One of them in its second version, and one that is handed out."""
    title, lines = words.GROUP_WORK
    material = handouts.bring(here, second, title, lines)
    again = handouts.file_of(title, words.GROUP_WORK_AGAIN)
    materials.replace_material(material=material, by=Actor(here.desk), seen=material.version, given=again)
    handouts.bring_on_paper(here, second, words.FORMS)


def announce(here: Town, second: Meeting) -> None:
    second.refresh_from_db()
    notices.edit_notice(
        meeting=second, by=Actor(here.desk), seen=0, style=NoticeStyle.FORMAL, **words.CALL, number="行経第34号"
    )
    second.refresh_from_db()
    meetings.announce(meeting=second, by=Actor(here.desk), seen=second.version)


def answer(group: WorkingGroup, second: Meeting, login: str, said: Said) -> None:
    membership = meeting.member(group, login)
    replies.reply(
        survey=second.survey,
        membership=membership,
        by=Actor(membership.user, Via.LINK),
        content=content(group, second, said),
        idempotency_key=uuid4(),
        seen=0,
    )


def content(group: WorkingGroup, second: Meeting, said: Said) -> Content:
    talk = AgendaItem.objects.get(meeting__group=group, meeting__number=1, kind=ItemKind.TALK)
    texts = dict.fromkeys(["substitute_name", "substitute_title", "arrival_note", "note", "written_opinion"], "")
    people = {str(meeting.member(group, login).pk): text for login, text in said.asks.items()}
    lunch, (yes, no) = second.survey.fields.values_list("pk", "options").get()
    unnamed = {"show_name": False, "name_in_report": False}
    wanted = second.themes.filter(title__in=said.wants).values_list("pk", flat=True)
    return {
        SectionKind.ATTENDANCE: {"mode": said.mode, "is_substitute": False} | texts | said.plain,
        SectionKind.MEMBER_QUESTIONS: {"to": people} | unnamed,
        SectionKind.TALK_QUESTIONS: {
            "to": {str(talk.pk): said.asks_talk} if said.asks_talk else {},
            **unnamed,
        },
        SectionKind.THEMES: {"themes": sorted(wanted), "proposal": said.proposal},
        SectionKind.CUSTOM: {"answers": {} if said.eats is None else {str(lunch): yes if said.eats else no}},
    }


def postpone() -> None:
    """Move a meeting whose deadline has passed since the day of planting, with its form, and nothing else.

    Likewise the days that are asked about.
    """
    late = Survey.objects.filter(meeting__group__slug=cast.NOW, closes_at__lte=timezone.now())
    for survey in late.filter(meeting__state=MeetingState.ANNOUNCED).select_related("meeting"):
        starts_at = survey.meeting.starts_at
        assert starts_at, "an announced meeting has a date"
        ahead = at_one(working_days.workdays_after(timezone.localdate(), 10)) - starts_at
        Meeting.objects.filter(pk=survey.meeting_id).update(
            starts_at=F("starts_at") + ahead, ends_at=F("ends_at") + ahead
        )
        Survey.objects.filter(pk=survey.pk).update(closes_at=F("closes_at") + ahead)
    for poll in DatePoll.objects.asked().filter(closes_at__lte=timezone.now(), meeting__starts_at=None):
        closes_at = datetime.combine(working_days.workdays_after(timezone.localdate(), 8), time(17), wareki.TOKYO)
        moved = closes_at - poll.closes_at
        poll.options.update(starts_at=F("starts_at") + moved, ends_at=F("ends_at") + moved)
        DatePoll.objects.filter(pk=poll.pk).update(closes_at=closes_at)


def at_one(day: date) -> datetime:
    return datetime.combine(day, time(13, 0), tzinfo=wareki.TOKYO)
