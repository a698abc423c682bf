"""The second meeting of shingikai, for which nobody came together: papers went out, and each said yes or no."""

from datetime import timedelta
from uuid import uuid4

from dxbukai.demo import cast
from dxbukai.demo.seed import handouts, minutes
from dxbukai.demo.seed.people import Town
from foundation.actions import Actor, Via
from foundation.db import clock
from meetings.actions import agenda, consents, in_writing, meetings, replies, surveys
from meetings.models import Meeting
from meetings.states import Approval, ItemKind, Method, Openness, SectionKind
from members.models import Membership, WorkingGroup
from members.states import Channel
from reports import actions as reports

RULES, DAYS = "会議の公開の取扱い（案）について", "今後の日程について"
# By the login: what they say of the rules, and of the days.
SAID = {
    "tadashi": (Approval.YES, "", ""),
    "midori": (Approval.YES, "会議資料も、開催の3日前までに公開してはどうか。", ""),
    "keiko": (Approval.YES, "", "夕方の開催も検討してほしい。"),
    "minoru": (Approval.NO, "傍聴の定員を、会場の広さに応じて増やすべきである。", ""),
    "yui": (Approval.YES, "", ""),
    "ayumu": (Approval.OTHER, "原案でよいが、オンラインでの傍聴も検討してほしい。", ""),
    "osamu": (Approval.YES, "", ""),
}


def plan(here: Town, group: WorkingGroup) -> Meeting:
    """Settled today: its people have a minute to answer, and all of them do."""
    by, soon = Actor(here.desk), clock.now() + timedelta(minutes=1)
    meeting = meetings.create_meeting(
        group=group, by=by, method=Method.WRITTEN, theme="", starts_at=soon + timedelta(minutes=1)
    )
    for item in meeting.items.all():
        agenda.remove_item(item=item, by=by, seen=item.version)
    kind = ItemKind.DISCUSSION
    rules = agenda.add_item(meeting=meeting, by=by, kind=kind, title=RULES, needs_decision=True)
    agenda.add_item(meeting=meeting, by=by, kind=ItemKind.OTHER, title=DAYS)
    points = ["会議の公開と傍聴の手続", "会議録の公表までの日数", "個人に関する情報の扱い"]
    paper = handouts.bring(here, meeting, "会議の公開の取扱い（案）", points, item=rules)
    consents.note_consent(
        material=paper,
        by=by,
        seen=paper.version,
        consents=True,
        name="行政経営課",
        given_on=clock.today(),
        how="作成した課に口頭で確認",
    )
    sections = [SectionKind.ATTENDANCE, SectionKind.APPROVALS]
    surveys.set_survey(meeting=meeting, by=by, closes_at=soon, sections=sections, themes=[])
    meeting.refresh_from_db()
    reason = "書面により開催するため"
    return meetings.set_openness(
        meeting=meeting, by=by, seen=meeting.version, openness=Openness.CLOSED, openness_reason=reason
    )


def take_place(here: Town, meeting: Meeting) -> None:
    by = Actor(here.desk)
    meetings.announce(meeting=meeting, by=by, seen=meeting.version)
    for person in meeting.asked().select_related("user", "group"):
        answer(here, meeting, person)
    meeting.refresh_from_db()
    in_writing.conclude(meeting=meeting, by=by, seen=meeting.version, casting={})
    minutes.remove_proposed(here, meeting)
    in_writing.take_over_opinions(meeting=meeting, by=by)
    reports.write_outcome(meeting=meeting, by=by, seen=1)
    minutes.publish(here, meeting, decided_on=clock.today())


def answer(here: Town, meeting: Meeting, person: Membership) -> None:
    """By their own link; of who has no email the desk enters what came on paper."""
    approval, *texts = SAID[cast.login_of(person.user)]
    said = zip(meeting.items.order_by("order"), (approval, ""), texts, strict=True)
    items = {str(item.pk): [chosen, text] for item, chosen, text in said if chosen or text}
    on_paper = person.user.channel == Channel.PAPER
    do, by = (replies.enter_reply, Actor(here.desk)) if on_paper else (replies.reply, Actor(person.user, Via.LINK))
    texts_of_none = dict.fromkeys(["substitute_name", "substitute_title", "arrival_note", "note"], "")
    attendance = {"mode": "", "is_substitute": False, "written_opinion": ""} | texts_of_none
    do(
        survey=meeting.survey,
        membership=person,
        by=by,
        content={SectionKind.ATTENDANCE: attendance, SectionKind.APPROVALS: {"items": items}},
        idempotency_key=uuid4(),
        seen=0,
    )
