"""Answers to the form: drafted, given, changed until the deadline, entered by the desk."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.actions import Actor, Conflict, action, record
from foundation.calendar import wareki
from meetings import emails, policy
from meetings.given import ATTENDANCE, PLAIN, Given, Questionnaire, given_in, questionnaire
from meetings.models import Question, Reply, ReplyDraft, Survey, SurveyExtension, Theme, ThemeVote
from meetings.states import MeetingState, QuestionChannel, QuestionState
from members.actions.links import personal_link
from members.models import Membership, PersonalLink
from members.states import Purpose


@action
def reply(
    *,
    survey: Survey,
    membership: Membership,
    by: Actor,
    given: Given,
    idempotency_key: UUID,
    version: int,
) -> Reply:
    """Take a person's own answer. What is stored already is acknowledged again, also after the deadline."""
    if by.user != membership.user:
        raise PermissionDenied(_("回答できるのは御本人だけです。"))
    survey = _lock(survey, membership)
    before = _stored(survey, membership)
    if before and given_in(before) == given:
        return before
    membership = _asked(survey, membership)
    _refuse_what_was_not_asked(survey, membership, given)
    if not policy.is_open(survey):
        raise ValidationError(closed_sentence(survey), code="closed")
    _refuse_if_stale(before, idempotency_key, version)
    return _write(survey, membership, before, given, by=by, key=idempotency_key)


@action
def enter_reply(
    *, survey: Survey, membership: Membership, by: Actor, given: Given, idempotency_key: UUID, version: int
) -> Reply:
    """The desk writes down what a person said by telephone: until the meeting is held, and marked as such."""
    survey = _lock(survey, membership)
    if not policy.can_run(by.user, survey.meeting):
        raise PermissionDenied(_("回答の入力は、事務局の担当者だけが行えます。"))
    if survey.meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("開催通知の後、開催済みになるまでの間だけ入力できます。"))
    before = _stored(survey, membership)
    if before and given_in(before) == given:
        return before
    membership = _asked(survey, membership)
    _refuse_what_was_not_asked(survey, membership, given)
    _refuse_if_stale(before, idempotency_key, version)
    return _write(survey, membership, before, given, by=by, key=idempotency_key)


@action
def save_draft(*, survey: Survey, membership: Membership, by: Actor, data: dict[str, list[str]]) -> ReplyDraft:
    """Keep what was typed, as typed. Nobody else sees it, so the audit log does not tell of it."""
    if by.user != membership.user:
        raise PermissionDenied(_("下書きを保存できるのは御本人だけです。"))
    draft, _created = ReplyDraft.objects.update_or_create(
        survey=survey, membership=membership, defaults={"data": data, "saved_at": Now()}
    )
    # The page that follows shows the moment; until now it is only a word to the database.
    draft.refresh_from_db(fields=["saved_at"])
    return draft


@action
def extend(*, survey: Survey, membership: Membership, by: Actor, until) -> SurveyExtension:
    """Give one person more time, and tell them."""
    survey = _lock(survey, membership)
    if not policy.can_run(by.user, survey.meeting):
        raise PermissionDenied(_("期限の延長は、事務局の担当者だけが行えます。"))
    if survey.meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("期限は、開催通知の後、開催済みになるまでの間だけ延長できます。"))
    membership = _asked(survey, membership)
    if until <= survey.clock or until <= survey.closes_at:
        raise ValidationError(_("延長後の期限は、今の時刻と元の期限より後にしてください。"))
    extension, _created = SurveyExtension.objects.update_or_create(
        survey=survey, membership=membership, defaults={"until": until}
    )
    record(by=by, action="meetings.extend", target=survey.meeting, membership=membership.pk, until=until)
    link = personal_link(membership=membership, purpose=Purpose.MEETING, by=by)
    emails.send(
        "extend",
        meeting=survey.meeting,
        membership=membership,
        link=link,
        key=until.isoformat(),
        at_once=True,
        until=until,
    )
    return extension


def closed_sentence(survey: Survey) -> str:
    """Why no answer is taken now, and what to do."""
    if survey.meeting.state != MeetingState.ANNOUNCED:
        why = _("この会議の回答の受付は終わりました。")
    elif survey.clock < survey.opens_at:
        why = _("回答の受付は%sからです。") % wareki.datetime(survey.opens_at)
    else:
        why = _("回答期限（%s）を過ぎました。") % wareki.datetime(survey.closes_for)
    return why + _("変更は%sへ御連絡ください。") % survey.meeting.group.contact


def _lock(survey: Survey, membership: Membership) -> Survey:
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


def _stored(survey: Survey, membership: Membership) -> Reply | None:
    return Reply.objects.whole().filter(survey=survey, membership=membership).first()


def _asked(survey: Survey, membership: Membership) -> Membership:
    """The person with category and department as of the day of the meeting."""
    person = survey.meeting.asked().select_related("user").filter(pk=membership.pk).first()
    if person is None:
        raise PermissionDenied(
            _("この会議の名簿に登録されていないため、回答できません。%sへ御連絡ください。")
            % survey.meeting.group.contact
        )
    return person


def _refuse_what_was_not_asked(survey: Survey, membership: Membership, given: Given) -> None:
    if given.is_substitute and not survey.meeting.group.substitutes_allowed:
        raise ValidationError({"is_substitute": _("この部会では、代理出席を認めていません。")})
    if not questionnaire(survey, membership).asks(given):
        raise ValidationError(
            _("入力中に質問の宛先やテーマが変わりました。選び直してから、もう一度送信してください。")
        )


def _refuse_if_stale(before: Reply | None, key: UUID, version: int) -> None:
    """A page may change the answer that it gave itself; any other must know the newest version."""
    if before and before.idempotency_key != key and before.version != version:
        raise Conflict(before)


def _write(survey, membership, before, given: Given, *, by: Actor, key: UUID) -> Reply:
    known = given_in(before)
    changed = given.changes_from(known)
    reply = before or Reply(survey=survey, membership=membership, version=0, answered_at=survey.clock)
    _save_response(reply, given, by=by, key=key, at=survey.clock)
    _save_questions(reply, given, questionnaire(survey, membership))
    _save_themes(reply, given)
    ReplyDraft.objects.filter(survey=survey, membership=membership).delete()
    record(
        by=by,
        action="meetings.reply" if by.user == membership.user else "meetings.enter_reply",
        target=reply,
        mode=[known and known.mode, given.mode],
        changed=changed,
    )
    if set(changed) & set(ATTENDANCE):
        emails.send(
            "receipt",
            meeting=survey.meeting,
            membership=membership,
            link=PersonalLink.objects.filter(membership=membership, purpose=Purpose.MEETING).first(),
            key=str(reply.version),
            at_once=True,
            survey=survey,
            reply=reply,
        )
    return reply


def _save_response(reply: Reply, given: Given, *, by: Actor, key: UUID, at) -> None:
    """`at` is the moment that was held against the deadline: no answer is dated later than it was judged."""
    for name in PLAIN:
        setattr(reply, name, getattr(given, name))
    reply.entered_by, reply.idempotency_key = by.user, key
    reply.version += 1
    reply.changed_at = at
    reply.full_clean(exclude=["survey", "membership", "entered_by"])
    reply.save()


def _save_questions(reply: Reply, given: Given, asked: Questionnaire) -> None:
    """Write new and changed questions; one whose text was cleared is withdrawn, not deleted.

    A question to somebody whom the page no longer shows stays as it is.
    """
    known = list(Question.objects.filter(reply=reply))
    by_person = {question.addressee_id: question for question in known if question.addressee_id}
    by_talk = {question.item_id: question for question in known if question.item_id}
    for number, text in given.to_people.items():
        _ask(by_person.pop(number, None), reply, text, given.show_name, addressee_id=number)
    for number, text in given.to_talks.items():
        _ask(by_talk.pop(number, None), reply, text, given.show_name, item_id=number)
    cleared = [by_person[person.pk] for person in asked.people if person.pk in by_person]
    cleared += [by_talk[item.pk] for item in asked.talks if item.pk in by_talk]
    Question.objects.filter(pk__in=[question.pk for question in cleared]).update(state=QuestionState.WITHDRAWN)


def _ask(question: Question | None, reply: Reply, text: str, show_name: bool, **target) -> None:
    """A question that the desk has merged or declined stays so unless its words change."""
    if question is None:
        question = Question(reply=reply, channel=QuestionChannel.FORM, **target)
        question.meeting, question.asker = reply.survey.meeting, reply.membership
    elif question.text != text or question.state == QuestionState.WITHDRAWN:
        question.state = QuestionState.OPEN
    question.text, question.show_name = text, show_name
    question.save()


def _save_themes(reply: Reply, given: Given) -> None:
    ThemeVote.objects.filter(reply=reply).exclude(theme__in=given.themes).delete()
    kept = set(ThemeVote.objects.filter(reply=reply).values_list("theme", flat=True))
    ThemeVote.objects.bulk_create(ThemeVote(reply=reply, theme_id=number) for number in given.themes - kept)
    if given.proposal:
        Theme.objects.update_or_create(
            proposed_in=reply, defaults={"meeting": reply.survey.meeting, "title": given.proposal}
        )
    else:
        Theme.objects.filter(proposed_in=reply).delete()
