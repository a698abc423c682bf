"""With what every action on a reply begins: its person, held, and the form as it stands for them."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from foundation.actions import Actor, demand
from meetings import emails, policy
from meetings.models import Reply, Survey
from meetings.states import MeetingState
from meetings.survey.content import Questionnaire, questionnaire
from meetings.survey.section import Content
from members.models import Membership, PersonalLink
from members.states import Purpose


def lock_for_desk(survey: Survey, membership: Membership, by: Actor) -> Survey:
    survey = lock(survey, membership)
    demand(policy.can_run(by.user, survey.meeting), _("回答の入力は、事務局の担当者だけが行えます。"))
    if survey.meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("開催通知の後、開催済みになるまでの間だけ入力できます。"))
    return survey


def lock(survey: Survey, membership: Membership) -> Survey:
    """Hold the person's row, through which every answer of theirs passes, then read deadline and clock.

    Two queries on purpose: a clock read in the locking query would be read before the wait for the lock,
    and an answer could be written after its deadline.
    """
    Membership.objects.select_for_update(of=["self"], no_key=True).get(pk=membership.pk)
    return (
        Survey.objects.for_person(membership)
        .select_related("meeting__group__contact_department")
        .get(pk=survey.pk)
    )


def stored_reply(survey: Survey, membership: Membership) -> Reply | None:
    return Reply.objects.whole().filter(survey=survey, membership=membership).first()


def asks_of(survey: Survey, membership: Membership, content: Content) -> Questionnaire:
    """What is asked of the person as of the day of the meeting; anything else in `content` is refused."""
    asks = questionnaire(survey, asked_person(survey, membership))
    if refusal := asks.refusal(content):
        raise ValidationError(refusal)
    return asks


def asked_person(survey: Survey, membership: Membership) -> Membership:
    """The person with category and department as of the day of the meeting."""
    person = survey.meeting.asked().select_related("user").filter(pk=membership.pk).first()
    if person is None:
        raise PermissionDenied(
            _("この会議の出欠回答の対象者に登録されていないため、回答できません。%sへ御連絡ください。")
            % survey.meeting.group.contact
        )
    return person


def tell(name: str, reply: Reply, survey: Survey, membership: Membership) -> None:
    """What was received, or taken back, as an email: nobody's answer changes without a word to them."""
    emails.send(
        name,
        meeting=survey.meeting,
        membership=membership,
        link=PersonalLink.objects.filter(membership=membership, purpose=Purpose.MEETING).first(),
        key=str(reply.version),
        survey=survey,
        is_open=policy.is_open(survey),
        reply=reply,
    )
