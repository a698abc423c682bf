"""A meeting from its first plan to its call: created, edited, announced, cancelled."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from meetings import emails, policy, proposals
from meetings.actions.forms import create_form
from meetings.actions.preparing import lock, move, save
from meetings.models import AgendaItem, Form, Meeting
from meetings.states import MeetingState
from members import rules
from members.actions.links import personal_link
from members.models import WorkingGroup
from members.states import Purpose

DETAILS = [
    "theme",
    "method",
    "starts_at",
    "ends_at",
    "date_note",
    "building",
    "room",
    "online_url",
]
# A change of one of these is told to everybody who was called.
TOLD = {"starts_at", "ends_at", "building", "room"}


class Stale(ValidationError):
    """Somebody else changed the meeting after this page was opened."""

    def __init__(self):
        super().__init__(
            _(
                "このページを開いた後に、ほかの担当者が会議の内容を変更しました。"
                "内容を確かめて、もう一度保存すると、今の入力で置き換えます。"
            )
        )


@action
def create(*, group: WorkingGroup, by: Actor, sections=None, number: int | None = None, **details) -> Meeting:
    """Plan the next meeting, with the agenda that the last one leaves and, once there is a day, its form."""
    group = WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    if not rules.runs_desk(by.user, group.pk):
        raise PermissionDenied(_("会議の作成は、事務局の担当者だけが行えます。"))
    previous = last_meeting(group)
    following = previous.number + 1 if previous else 1
    if number not in {None, following}:
        raise ValidationError(_("第%s回は、すでに作成されています。部会の画面で確かめてください。") % number)
    meeting = Meeting(group=group, number=following, **details)
    meeting.full_clean()
    meeting.save()
    AgendaItem.objects.bulk_create(proposals.agenda(meeting, previous))
    record(by=by, action="meetings.create", target=meeting, previous=previous and previous.pk)
    if meeting.starts_at:
        _open_form(meeting, previous, sections)
    return meeting


@action
def edit(*, meeting: Meeting, by: Actor, version: int, **details) -> Meeting:
    """Change the plan. Those who were called are told of a new time or place; their answers stay."""
    meeting = lock(meeting, by)
    if meeting.version != version:
        raise Stale
    changed = {name: value for name, value in details.items() if getattr(meeting, name) != value}
    for name, value in changed.items():
        setattr(meeting, name, value)
    save(meeting, *changed)
    record(by=by, action="meetings.edit", target=meeting, **{name: str(changed[name] or "") for name in changed})
    if meeting.starts_at and not hasattr(meeting, "form"):
        _open_form(meeting, previous_of(meeting), None)
    if meeting.state == MeetingState.ANNOUNCED and TOLD & set(changed):
        tell(meeting, "change", by=by, key=str(meeting.version))
    return meeting


@action
def announce(*, meeting: Meeting, by: Actor, version: int, notice_number="") -> int:
    """Call the meeting: from now on its people see it and can answer. Returns how many emails go out."""
    meeting = lock(meeting, by)
    if meeting.version != version:
        raise Stale
    if not policy.is_ready_to_announce(meeting):
        raise ValidationError(_("開催通知を送る前に、日時と入力フォームを決めてください。"))
    if meeting.form.closes_at <= timezone.now():
        raise ValidationError(_("回答期限が過ぎています。入力フォームの回答期限を改めてください。"))
    meeting.notice_number, meeting.announced_at = notice_number, timezone.now()
    move(meeting, MeetingState.ANNOUNCED)
    save(meeting, "notice_number", "announced_at", "state")
    Form.objects.filter(meeting=meeting, opens_at__gt=Now()).update(opens_at=Now())
    sent = tell(meeting, "announce", by=by, key="1")
    record(by=by, action="meetings.announce", target=meeting, emails=sent, notice_number=notice_number)
    return sent


@action
def cancel(*, meeting: Meeting, by: Actor, reason: str) -> int:
    """Call it off; those who were called are told why. Its number becomes free again."""
    meeting = lock(meeting, by)
    was_announced = meeting.state == MeetingState.ANNOUNCED
    move(meeting, MeetingState.CANCELLED)
    save(meeting, "state")
    record(by=by, action="meetings.cancel", target=meeting, reason=reason)
    return tell(meeting, "cancel", by=by, key="1", reason=reason) if was_announced else 0


@action
def remind(*, meeting: Meeting, by: Actor) -> int:
    """Ask those once more who have not answered; at most once a day."""
    meeting = lock(meeting, by)
    form = Form.objects.filter(meeting=meeting).first()
    if meeting.state != MeetingState.ANNOUNCED or form is None or form.closes_at <= timezone.now():
        raise ValidationError(_("再案内は、回答を受け付けている間だけ送れます。"))
    sent = tell(meeting, "remind", by=by, key=timezone.localdate().isoformat(), people=unanswered(meeting))
    record(by=by, action="meetings.remind", target=meeting, emails=sent)
    return sent


@action
def resend(*, meeting: Meeting, membership, by: Actor) -> bool:
    """Send one person their link again; pressed twice within a minute it is one email."""
    meeting = lock(meeting, by)
    person = meeting.asked().select_related("user").filter(pk=membership.pk).first()
    if meeting.state != MeetingState.ANNOUNCED or person is None:
        raise ValidationError(_("回答用リンクは、開催通知の後、名簿にある方だけに送れます。"))
    key = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    link = personal_link(membership=person, purpose=Purpose.MEETING, by=by)
    email = emails.send("resend", meeting=meeting, membership=person, link=link, key=key, at_once=True)
    record(by=by, action="meetings.resend", target=meeting, membership=membership.pk, sent=bool(email))
    return email is not None


def tell(meeting: Meeting, name: str, *, by: Actor, key: str, people=None, **context) -> int:
    """One email to each person who is asked; returns how many will leave."""
    form = Form.objects.filter(meeting=meeting).first()
    items = list(meeting.items.select_related("presenter__user"))
    asked = (meeting.asked() if people is None else people).select_related("user").in_roster_order()
    sent = 0
    for person in asked:
        # Also for those without an address: their slips of paper carry it.
        link = personal_link(membership=person, purpose=Purpose.MEETING, by=by)
        email = emails.send(
            name, meeting=meeting, membership=person, link=link, key=key, form=form, items=items, **context
        )
        sent += email is not None
    return sent


def unanswered(meeting: Meeting):
    return meeting.asked().exclude(responses__form__meeting=meeting)


def last_meeting(group: WorkingGroup) -> Meeting | None:
    return group.meetings.standing().order_by("-number").first()


def previous_of(meeting: Meeting) -> Meeting | None:
    return meeting.group.meetings.standing().filter(number=meeting.number - 1).first()


def _open_form(meeting: Meeting, previous: Meeting | None, sections) -> None:
    create_form(
        meeting,
        closes_at=proposals.deadline(meeting.day),
        sections=proposals.sections(meeting.group, previous) if sections is None else sections,
    )
