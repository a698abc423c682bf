"""Answers to the form: drafted, given, changed until the deadline, entered by the desk."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from foundation.actions import Actor, action, record
from foundation.calendar import wareki
from meetings import emails, policy
from meetings.given import ATTENDANCE, PLAIN, Given, Questionnaire, given_in, questionnaire
from meetings.models import Form, FormExtension, Question, Response, ResponseDraft, Theme, ThemeVote
from meetings.states import MeetingState, QuestionChannel, QuestionState
from members.actions.links import personal_link
from members.models import Membership, PersonalLink
from members.states import Purpose


class Conflict(Exception):
    """Somebody, perhaps the same person in another window, answered after this page was opened."""

    def __init__(self, response: Response):
        super().__init__(_("このページを開いた後に、別の画面から回答が送信されています。"))
        self.response = response


@action
def answer(
    *,
    form: Form,
    membership: Membership,
    by: Actor,
    given: Given,
    idempotency_key: UUID,
    version: int,
) -> Response:
    """Take a person's own answer. What is stored already is acknowledged again, also after the deadline."""
    if by.user != membership.user:
        raise PermissionDenied(_("回答できるのは御本人だけです。"))
    form = _lock(form, membership)
    before = _stored(form, membership)
    if before and given_in(before) == given:
        return before
    membership = _asked(form, membership)
    _refuse_what_was_not_asked(form, membership, given)
    if not policy.is_open(form):
        raise ValidationError(closed_sentence(form), code="closed")
    _refuse_if_stale(before, idempotency_key, version)
    return _write(form, membership, before, given, by=by, key=idempotency_key)


@action
def enter(
    *, form: Form, membership: Membership, by: Actor, given: Given, idempotency_key: UUID, version: int
) -> Response:
    """The desk writes down what a person said by telephone: until the meeting is held, and marked as such."""
    form = _lock(form, membership)
    if not policy.can_run(by.user, form.meeting):
        raise PermissionDenied(_("回答の入力は、事務局の担当者だけが行えます。"))
    if form.meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("開催通知の後、開催済みになるまでの間だけ入力できます。"))
    before = _stored(form, membership)
    if before and given_in(before) == given:
        return before
    membership = _asked(form, membership)
    _refuse_what_was_not_asked(form, membership, given)
    _refuse_if_stale(before, idempotency_key, version)
    return _write(form, membership, before, given, by=by, key=idempotency_key)


@action
def save_draft(*, form: Form, membership: Membership, by: Actor, data: dict[str, list[str]]) -> ResponseDraft:
    """Keep what was typed, as typed. Nobody else sees it, so the audit log does not tell of it."""
    if by.user != membership.user:
        raise PermissionDenied(_("下書きを保存できるのは御本人だけです。"))
    draft, _created = ResponseDraft.objects.update_or_create(
        form=form, membership=membership, defaults={"data": data, "saved_at": Now()}
    )
    # The page that follows shows the moment; until now it is only a word to the database.
    draft.refresh_from_db(fields=["saved_at"])
    return draft


@action
def extend(*, form: Form, membership: Membership, by: Actor, until) -> FormExtension:
    """Give one person more time, and tell them."""
    form = _lock(form, membership)
    if not policy.can_run(by.user, form.meeting):
        raise PermissionDenied(_("期限の延長は、事務局の担当者だけが行えます。"))
    if form.meeting.state != MeetingState.ANNOUNCED:
        raise ValidationError(_("期限は、開催通知の後、開催済みになるまでの間だけ延長できます。"))
    membership = _asked(form, membership)
    if until <= form.clock or until <= form.closes_at:
        raise ValidationError(_("延長後の期限は、今の時刻と元の期限より後にしてください。"))
    extension, _created = FormExtension.objects.update_or_create(
        form=form, membership=membership, defaults={"until": until}
    )
    record(by=by, action="meetings.extend", target=form.meeting, membership=membership.pk, until=until)
    link = personal_link(membership=membership, purpose=Purpose.MEETING, by=by)
    emails.send(
        "extend",
        meeting=form.meeting,
        membership=membership,
        link=link,
        key=until.isoformat(),
        at_once=True,
        until=until,
    )
    return extension


def closed_sentence(form: Form) -> str:
    """Why no answer is taken now, and what to do."""
    if form.meeting.state != MeetingState.ANNOUNCED:
        why = _("この会議の回答の受付は終わりました。")
    elif form.clock < form.opens_at:
        why = _("回答の受付は%sからです。") % wareki.datetime(form.opens_at)
    else:
        why = _("回答期限（%s）を過ぎました。") % wareki.datetime(form.closes_for)
    return why + _("変更は%sへ御連絡ください。") % form.meeting.group.contact


def _lock(form: Form, membership: Membership) -> Form:
    """Hold the person's row, through which every answer of theirs passes, then read deadline and clock.

    Two queries on purpose: a clock read in the locking query would be read before the wait for the lock,
    and an answer could be written after its deadline.
    """
    Membership.objects.select_for_update(of=["self"], no_key=True).get(pk=membership.pk)
    return Form.objects.for_person(membership).select_related("meeting__group__contact_department").get(pk=form.pk)


def _stored(form: Form, membership: Membership) -> Response | None:
    return Response.objects.whole().filter(form=form, membership=membership).first()


def _asked(form: Form, membership: Membership) -> Membership:
    """The person with category and department as of the day of the meeting."""
    person = form.meeting.asked().select_related("user").filter(pk=membership.pk).first()
    if person is None:
        raise PermissionDenied(
            _("この会議の名簿に登録されていないため、回答できません。%sへ御連絡ください。")
            % form.meeting.group.contact
        )
    return person


def _refuse_what_was_not_asked(form: Form, membership: Membership, given: Given) -> None:
    if given.is_substitute and not form.meeting.group.substitutes_allowed:
        raise ValidationError({"is_substitute": _("この部会では、代理出席を認めていません。")})
    if not questionnaire(form, membership).asks(given):
        raise ValidationError(
            _("入力中に質問の宛先やテーマが変わりました。選び直してから、もう一度送信してください。")
        )


def _refuse_if_stale(before: Response | None, key: UUID, version: int) -> None:
    """A page may change the answer that it gave itself; any other must know the newest version."""
    if before and before.idempotency_key != key and before.version != version:
        raise Conflict(before)


def _write(form, membership, before, given: Given, *, by: Actor, key: UUID) -> Response:
    known = given_in(before)
    changed = given.changes_from(known)
    response = before or Response(form=form, membership=membership, version=0, answered_at=form.clock)
    _save_response(response, given, by=by, key=key, at=form.clock)
    _save_questions(response, given, questionnaire(form, membership))
    _save_themes(response, given)
    ResponseDraft.objects.filter(form=form, membership=membership).delete()
    record(
        by=by,
        action="meetings.answer" if by.user == membership.user else "meetings.enter",
        target=response,
        mode=[known and known.mode, given.mode],
        changed=changed,
    )
    if set(changed) & set(ATTENDANCE):
        emails.send(
            "receipt",
            meeting=form.meeting,
            membership=membership,
            link=PersonalLink.objects.filter(membership=membership, purpose=Purpose.MEETING).first(),
            key=str(response.version),
            at_once=True,
            form=form,
            response=response,
        )
    return response


def _save_response(response: Response, given: Given, *, by: Actor, key: UUID, at) -> None:
    """`at` is the moment that was held against the deadline: no answer is dated later than it was judged."""
    for name in PLAIN:
        setattr(response, name, getattr(given, name))
    response.entered_by, response.idempotency_key = by.user, key
    response.version += 1
    response.changed_at = at
    response.full_clean(exclude=["form", "membership", "entered_by"])
    response.save()


def _save_questions(response: Response, given: Given, asked: Questionnaire) -> None:
    """Write new and changed questions; one whose text was cleared is withdrawn, not deleted.

    A question to somebody whom the page no longer shows stays as it is.
    """
    known = list(Question.objects.filter(response=response))
    by_person = {question.addressee_id: question for question in known if question.addressee_id}
    by_talk = {question.item_id: question for question in known if question.item_id}
    for number, text in given.to_people.items():
        _ask(by_person.pop(number, None), response, text, given.show_name, addressee_id=number)
    for number, text in given.to_talks.items():
        _ask(by_talk.pop(number, None), response, text, given.show_name, item_id=number)
    cleared = [by_person[person.pk] for person in asked.people if person.pk in by_person]
    cleared += [by_talk[item.pk] for item in asked.talks if item.pk in by_talk]
    Question.objects.filter(pk__in=[question.pk for question in cleared]).update(state=QuestionState.WITHDRAWN)


def _ask(question: Question | None, response: Response, text: str, show_name: bool, **target) -> None:
    """A question that the desk has merged or declined stays so unless its words change."""
    if question is None:
        question = Question(response=response, channel=QuestionChannel.FORM, **target)
        question.meeting, question.asker = response.form.meeting, response.membership
    elif question.text != text or question.state == QuestionState.WITHDRAWN:
        question.state = QuestionState.OPEN
    question.text, question.show_name = text, show_name
    question.save()


def _save_themes(response: Response, given: Given) -> None:
    ThemeVote.objects.filter(response=response).exclude(theme__in=given.themes).delete()
    kept = set(ThemeVote.objects.filter(response=response).values_list("theme", flat=True))
    ThemeVote.objects.bulk_create(ThemeVote(response=response, theme_id=number) for number in given.themes - kept)
    if given.proposal:
        Theme.objects.update_or_create(
            proposed_in=response, defaults={"meeting": response.form.meeting, "title": given.proposal}
        )
    else:
        Theme.objects.filter(proposed_in=response).delete()
