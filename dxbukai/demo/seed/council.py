"""shingikai: a formal body with 委員 and 会長.

The first meeting has its 会議録, the second was held in writing, the third is announced.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from dxbukai.demo import cast
from dxbukai.demo.seed import handouts, in_writing, minutes
from dxbukai.demo.seed.now import at_one
from dxbukai.demo.seed.people import Town
from foundation.actions import Actor
from foundation.calendar import wareki
from meetings.actions import agenda, meetings, notices, surveys
from meetings.models import Meeting
from meetings.states import ItemKind, NoticeStyle, Openness, SectionKind
from members import working_days
from members.actions import groups, memberships, people
from members.models import Membership, WorkingGroup
from members.states import Category, Channel, Office

WORDS: dict[str, Any] = {
    "body_word": "審議会",
    "member_word": "委員",
    "expert_word": "専門委員",
    "chair_word": "会長",
    "vice_chair_word": "副会長",
    "acting_word": "会長職務代理者",
}


class Citizen(NamedTuple):
    family: str
    given: str
    family_kana: str
    given_kana: str
    affiliation: str
    job_title: str
    login: str
    category: Category = Category.MEMBER


CITIZENS = [
    Citizen("例山", "正", "れいやま", "ただし", "見本大学", "教授", "tadashi"),
    Citizen("見立", "緑", "みたて", "みどり", "見本市商工会議所", "専務理事", "midori"),
    Citizen("仮屋", "敬子", "かりや", "けいこ", "見本市社会福祉協議会", "会長", "keiko"),
    Citizen("試川", "実", "ためしがわ", "みのる", "見本市自治会連合会", "副会長", "minoru"),
    Citizen("架橋", "結", "かけはし", "ゆい", "", "公募委員", "yui"),
    Citizen("模島", "歩", "もじま", "あゆむ", "", "公募委員", "ayumu"),
    Citizen("想田", "理", "そうだ", "おさむ", "見本総合研究所", "主席研究員", "osamu", Category.EXPERT),
]
ON_PAPER = "minoru"
CHARTER = "第1条　市長の附属機関として、見本市総合計画審議会を置く。\n第2条　審議会は、委員8人以内で組織する。"


def plant(here: Town) -> None:
    today = timezone.localdate()
    group = found(here, today)
    for citizen in CITIZENS:
        join(here, group, citizen, today)
    chair, vice = group.memberships.order_by("pk")[:2]
    for membership, office in ((chair, Office.CHAIR), (vice, Office.VICE_CHAIR)):
        give(here, membership, office)
    first = minutes.begin(here, group, today)
    second = in_writing.plan(here, group)
    call(here, group, today)
    minutes.hold(here, first)
    in_writing.take_place(here, second)


def found(here: Town, today: date) -> WorkingGroup:
    group = groups.add_group(
        by=Actor(here.administrator),
        name="総合計画審議会",
        slug=cast.COUNCIL,
        parent_body="見本市",
        charter="見本市総合計画審議会条例",
        fiscal_year=wareki.year_of_april(today),
        planned_meetings=4,
        plan_name="第4次見本市総合計画",
        contact_department=here.sections["行政経営課"],
        contact_phone="内線 2350",
        contact_email="keikaku@mihon.example.jp",
        purpose_text="審議会の運営（出欠の確認、資料の準備、会議録の作成）にだけ利用します。",
        retention_text="審議会の年度の翌年度末まで保存し、その後、廃棄を決定して廃棄します。",
        is_public=True,
        aim="市の総合計画について、市長の諮問に応じて調査し、審議する。",
        charter_text=CHARTER,
        **WORDS,
    )
    for user in (here.desk, here.chief):
        groups.grant_desk(
            group=group, user=user, by=Actor(here.administrator), valid_from=today - timedelta(days=30)
        )
    return group


def join(here: Town, group: WorkingGroup, citizen: Citizen, today: date) -> None:
    person = people.add_person(
        by=Actor(here.administrator),
        family_name=citizen.family,
        given_name=citizen.given,
        family_kana=citizen.family_kana,
        given_kana=citizen.given_kana,
        email=cast.email(citizen.login),
        channel=Channel.PAPER if citizen.login == ON_PAPER else Channel.MAIL,
    )
    memberships.add_member(
        group=group,
        user=person,
        by=Actor(here.desk),
        valid_from=today - timedelta(days=30),
        category=citizen.category,
        affiliation=citizen.affiliation,
        job_title=citizen.job_title,
    )


def give(here: Town, membership: Membership, office: Office) -> None:
    first = membership.terms.get().valid_from
    memberships.give_office(membership=membership, by=Actor(here.desk), office=office, valid_from=first)


def call(here: Town, group: WorkingGroup, today: date) -> None:
    starts_at = at_one(working_days.workdays_after(today, 12))
    meeting = meetings.create_meeting(
        group=group,
        by=Actor(here.desk),
        theme="",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        building="陣屋会館",
        building_kana="じんやかいかん",
        room="第1委員会室",
    )
    prepare(here, meeting)
    announce(here, meeting)


def prepare(here: Town, meeting: Meeting) -> None:
    """What it is about, what is read, and what is asked."""
    for item in meeting.items.all():
        agenda.remove_item(item=item, by=Actor(here.desk), seen=item.version)
    for title in ("会長挨拶", "基本構想（素案）について", "今後の日程について"):
        agenda.add_item(meeting=meeting, by=Actor(here.desk), kind=ItemKind.BRIEFING, title=title)
    draft = meeting.items.get(title="基本構想（素案）について")
    handouts.bring(here, meeting, "基本構想（素案）", ["将来像", "まちづくりの柱", "計画の期間"], item=draft)
    surveys.set_survey(
        meeting=meeting,
        by=Actor(here.desk),
        closes_at=meeting.survey.closes_at,
        sections=[SectionKind.ATTENDANCE],
        themes=[],
    )


def announce(here: Town, meeting: Meeting) -> None:
    """Citizens may listen, and its people are called."""
    meeting.refresh_from_db()
    meeting = meetings.set_openness(
        meeting=meeting,
        by=Actor(here.desk),
        seen=meeting.version,
        openness=Openness.OPEN,
        observer_seats=10,
        observing_how="開会の30分前から、会場の受付で先着順に受け付けます。",
        public_notice_days=30,
    )
    notices.edit_notice(
        meeting=meeting,
        by=Actor(here.desk),
        seen=0,
        style=NoticeStyle.FORMAL,
        number="行経第41号",
        sender="見本市長　見本 一郎",
    )
    meeting.refresh_from_db()
    meetings.announce(meeting=meeting, by=Actor(here.desk), seen=meeting.version)
