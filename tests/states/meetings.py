"""The states of a meeting, its survey and its record."""

from datetime import timedelta
from itertools import cycle, product

from django.utils import timezone

from meetings.models import DatePoll, Meeting, Notice, Survey, SurveySection
from meetings.states import (
    BY_BALLOT,
    CHOOSING,
    VOTED,
    Approval,
    DateMark,
    ElectionBasis,
    ElectionMethod,
    FieldKind,
    ItemKind,
    MaterialKind,
    MeetingState,
    Method,
    Mode,
    NoticeStyle,
    Origin,
    Point,
    QuestionChannel,
    QuestionState,
    RecordPlace,
    SectionKind,
)
from members.models import WorkingGroup
from members.states import Majority, Office, Quorum
from tests import builders
from tests.states.kit import state
from tests.states.members import LONG_OVER


def change(world, **fields):
    Meeting.objects.filter(pk=world.own.meeting.pk).update(**fields)


def let_it_be_held(world):
    begun = timezone.now() - timedelta(days=3)
    change(
        world,
        state=MeetingState.HELD,
        held_from=begun,
        held_to=begun + timedelta(hours=2),
        snapshot={"members": {}, "next": None},
    )


@state(
    "desk get 302 → 200 meetings:announce",
    "everybody get 200 → 404 meetings:public_notice",
    "desk get 403 → 404 meetings:reply meetings:answer_questions meetings:receipt meetings:calendar",
    "desk get 403 → 404 meetings:withdraw_reply",
    "desk get 403 → 404 meetings:for_superior",
    "desk post 403 → 404 meetings:reply meetings:save_draft meetings:discard_draft meetings:leave_with_desk",
    "desk post 403 → 404 meetings:answer_questions meetings:withdraw_reply",
    "desk post 403 → 404 meetings:withdraw_question",
    "everybody get 200 → 404 meetings:personal_meeting meetings:personal_calendar",
    "everybody get 200 → 404 meetings:personal_answer_questions",
    "everybody get 200 → 404 meetings:personal_for_superior",
    "everybody get 200 → 404 meetings:personal_introduction",
    "everybody get 302 → 404 meetings:personal_receipt meetings:personal_withdraw_reply",
    "everybody post 200 → 404 meetings:personal_meeting",
    "everybody post 302 → 404 meetings:personal_answer_questions",
    "everybody post 204 → 404 meetings:personal_draft",
    "everybody post 302 → 404 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 404 meetings:personal_withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:meeting meetings:reply meetings:calendar",
    "member,expert,administrator_inside get 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside get 302 → 404 meetings:receipt meetings:withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:for_superior",
    "member,expert,administrator_inside post 200 → 404 meetings:reply",
    "member,administrator_inside post 302 → 404 meetings:answer_questions",
    "expert post 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside post 204 → 404 meetings:save_draft",
    "member,expert,administrator_inside post 302 → 404 meetings:discard_draft meetings:leave_with_desk",
    "member,expert,administrator_inside post 302 → 404 meetings:withdraw_reply",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
    "member,expert,desk,administrator_inside get 200 → 404 meetings:material",
)
def meeting_without_a_day(world):
    """The meeting is being prepared, and its day is not known: 「9月上旬」."""
    change(
        world,
        state=MeetingState.DRAFT,
        starts_at=None,
        ends_at=None,
        announced_at=None,
        date_note="9月上旬",
        method=Method.GROUP_WORK,
    )
    Notice.objects.create(meeting=world.own.meeting)


@state(
    "everybody get 200 → 404 meetings:public_notice",
    "desk get 302 → 200 meetings:announce",
    "desk get 403 → 404 meetings:reply meetings:answer_questions meetings:receipt meetings:calendar",
    "desk get 403 → 404 meetings:withdraw_reply",
    "desk get 403 → 404 meetings:for_superior",
    "desk post 403 → 404 meetings:reply meetings:save_draft meetings:discard_draft meetings:leave_with_desk",
    "desk post 403 → 404 meetings:answer_questions meetings:withdraw_reply",
    "desk post 403 → 404 meetings:withdraw_question",
    "everybody get 200 → 404 meetings:personal_meeting meetings:personal_calendar",
    "everybody get 200 → 404 meetings:personal_answer_questions",
    "everybody get 200 → 404 meetings:personal_for_superior",
    "everybody get 200 → 404 meetings:personal_introduction",
    "everybody get 302 → 404 meetings:personal_receipt meetings:personal_withdraw_reply",
    "everybody post 200 → 404 meetings:personal_meeting",
    "everybody post 302 → 404 meetings:personal_answer_questions",
    "everybody post 204 → 404 meetings:personal_draft",
    "everybody post 302 → 404 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 404 meetings:personal_withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:meeting meetings:reply meetings:calendar",
    "member,expert,administrator_inside get 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside get 302 → 404 meetings:receipt meetings:withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:for_superior",
    "member,expert,administrator_inside post 200 → 404 meetings:reply",
    "member,administrator_inside post 302 → 404 meetings:answer_questions",
    "expert post 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside post 204 → 404 meetings:save_draft",
    "member,expert,administrator_inside post 302 → 404 meetings:discard_draft meetings:leave_with_desk",
    "member,expert,administrator_inside post 302 → 404 meetings:withdraw_reply",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
    "member,expert,desk,administrator_inside get 200 → 404 meetings:material",
)
def meeting_not_announced(world):
    """Day, agenda and survey stand; the call was not sent."""
    change(world, state=MeetingState.DRAFT, announced_at=None, method=Method.DISCUSSION)
    Notice.objects.create(meeting=world.own.meeting, style=NoticeStyle.FORMAL)


@state(
    "desk get 200 → 404 meetings:edit_field meetings:correct_field meetings:retire_field",
    "desk post 200 → 404 meetings:edit_field meetings:correct_field",
    "desk post 302 → 404 meetings:retire_field meetings:remove_field meetings:move_field",
    "desk get 200 → 404 meetings:enter_reply meetings:extend",
    "desk get 302 → 404 meetings:withdraw_for",
    "desk get 403 → 404 meetings:reply meetings:answer_questions meetings:receipt meetings:calendar",
    "desk get 403 → 404 meetings:withdraw_reply",
    "desk get 403 → 404 meetings:for_superior",
    "desk post 200 → 404 meetings:enter_reply meetings:extend",
    "desk post 302 → 404 meetings:resend",
    "desk post 302 → 404 meetings:withdraw_for",
    "desk post 403 → 404 meetings:reply meetings:save_draft meetings:discard_draft meetings:leave_with_desk",
    "desk post 403 → 404 meetings:answer_questions meetings:withdraw_reply",
    "desk post 403 → 404 meetings:withdraw_question",
    "everybody get 200 → 404 meetings:personal_meeting meetings:personal_calendar",
    "everybody get 200 → 404 meetings:personal_answer_questions",
    "everybody get 200 → 404 meetings:personal_for_superior",
    "everybody get 200 → 404 meetings:personal_introduction",
    "everybody get 302 → 404 meetings:personal_receipt meetings:personal_withdraw_reply",
    "everybody post 200 → 404 meetings:personal_meeting",
    "everybody post 302 → 404 meetings:personal_answer_questions",
    "everybody post 204 → 404 meetings:personal_draft",
    "everybody post 302 → 404 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 404 meetings:personal_withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:reply meetings:answer_questions meetings:calendar",
    "member,expert,administrator_inside get 302 → 404 meetings:receipt meetings:withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:for_superior",
    "member,expert,administrator_inside post 200 → 404 meetings:reply",
    "member,administrator_inside post 302 → 404 meetings:answer_questions",
    "expert post 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside post 204 → 404 meetings:save_draft",
    "member,expert,administrator_inside post 302 → 404 meetings:discard_draft meetings:leave_with_desk",
    "member,expert,administrator_inside post 302 → 404 meetings:withdraw_reply",
)
def meeting_without_a_survey(world):
    """The meeting was called, and nobody is asked anything."""
    world.own.meeting.questions.update(reply=None)
    world.own.survey.replies.all().delete()
    SurveySection.objects.filter(survey=world.own.survey).delete()
    world.own.survey.fields.all().delete()
    world.own.survey.delete()


@state()
def survey_not_open_yet(world):
    """Answers are taken from tomorrow on."""
    Survey.objects.filter(pk=world.own.survey.pk).update(opens_at=timezone.now() + timedelta(days=1))


@state()
def survey_closed(world):
    """The deadline passed an hour ago."""
    Survey.objects.filter(pk=world.own.survey.pk).update(closes_at=timezone.now() - timedelta(hours=1))


@state()
def survey_extended_for_the_member(world):
    """The deadline passed for all but the member."""
    survey_closed(world)
    world.own.survey.extensions.create(membership=world.own.membership, until=timezone.now() + timedelta(days=1))


@state(
    "member,expert,administrator_inside get 302 → 200 meetings:receipt meetings:withdraw_reply",
    "everybody get 302 → 200 meetings:personal_receipt meetings:personal_withdraw_reply",
    "desk get 302 → 200 meetings:withdraw_for",
    "secret the online address read by member desk",
)
def answered_in_every_way(world):
    """The member comes online and is told where, the expert sends an opinion, the third a substitute."""
    own = world.own
    builders.make_reply(survey=own.survey, membership=own.membership, mode=Mode.ONLINE)
    expert, third = (user.memberships.get() for user in (world.expert, world.administrator_inside))
    builders.make_reply(survey=own.survey, membership=expert, mode=Mode.ABSENT, written_opinion="意見")
    builders.make_reply(
        survey=own.survey,
        membership=third,
        is_substitute=True,
        substitute_name="代理 太郎",
        substitute_title="主事",
    )


@state(
    "desk get 200 → 404 meetings:enter_dates",
    "desk get 200 → 404 meetings:enter_reply meetings:extend",
    "desk get 302 → 404 meetings:withdraw_for",
    "desk post 200 → 404 meetings:enter_dates",
    "desk post 200 → 404 meetings:enter_reply meetings:extend",
    "desk post 302 → 404 meetings:resend",
    "desk post 302 → 404 meetings:withdraw_for",
    "everybody get 200 → 403 personal meetings:personal_meeting meetings:personal_calendar",
    "everybody get 200 → 403 meetings:personal_answer_questions",
    "everybody get 200 → 403 meetings:personal_for_superior meetings:personal_answer_dates",
    "everybody get 200 → 403 meetings:personal_introduction",
    "everybody get 302 → 403 meetings:personal_receipt meetings:personal_withdraw_reply",
    "everybody post 200 → 403 meetings:personal_answer_dates",
    "everybody post 200 → 403 meetings:personal_meeting",
    "everybody post 302 → 403 meetings:personal_answer_questions",
    "everybody post 404 → 403 meetings:personal_withdraw_question",
    "everybody post 204 → 403 meetings:personal_draft",
    "everybody post 302 → 403 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 403 meetings:personal_withdraw_reply",
    "member,expert get 200 → 403 meetings:reply meetings:answer_questions meetings:calendar",
    "member,expert get 200 → 403 meetings:answer_dates",
    "member,expert post 200 → 403 meetings:answer_dates",
    "member,expert get 200 → 403 meetings:for_superior",
    "member,expert get 200 → 404 meetings:meeting",
    "member,expert get 302 → 403 meetings:receipt meetings:withdraw_reply",
    "member,expert post 200 → 403 meetings:reply",
    "member post 302 → 403 meetings:answer_questions",
    "member post 404 → 403 meetings:withdraw_question",
    "expert post 200 → 403 meetings:answer_questions",
    "expert post 404 → 403 meetings:withdraw_question",
    "member,expert post 204 → 403 meetings:save_draft",
    "member,expert post 302 → 403 meetings:discard_draft meetings:leave_with_desk",
    "member,expert post 302 → 403 meetings:withdraw_reply",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
    "member,expert get 200 → 404 meetings:material",
)
def answered_and_left(world):
    """The member answered, asked the expert and proposed a theme; then their term ended, and the expert's."""
    own = world.own
    reply = builders.make_reply(survey=own.survey, membership=own.membership)
    expert = own.expert.memberships.get()
    own.meeting.questions.create(
        channel=QuestionChannel.FORM, text="質問", reply=reply, asker=own.membership, addressee=expert
    )
    own.meeting.themes.create(title="提案", proposed_in=reply).votes.create(reply=reply)
    for membership in (own.membership, expert):
        membership.terms.update(valid_to=LONG_OVER)


@state("desk get 200 → 302 meetings:cancel", "desk get 302 → 200 meetings:tell_the_absent")
def meeting_held(world):
    """The meeting was held and nothing of it is on the roll."""
    WorkingGroup.objects.filter(pk=world.own.group.pk).update(quorum=Quorum.MAJORITY)
    let_it_be_held(world)
    change(world, method=Method.BRIEFING)


@state("desk get 200 → 302 meetings:cancel", "desk get 302 → 200 meetings:tell_the_absent")
def meeting_held_and_recorded(world):
    """Everybody stands on the roll, each in another way."""
    let_it_be_held(world)
    for membership, mode in zip(world.own.group.memberships.all(), [*Mode] * 5, strict=False):
        world.own.meeting.roll.create(
            membership=membership, category="member", name=str(membership.user), mode=mode
        )


@state("desk get 200 → 302 meetings:cancel", "desk get 302 → 200 meetings:tell_the_absent")
def meeting_held_and_the_next_called(world):
    """The meeting was held; another is called."""
    let_it_be_held(world)
    builders.make_survey(meeting=builders.make_meeting(group=world.own.group, number=4))


@state(
    "desk get 302 → 404 meetings:tell_the_absent",
    "desk get 302 → 404 meetings:send_dates",
    "desk get 200 → 404 meetings:dates meetings:set_dates meetings:remind_dates meetings:enter_dates",
    "desk get 200 → 404 meetings:choose_date",
    "desk post 200 → 404 meetings:set_dates meetings:send_dates meetings:enter_dates meetings:choose_date",
    "desk post 302 → 404 meetings:remind_dates meetings:reopen_dates",
    "everybody get 200 → 404 meetings:personal_answer_dates",
    "everybody post 200 → 404 meetings:personal_answer_dates",
    "member,expert,administrator_inside get 200 → 404 meetings:answer_dates",
    "member,expert,administrator_inside post 200 → 404 meetings:answer_dates",
    "desk get 200 → 404 meetings:preview meetings:fields meetings:edit_field meetings:correct_field",
    "desk get 200 → 404 meetings:retire_field meetings:import_replies",
    "desk get 302 → 404 meetings:withdraw_for",
    "desk post 200 → 404 meetings:fields meetings:edit_field meetings:correct_field meetings:import_replies",
    "desk post 200 → 404 meetings:preview",
    "desk post 302 → 404 meetings:retire_field meetings:remove_field meetings:move_field meetings:move_section",
    "desk post 302 → 404 meetings:withdraw_for",
    "desk get 302 → 404 meetings:announce meetings:abandon meetings:tell_the_absent",
    "desk get 200 → 404 desk_meeting meetings:edit_meeting meetings:set_openness meetings:cancel meetings:agenda "
    "meetings:edit_item meetings:set_survey meetings:tally meetings:tally_answers "
    "meetings:tally_csv meetings:tally_xlsx "
    "meetings:edit_notice meetings:notice_text meetings:notice_file meetings:notice_copies "
    "meetings:day_paper "
    "meetings:remind meetings:enter_reply meetings:extend meetings:roll meetings:edit_mark meetings:day_clock "
    "meetings:note_day meetings:add_walk_in meetings:edit_walk_in meetings:remove_walk_in "
    "meetings:record meetings:record_election meetings:set_assignment meetings:edit_entry "
    "meetings:import_transcript meetings:record_opinions opendata:progress opendata:exempt "
    "meetings:correct_election meetings:remove_election meetings:correct_assignment "
    "meetings:remove_assignment "
    "meetings:questions meetings:change_question meetings:add_answer meetings:reword_answer "
    "meetings:merge_question meetings:decline_question meetings:route_question meetings:themes "
    "meetings:reword_theme meetings:merge_theme",
    "desk get 403 → 200 meetings:reply",
    "desk get 403 → 404 meetings:answer_questions meetings:receipt meetings:withdraw_reply",
    "desk get 403 → 404 meetings:for_superior",
    "desk post 200 → 404 meetings:edit_meeting meetings:set_openness meetings:cancel meetings:agenda "
    "meetings:edit_item "
    "meetings:abandon meetings:edit_notice "
    "meetings:set_survey meetings:announce meetings:enter_reply meetings:extend meetings:roll "
    "meetings:note_day meetings:add_walk_in meetings:edit_walk_in "
    "meetings:edit_mark meetings:record meetings:record_election meetings:set_assignment "
    "meetings:import_transcript meetings:record_opinions opendata:exempt "
    "meetings:correct_election meetings:correct_assignment "
    "meetings:edit_entry meetings:questions meetings:change_question meetings:add_answer "
    "meetings:reword_answer meetings:merge_question meetings:decline_question meetings:route_question "
    "meetings:themes meetings:reword_theme meetings:merge_theme",
    "desk post 302 → 404 meetings:move_item meetings:remove_item meetings:remind meetings:resend "
    "meetings:send_test "
    "meetings:mark_as_answered meetings:mark meetings:unmark meetings:mark_the_rest "
    "meetings:begin_item meetings:take_back_beginning meetings:tell_the_absent "
    "meetings:begin_on_the_day meetings:move_entry meetings:remove_entry "
    "meetings:take_back_press meetings:remove_walk_in "
    "meetings:restore_entry meetings:take_back_entries opendata:include "
    "meetings:remove_election meetings:remove_assignment "
    "meetings:remove_question meetings:remove_answer meetings:renew_snapshot meetings:take_over_problem "
    "meetings:restore_question meetings:make_theme meetings:unmake_theme meetings:add_open_questions "
    "meetings:split_theme meetings:take_over_proposal meetings:choose_theme meetings:unchoose_theme "
    "meetings:remove_theme",
    "desk post 403 → 404 meetings:reply meetings:save_draft meetings:discard_draft meetings:leave_with_desk",
    "desk post 403 → 404 meetings:answer_questions meetings:withdraw_reply",
    "desk post 403 → 404 meetings:withdraw_question",
    "everybody get 200 → 404 meetings:personal_answer_questions",
    "everybody get 200 → 404 meetings:personal_for_superior",
    "everybody get 200 → 404 meetings:personal_introduction",
    "everybody get 302 → 404 meetings:personal_receipt meetings:personal_withdraw_reply",
    "everybody post 200 → 404 meetings:personal_meeting",
    "everybody post 302 → 404 meetings:personal_answer_questions",
    "everybody post 204 → 404 meetings:personal_draft",
    "everybody post 302 → 404 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 404 meetings:personal_withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside get 302 → 404 meetings:receipt meetings:withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:for_superior",
    "member,expert,administrator_inside post 200 → 404 meetings:reply",
    "member,administrator_inside post 302 → 404 meetings:answer_questions",
    "expert post 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside post 204 → 404 meetings:save_draft",
    "member,expert,administrator_inside post 302 → 404 meetings:discard_draft meetings:leave_with_desk",
    "member,expert,administrator_inside post 302 → 404 meetings:withdraw_reply",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
    "member,expert,desk,administrator_inside get 200 → 404 meetings:material",
    "desk get 200 → 404 meetings:materials meetings:edit_material meetings:replace_material",
    "desk get 200 → 404 meetings:desk_material meetings:note_consent",
    "desk post 200 → 404 meetings:materials meetings:edit_material meetings:replace_material",
    "desk post 302 → 404 meetings:tell_of_materials meetings:move_material meetings:withdraw_material",
    "desk post 302 → 404 meetings:restore_material",
)
def meeting_cancelled(world):
    """The meeting was called off; its file takes it out of the calendars that have it."""
    change(world, state=MeetingState.CANCELLED)


@state(
    "desk get 302 → 200 meetings:announce",
    "desk get 403 → 404 meetings:reply meetings:answer_questions meetings:receipt meetings:calendar",
    "desk get 403 → 404 meetings:withdraw_reply",
    "desk get 403 → 404 meetings:for_superior",
    "desk post 403 → 404 meetings:reply meetings:save_draft meetings:discard_draft meetings:leave_with_desk",
    "desk post 403 → 404 meetings:answer_questions meetings:withdraw_reply",
    "desk post 403 → 404 meetings:withdraw_question",
    "everybody get 200 → 404 meetings:personal_meeting meetings:personal_calendar",
    "everybody get 200 → 404 meetings:personal_answer_questions",
    "everybody get 200 → 404 meetings:personal_for_superior",
    "everybody get 200 → 404 meetings:personal_introduction",
    "everybody get 302 → 404 meetings:personal_receipt meetings:personal_withdraw_reply",
    "everybody post 200 → 404 meetings:personal_meeting",
    "everybody post 302 → 404 meetings:personal_answer_questions",
    "everybody post 204 → 404 meetings:personal_draft",
    "everybody post 302 → 404 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 404 meetings:personal_withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:meeting meetings:reply meetings:calendar",
    "member,expert,administrator_inside get 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside get 302 → 404 meetings:receipt meetings:withdraw_reply",
    "member,expert,administrator_inside get 200 → 404 meetings:for_superior",
    "member,expert,administrator_inside post 200 → 404 meetings:reply",
    "member,administrator_inside post 302 → 404 meetings:answer_questions",
    "expert post 200 → 404 meetings:answer_questions",
    "member,expert,administrator_inside post 204 → 404 meetings:save_draft",
    "member,expert,administrator_inside post 302 → 404 meetings:discard_draft meetings:leave_with_desk",
    "member,expert,administrator_inside post 302 → 404 meetings:withdraw_reply",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
    "everybody get 200 → 404 meetings:public_notice",
    "member,expert,desk,administrator_inside get 200 → 404 meetings:material",
)
def dates_closed(world):
    """The member said of each candidate something else; then the deadline passed, and no day was chosen."""
    meeting_without_a_day(world)
    builders.make_date_reply(poll=world.own.poll, membership=world.own.membership, marks=DateMark)
    DatePoll.objects.filter(pk=world.own.poll.pk).update(closes_at=timezone.now() - timedelta(hours=1))


@state(
    "everybody get 200 → 404 meetings:personal_introduction meetings:personal_for_superior",
    "member,expert,administrator_inside get 200 → 404 meetings:for_superior",
    "desk get 404 → 200 meetings:conclude",
    "desk post 404 → 200 meetings:conclude",
    "desk post 404 → 302 meetings:take_over_opinions",
    "desk get 302 → 200 meetings:withdraw_for",
    "everybody get 302 → 200 meetings:personal_receipt meetings:personal_withdraw_reply",
    "member get 302 → 200 meetings:receipt meetings:withdraw_reply",
    "desk get 200 → 404 meetings:roll meetings:note_day meetings:add_walk_in meetings:edit_walk_in",
    "desk get 200 → 404 meetings:remove_walk_in meetings:edit_mark meetings:import_replies meetings:day_paper",
    "desk get 200 → 404 meetings:day_clock",
    "desk post 200 → 404 meetings:roll meetings:note_day meetings:add_walk_in meetings:edit_walk_in",
    "desk post 200 → 404 meetings:edit_mark meetings:import_replies",
    "desk post 302 → 404 meetings:mark_as_answered meetings:mark meetings:unmark meetings:mark_the_rest",
    "desk post 302 → 404 meetings:begin_item meetings:take_back_beginning",
    "desk post 302 → 404 meetings:take_back_press meetings:remove_walk_in meetings:begin_on_the_day",
)
def meeting_in_writing(world):
    """The meeting is held in writing: each said of its items something else, and the chair decided of two."""
    own = world.own
    change(world, method=Method.WRITTEN)
    own.survey.sections.exclude(kind=SectionKind.ATTENDANCE).delete()
    own.survey.sections.create(kind=SectionKind.APPROVALS)
    reply = builders.make_reply(survey=own.survey, membership=own.membership, mode="")
    for order, (said, chosen) in enumerate(zip(Approval, ["yes", "no", ""], strict=True), 2):
        item = builders.make_item(meeting=own.meeting, order=order, needs_decision=True, casting_vote=chosen)
        item.opinions.create(reply=reply, approval=said, text="書面の意見")
    for place, rule in ((own, Majority.EVERYBODY), (world.foreign, Majority.TWO_THIRDS)):
        WorkingGroup.objects.filter(pk=place.group.pk).update(majority=rule)


@state()
def answer_taken_back(world):
    """The member answered and took it back; the desk took back the expert's."""
    own = world.own
    taken = {"withdrawn_at": timezone.now()}
    builders.make_reply(survey=own.survey, membership=own.membership, withdrawn_by=own.member, **taken)
    expert = world.expert.memberships.get()
    builders.make_reply(survey=own.survey, membership=expert, withdrawn_by=own.desk, **taken)


@state()
def everything_of_every_kind(world):
    """Agenda, form, questions and record have something of each kind, also where nobody would put it."""
    ask_of_its_own(world.own)
    for place, quorum in ((world.own, Quorum.TWO_THIRDS), (world.foreign, Quorum.HALF)):
        WorkingGroup.objects.filter(pk=place.group.pk).update(quorum=quorum, majority=Majority.ALL)
    for meeting in (world.own.meeting, world.own.held):
        fill_agenda(meeting, world.own.membership)
        bring_in_every_way(meeting, world.desk)
        ask_in_every_way(meeting, world.own.membership, world.expert.memberships.get())
        record_in_every_way(meeting, world.own)


def ask_of_its_own(own):
    """One of each kind that is answered, and one that is asked no more."""
    reply = builders.make_reply(survey=own.survey, membership=builders.make_membership(group=own.group))
    for kind in FieldKind:
        options = ["弁当", "持参"] if kind in CHOOSING else []
        asked = builders.make_field(survey=own.survey, kind=kind, options=options, is_required=kind == "date")
        value = {"several": ["弁当"], "one": "弁当", "number": "3", "date": "2026-12-04"}.get(kind, "文")
        asked.answers.create(reply=reply, value=value)
    type(asked).objects.filter(pk=own.field.pk).update(retired_at=timezone.now())


def bring_in_every_way(meeting, by):
    for kind, address in ((MaterialKind.LINK, "https://example.jp/"), (MaterialKind.PAPER, "")):
        material = builders.make_material(meeting=meeting, by=by, title=f"資料（{kind}）")
        builders.make_material_version(material=material, by=by, kind=kind, url=address)


def fill_agenda(meeting, presenter):
    for order, kind in enumerate(ItemKind, 2):
        builders.make_item(meeting=meeting, order=order, kind=kind, presenter=presenter, minutes=10)


def ask_in_every_way(meeting, asker, addressee):
    target = meeting.questions.create(channel=QuestionChannel.ORAL, text="まとめる先の質問")
    more = {
        QuestionState.MERGED: {"merged_into": target},
        QuestionState.DECLINED: {"declined_reason": "個別の案件"},
    }
    for channel, how in product(QuestionChannel, QuestionState):
        told = {"asker_told": True, "in_report": True} | more.get(how, {})
        meeting.questions.create(channel=channel, state=how, text="質問", asker=asker, addressee=addressee, **told)
    led = meeting.questions.create(channel=QuestionChannel.FORM, text="質問", asker=asker, routed_to=addressee)
    theme = meeting.themes.create(title="質問から", question=led, chosen_at=timezone.now())
    meeting.themes.create(title="まとめたもの", merged_into=theme)


def record_in_every_way(meeting, own):
    """A line with each mark and from each origin, in both places; an election on each basis and in each way."""
    at = {"section": RecordPlace.ITEM, "item": meeting.items.first()}
    notice = {"section": RecordPlace.NOTICES}
    for point in Point:
        meeting.entries.create(**at, point=point, text="記録")
    for origin in set(Origin) - {Origin.TYPED, Origin.ELECTION, Origin.ASSIGNMENT}:
        meeting.entries.create(**notice, origin=origin, override="文", override_reason="訂正")
    ways = list(ElectionMethod)[:3] if meeting == own.meeting else list(ElectionMethod)[3:]
    for office, basis, way in zip(Office, cycle(ElectionBasis), ways, strict=False):
        kept = {"basis": basis, "elected": own.membership, "method": way}
        counted = dict.fromkeys(["cast", "blank", "invalid"], 1) if way in BY_BALLOT else {}
        election, _made = meeting.elections.update_or_create(office=office, defaults=kept | counted)
        if way in VOTED:
            election.candidacies.create(membership=own.membership, order=1, votes=1)
        meeting.entries.create(**at, origin=Origin.ELECTION, election=election)
    due = own.held if meeting == own.meeting else own.meeting
    task = {"title": "課題", "due_meeting": due, "summary_text": "概要", "detail_text": "詳細"}
    assignment = meeting.assignments.create(**task)
    meeting.entries.create(**notice, origin=Origin.ASSIGNMENT, assignment=assignment, withheld_reason="調整中")
