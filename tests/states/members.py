"""The states of people (terms, posts, mail, sheets, links), of the group as a whole, and of the house."""

from datetime import timedelta

from django.utils import timezone

from foundation.db.nonce import fresh_nonce
from foundation.jobs.states import JobState
from members.models import IntroSheet, MembershipTerm, Municipality, OfficeTerm, PersonalLink, RosterImport
from members.states import Audience, Category, Channel, Office, RosterState, SheetState
from tests import builders
from tests.states.kit import state

LONG_OVER = builders.LONG_AGO + timedelta(days=1)


@state(
    "desk get 404 → 200 members:reappoint",
    "desk post 404 → 200 members:reappoint",
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
    "everybody get 302 → 403 meetings:personal_receipt",
    "everybody get 302 → 403 meetings:personal_withdraw_reply",
    "everybody post 200 → 403 meetings:personal_answer_dates",
    "everybody post 200 → 403 meetings:personal_meeting",
    "everybody post 302 → 403 meetings:personal_answer_questions",
    "everybody post 404 → 403 meetings:personal_withdraw_question",
    "everybody post 204 → 403 meetings:personal_draft",
    "everybody post 302 → 403 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 403 meetings:personal_withdraw_reply",
    "member get 200 → 403 meetings:reply meetings:answer_questions meetings:calendar",
    "member get 200 → 403 meetings:answer_dates",
    "member post 200 → 403 meetings:answer_dates",
    "member get 200 → 403 meetings:for_superior",
    "member get 200 → 404 meetings:meeting members:roster members:roster_csv members:sheets",
    "member get 302 → 403 meetings:receipt",
    "member get 302 → 403 meetings:withdraw_reply",
    "member post 200 → 403 meetings:reply",
    "member post 302 → 403 meetings:answer_questions",
    "member post 404 → 403 meetings:withdraw_question",
    "member post 204 → 403 meetings:save_draft",
    "member post 302 → 403 meetings:discard_draft meetings:leave_with_desk",
    "member post 302 → 403 meetings:withdraw_reply",
    "everybody get 200 → 302 members:personal_edit_photo",
    "everybody post 200 → 302 members:personal_edit_photo",
    "member get 200 → 302 members:edit_photo",
    "member post 200 → 302 members:edit_photo",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material meetings:material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
)
def term_ended(world):
    """The member's term ended long ago, and the chair with it; the row stays for the reports."""
    world.own.membership.terms.update(valid_to=LONG_OVER)
    OfficeTerm.objects.filter(membership=world.own.membership).update(valid_to=LONG_OVER)


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
    "everybody get 302 → 403 meetings:personal_receipt",
    "everybody get 302 → 403 meetings:personal_withdraw_reply",
    "everybody post 200 → 403 meetings:personal_answer_dates",
    "everybody post 200 → 403 meetings:personal_meeting",
    "everybody post 302 → 403 meetings:personal_answer_questions",
    "everybody post 404 → 403 meetings:personal_withdraw_question",
    "everybody post 204 → 403 meetings:personal_draft",
    "everybody post 302 → 403 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 403 meetings:personal_withdraw_reply",
    "member get 200 → 403 meetings:reply meetings:answer_questions meetings:calendar",
    "member get 200 → 403 meetings:answer_dates",
    "member post 200 → 403 meetings:answer_dates",
    "member get 200 → 403 meetings:for_superior",
    "member get 200 → 404 meetings:meeting members:roster members:roster_csv members:sheets",
    "member get 302 → 403 meetings:receipt",
    "member get 302 → 403 meetings:withdraw_reply",
    "member post 200 → 403 meetings:reply",
    "member post 302 → 403 meetings:answer_questions",
    "member post 404 → 403 meetings:withdraw_question",
    "member post 204 → 403 meetings:save_draft",
    "member post 302 → 403 meetings:discard_draft meetings:leave_with_desk",
    "member post 302 → 403 meetings:withdraw_reply",
    "everybody get 200 → 302 members:personal_edit_photo",
    "everybody post 200 → 302 members:personal_edit_photo",
    "member get 200 → 302 members:edit_photo",
    "member post 200 → 302 members:edit_photo",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material meetings:material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
)
def term_not_begun(world):
    """The member will take part from next month on."""
    world.own.membership.terms.update(valid_from=timezone.localdate() + timedelta(days=30))


@state(
    "member get 200 → 404 members:roster members:roster_csv members:sheets",
    "everybody get 200 → 302 members:personal_edit_photo",
    "everybody post 200 → 302 members:personal_edit_photo",
    "member get 200 → 302 members:edit_photo",
    "member post 200 → 302 members:edit_photo",
)
def term_begins_before_the_meeting(world):
    """The member takes part from the week of the meeting on, and is asked though not yet inside."""
    world.own.membership.terms.update(valid_from=timezone.localdate() + timedelta(days=5))


@state(
    "desk get 200 → 404 meetings:enter_dates",
    "desk get 200 → 404 meetings:enter_reply meetings:extend members:correct_term members:end_office",
    "desk get 302 → 404 meetings:withdraw_for",
    "desk get 200 → 404 members:choose_successor members:name_successor",
    "desk post 200 → 404 meetings:enter_dates",
    "desk post 200 → 404 meetings:enter_reply meetings:extend members:correct_term members:end_office",
    "desk post 200 → 404 members:name_successor",
    "desk post 302 → 404 meetings:resend",
    "desk post 302 → 404 meetings:withdraw_for",
    "everybody get 200 → 403 personal meetings:personal_meeting meetings:personal_calendar",
    "everybody get 200 → 403 meetings:personal_answer_questions",
    "everybody get 200 → 403 meetings:personal_for_superior meetings:personal_answer_dates",
    "everybody get 200 → 403 meetings:personal_introduction",
    "everybody get 302 → 403 meetings:personal_receipt",
    "everybody get 302 → 403 meetings:personal_withdraw_reply",
    "everybody post 200 → 403 meetings:personal_answer_dates",
    "everybody post 200 → 403 meetings:personal_meeting",
    "everybody post 302 → 403 meetings:personal_answer_questions",
    "everybody post 404 → 403 meetings:personal_withdraw_question",
    "everybody post 204 → 403 meetings:personal_draft",
    "everybody post 302 → 403 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 403 meetings:personal_withdraw_reply",
    "member get 200 → 403 meetings:reply meetings:answer_questions meetings:calendar",
    "member get 200 → 403 meetings:answer_dates",
    "member post 200 → 403 meetings:answer_dates",
    "member get 200 → 403 meetings:for_superior",
    "member get 200 → 404 meetings:meeting members:roster members:roster_csv members:sheets",
    "member get 302 → 403 meetings:receipt",
    "member get 302 → 403 meetings:withdraw_reply",
    "member post 200 → 403 meetings:reply",
    "member post 302 → 403 meetings:answer_questions",
    "member post 404 → 403 meetings:withdraw_question",
    "member post 204 → 403 meetings:save_draft",
    "member post 302 → 403 meetings:discard_draft meetings:leave_with_desk",
    "member post 302 → 403 meetings:withdraw_reply",
    "everybody get 200 → 302 members:personal_edit_photo",
    "everybody post 200 → 302 members:personal_edit_photo",
    "member get 200 → 302 members:edit_photo",
    "member post 200 → 302 members:edit_photo",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material meetings:material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
)
def no_term(world):
    """The member was registered by mistake; of the term nothing is left but the row of the person."""
    OfficeTerm.objects.filter(membership=world.own.membership).delete()
    world.own.membership.terms.all().delete()


@state(
    "desk get 404 → 200 members:reappoint",
    "desk post 404 → 200 members:reappoint",
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
    "everybody get 302 → 403 meetings:personal_receipt",
    "everybody get 302 → 403 meetings:personal_withdraw_reply",
    "everybody post 200 → 403 meetings:personal_answer_dates",
    "everybody post 200 → 403 meetings:personal_meeting",
    "everybody post 302 → 403 meetings:personal_answer_questions",
    "everybody post 404 → 403 meetings:personal_withdraw_question",
    "everybody post 204 → 403 meetings:personal_draft",
    "everybody post 302 → 403 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 403 meetings:personal_withdraw_reply",
    "expert,administrator_inside get 200 → 404 members:sheet members:sheet_photo",
    "member,expert get 200 → 404 members:roster members:roster_csv",
    "member,expert,administrator_inside get 200 → 403 meetings:reply meetings:answer_questions meetings:calendar",
    "member,expert,administrator_inside get 200 → 403 meetings:answer_dates",
    "member,expert,administrator_inside post 200 → 403 meetings:answer_dates",
    "member,expert,administrator_inside get 200 → 403 meetings:for_superior",
    "member,expert,administrator_inside get 200 → 404 meetings:meeting members:sheets",
    "member,expert,administrator_inside get 302 → 403 meetings:receipt",
    "member,expert,administrator_inside get 302 → 403 meetings:withdraw_reply",
    "member,expert,administrator_inside post 200 → 403 meetings:reply",
    "member,administrator_inside post 302 → 403 meetings:answer_questions",
    "member,administrator_inside post 404 → 403 meetings:withdraw_question",
    "expert post 200 → 403 meetings:answer_questions",
    "expert post 404 → 403 meetings:withdraw_question",
    "member,expert,administrator_inside post 204 → 403 meetings:save_draft",
    "member,expert,administrator_inside post 302 → 403 meetings:discard_draft meetings:leave_with_desk",
    "member,expert,administrator_inside post 302 → 403 meetings:withdraw_reply",
    "everybody get 200 → 302 members:personal_edit_photo",
    "everybody post 200 → 302 members:personal_edit_photo",
    "member,expert,administrator_inside get 200 → 302 members:edit_photo",
    "member,expert,administrator_inside post 200 → 302 members:edit_photo",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "member get 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 200 → 404 meetings:offer_material meetings:replace_own_material",
    "member post 302 → 404 meetings:consent_to_material",
    "member,expert,administrator_inside get 200 → 404 meetings:material",
)
def all_terms_ended(world):
    """The group is over: nobody takes part any more, the desk still files."""
    MembershipTerm.objects.filter(membership__group=world.own.group).update(valid_to=LONG_OVER)


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
    "everybody get 302 → 403 meetings:personal_receipt",
    "everybody get 302 → 403 meetings:personal_withdraw_reply",
    "everybody post 200 → 403 meetings:personal_answer_dates",
    "everybody post 200 → 403 meetings:personal_meeting",
    "everybody post 302 → 403 meetings:personal_answer_questions",
    "everybody post 404 → 403 meetings:personal_withdraw_question",
    "everybody post 204 → 403 meetings:personal_draft",
    "everybody post 302 → 403 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 403 meetings:personal_withdraw_reply",
    "member get 200 → 403 meetings:reply meetings:answer_questions meetings:calendar",
    "member get 200 → 403 meetings:answer_dates",
    "member post 200 → 403 meetings:answer_dates",
    "member get 200 → 403 meetings:for_superior",
    "member get 302 → 403 meetings:receipt",
    "member get 302 → 403 meetings:withdraw_reply",
    "member post 200 → 403 meetings:reply",
    "member post 302 → 403 meetings:answer_questions",
    "member post 404 → 403 meetings:withdraw_question",
    "member post 204 → 403 meetings:save_draft",
    "member post 302 → 403 meetings:discard_draft meetings:leave_with_desk",
    "member post 302 → 403 meetings:withdraw_reply",
)
def member_of_the_secretariat(world):
    """The member stands on the roll and is not counted, so that no survey asks them."""
    world.own.membership.terms.update(category=Category.SECRETARIAT)


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
    "everybody get 302 → 403 meetings:personal_receipt",
    "everybody get 302 → 403 meetings:personal_withdraw_reply",
    "everybody post 200 → 403 meetings:personal_answer_dates",
    "everybody post 200 → 403 meetings:personal_meeting",
    "everybody post 302 → 403 meetings:personal_answer_questions",
    "everybody post 404 → 403 meetings:personal_withdraw_question",
    "everybody post 204 → 403 meetings:personal_draft",
    "everybody post 302 → 403 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 403 meetings:personal_withdraw_reply",
    "member get 200 → 403 meetings:reply meetings:answer_questions meetings:calendar",
    "member get 200 → 403 meetings:answer_dates",
    "member post 200 → 403 meetings:answer_dates",
    "member get 200 → 403 meetings:for_superior",
    "member get 302 → 403 meetings:receipt",
    "member get 302 → 403 meetings:withdraw_reply",
    "member post 200 → 403 meetings:reply",
    "member post 302 → 403 meetings:answer_questions",
    "member post 404 → 403 meetings:withdraw_question",
    "member post 204 → 403 meetings:save_draft",
    "member post 302 → 403 meetings:discard_draft meetings:leave_with_desk",
    "member post 302 → 403 meetings:withdraw_reply",
)
def member_who_observes(world):
    """An observer, with a post as substitute for the chair."""
    world.own.membership.terms.update(category=Category.OBSERVER)
    OfficeTerm.objects.filter(pk=world.own.office.pk).update(office=Office.ACTING)


@state(
    "member like anonymous",
    "staff like anonymous",
    "everybody get 200 → 404 personal meetings:personal_meeting meetings:personal_calendar members:personal_sheet",
    "everybody get 200 → 404 meetings:personal_answer_questions",
    "everybody get 200 → 404 meetings:personal_for_superior",
    "everybody get 200 → 404 meetings:personal_introduction",
    "everybody get 200 → 404 meetings:personal_calendar_address meetings:personal_feed",
    "everybody post 405 → 404 personal",
    "everybody post 302 → 404 meetings:personal_calendar_address meetings:personal_renew_calendar_address",
    "everybody get 302 → 404 meetings:personal_receipt",
    "everybody get 302 → 404 meetings:personal_withdraw_reply",
    "everybody post 200 → 404 meetings:personal_meeting members:personal_sheet",
    "everybody post 302 → 404 meetings:personal_answer_questions",
    "everybody post 204 → 404 meetings:personal_draft",
    "everybody post 302 → 404 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 404 meetings:personal_withdraw_reply",
    "everybody post 400 → 404 members:personal_save_sheet_draft",
    "everybody get 200 → 404 members:personal_own_photo members:personal_edit_photo",
    "everybody post 200 → 404 members:personal_edit_photo",
    "everybody post 302 → 404 members:personal_remove_photo members:personal_withdraw_consent",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "everybody get 200 → 404 meetings:personal_answer_dates",
    "everybody post 200 → 404 meetings:personal_answer_dates",
    "everybody get 200 → 404 reports:personal_own_words",
    "everybody post 200 → 404 reports:personal_own_words",
    "everybody post 302 → 404 reports:personal_take_back_words",
)
def people_inactive(world):
    """The accounts of the member and of the staff are closed; the rows stay."""
    for user in (world.member, world.staff):
        user.is_active = False
        user.save()


@state()
def people_without_mail(world):
    """Neither the member nor the expert has an address; slips reach the one, the groupware the other."""
    for user, channel in ((world.member, Channel.PAPER), (world.expert, Channel.GROUPWARE)):
        user.email, user.delivery_email, user.channel = None, "", channel
        user.save()


@state(
    "staff get 200 → 403 opendata:upload",
    "staff get 200 → 404 opendata:work opendata:replace opendata:findings opendata:table "
    "opendata:way opendata:publication opendata:define opendata:submit opendata:withdraw "
    "opendata:bring_back opendata:marked_workbook opendata:table_places opendata:discard",
    "staff post 200 → 403 opendata:upload",
    "staff post 200 → 404 opendata:way opendata:replace opendata:publication opendata:define opendata:bring_back "
    "opendata:withdraw",
    "staff get 302 → 404 opendata:upgrade opendata:slip opendata:confirm_kind",
    "staff post 302 → 404 opendata:read_again opendata:accept_repairs opendata:undo_repairs "
    "opendata:edit_cell opendata:drop_row opendata:restore_row opendata:upgrade opendata:submit "
    "opendata:take_up",
)
def section_ended(world):
    """The section was dissolved in the reorganisation, and nobody is posted to it any more."""
    department = world.own.department
    department.postings.update(valid_to=LONG_OVER)
    department.valid_to = LONG_OVER
    department.save()


@state(
    "everybody get 200 → 404 meetings:personal_introduction",
    "expert,desk,administrator_inside get 200 → 404 members:sheet members:sheet_photo",
)
def sheet_in_draft(world):
    """The member has begun a sheet and not handed it in."""
    IntroSheet.objects.filter(pk=world.own.sheet.pk).update(
        state=SheetState.DRAFT, submitted_at=None, shown_at=None
    )


@state(
    "everybody get 200 → 404 meetings:personal_introduction",
    "expert,administrator_inside get 200 → 404 members:sheet members:sheet_photo",
)
def sheet_handed_in(world):
    """The member's sheet waits for the desk to show it."""
    IntroSheet.objects.filter(pk=world.own.sheet.pk).update(state=SheetState.SUBMITTED, shown_at=None)


@state(
    "everybody get 200 → 404 meetings:personal_introduction",
    "expert,administrator_inside get 200 → 404 members:sheet members:sheet_photo",
)
def sheet_for_the_desk(world):
    """The member wants only the desk to read the sheet."""
    IntroSheet.objects.filter(pk=world.own.sheet.pk).update(audience=Audience.DESK)


@state(
    "everybody get 200 → 302 members:personal_edit_photo",
    "everybody post 200 → 302 members:personal_edit_photo",
    "member,expert,administrator_inside get 200 → 302 members:edit_photo",
    "member,expert,administrator_inside post 200 → 302 members:edit_photo",
)
def sheets_locked(world):
    """The last day for sheets is over; they are read, and what was allowed can be taken back."""
    world.own.group.sheets_lock_on = LONG_OVER
    world.own.group.save()


@state(
    "everybody get 200 → 404 meetings:personal_meeting meetings:personal_calendar",
    "everybody get 200 → 404 meetings:personal_answer_questions",
    "everybody get 200 → 404 meetings:personal_for_superior",
    "everybody get 200 → 404 meetings:personal_introduction",
    "everybody get 200 → 404 meetings:personal_calendar_address",
    "everybody post 405 → 200 personal",
    "everybody post 302 → 404 meetings:personal_calendar_address meetings:personal_renew_calendar_address",
    "everybody get 302 → 404 meetings:personal_receipt",
    "everybody get 302 → 404 meetings:personal_withdraw_reply",
    "everybody post 200 → 404 meetings:personal_meeting",
    "everybody post 302 → 404 meetings:personal_answer_questions",
    "everybody post 204 → 404 meetings:personal_draft",
    "everybody post 302 → 404 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 404 meetings:personal_withdraw_reply",
    "everybody get 200 → 404 members:personal_own_photo",
    "member get 200 → 404 members:own_photo",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "everybody get 200 → 404 meetings:personal_answer_dates",
    "everybody post 200 → 404 meetings:personal_answer_dates",
    "everybody get 200 → 404 reports:personal_own_words",
    "everybody post 200 → 404 reports:personal_own_words",
    "everybody post 302 → 404 reports:personal_take_back_words",
)
def no_sheet(world):
    """The member has written no sheet, and comes by the link that was made for it."""
    IntroSheet.objects.filter(membership=world.own.membership).update(
        membership=builders.make_membership(group=world.own.group)
    )
    world.own.link = world.own.sheet_link


@state(
    "everybody get 200 → 404 personal meetings:personal_meeting meetings:personal_calendar members:personal_sheet",
    "everybody get 200 → 404 meetings:personal_answer_questions",
    "everybody get 200 → 404 meetings:personal_for_superior",
    "everybody get 200 → 404 meetings:personal_introduction",
    "everybody get 200 → 404 meetings:personal_calendar_address meetings:personal_feed",
    "everybody post 405 → 404 personal",
    "everybody post 302 → 404 meetings:personal_calendar_address meetings:personal_renew_calendar_address",
    "everybody get 302 → 404 meetings:personal_receipt",
    "everybody get 302 → 404 meetings:personal_withdraw_reply",
    "everybody post 200 → 404 meetings:personal_meeting members:personal_sheet",
    "everybody post 302 → 404 meetings:personal_answer_questions",
    "everybody post 204 → 404 meetings:personal_draft",
    "everybody post 302 → 404 meetings:personal_discard_draft meetings:personal_leave_with_desk",
    "everybody post 302 → 404 meetings:personal_withdraw_reply",
    "everybody post 400 → 404 members:personal_save_sheet_draft",
    "everybody get 200 → 404 members:personal_own_photo members:personal_edit_photo",
    "everybody post 200 → 404 members:personal_edit_photo",
    "everybody post 302 → 404 members:personal_remove_photo members:personal_withdraw_consent",
    "everybody get 200 → 404 meetings:personal_material meetings:personal_offer_material",
    "everybody get 200 → 404 meetings:personal_replace_own_material",
    "everybody post 200 → 404 meetings:personal_offer_material meetings:personal_replace_own_material",
    "everybody post 302 → 404 meetings:personal_consent_to_material",
    "everybody get 200 → 404 meetings:personal_answer_dates",
    "everybody post 200 → 404 meetings:personal_answer_dates",
    "everybody get 200 → 404 reports:personal_own_words",
    "everybody post 200 → 404 reports:personal_own_words",
    "everybody post 302 → 404 reports:personal_take_back_words",
)
def link_revoked(world):
    """The desk made the member's link anew; what lies in old mails opens nothing."""
    PersonalLink.objects.filter(membership=world.own.membership).update(nonce=fresh_nonce())


@state()
def no_municipality(world):
    """Before anybody has entered the town's name."""
    Municipality.objects.all().delete()


@state(
    "anonymous,stranger,staff,other_desk,other_staff,steward get 200 → 404 group reports:report "
    "reports:report_text reports:report_file reports:report_material",
    "everybody get 200 → 404 meetings:group_calendar meetings:public_notice reports:group_feed",
    "secret the report read by member expert desk administrator administrator_inside",
)
def closed_group(world):
    """The group is not open to the public any more."""
    world.own.group.is_public = False
    world.own.group.save()


@state()
def emails_in_every_state(world):
    """The outbox has an email in each state."""
    for job_state in JobState:
        builders.make_email(state=job_state)


@state(
    "desk like other_staff",
    "steward get 200 → 404 opendata:review opendata:review_version opendata:withdraw",
    "steward get 302 → 404 opendata:publish opendata:return_version opendata:comment_cell",
    "steward post 200 → 404 opendata:withdraw",
    "steward post 302 → 404 opendata:publish opendata:return_version opendata:comment_cell opendata:drop_comment",
)
def rights_ended(world):
    """The person at the desk was moved and the data steward handed the task on; both kept their accounts."""
    world.own.group.desk_grants.update(valid_to=LONG_OVER)
    world.steward.is_data_steward = False
    world.steward.save()


@state()
def lists_are_still_compared(world):
    RosterImport.objects.update(state=RosterState.READ)


@state()
def lists_are_registered(world):
    RosterImport.objects.update(state=RosterState.APPLIED, applied_at=timezone.now())


@state()
def lists_are_taken_back(world):
    RosterImport.objects.update(state=RosterState.UNDONE, applied_at=timezone.now(), undone_at=timezone.now())
