from django.urls import path

from meetings.views import member, personal, public
from meetings.views.desk import (
    dates,
    day_papers,
    fields,
    imports,
    letters,
    materials,
    meetings,
    notices,
    openness,
    opinions,
    pay,
    preview,
    question_states,
    questions,
    record,
    results,
    roll,
    survey,
    tally,
    themes,
    transcripts,
    walk_ins,
)

app_name = "meetings"
MEETING = "groups/<slug:slug>/meetings/<int:number>"
DESK = "groups/<slug:slug>/desk/meetings/<int:number>"
QUESTION, THEME = f"{DESK}/questions/<int:question_id>", f"{DESK}/themes/<int:theme_id>"
LINK = "a/<str:token>/meetings/<int:number>"

member_pages = [
    path(f"{MEETING}/", member.meeting, name="meeting"),
    path(f"{MEETING}/answer/", member.reply, name="reply"),
    path(f"{MEETING}/answer/draft/", member.save_draft, name="save_draft"),
    path(f"{MEETING}/answer/draft/discard/", member.discard_draft, name="discard_draft"),
    path(f"{MEETING}/answer/leave/", member.leave_with_desk, name="leave_with_desk"),
    path(f"{MEETING}/answer/withdraw/", member.withdraw_reply, name="withdraw_reply"),
    path(f"{MEETING}/answer/receipt/", member.receipt, name="receipt"),
    path(f"{MEETING}/for-superior/", member.for_superior, name="for_superior"),
    path(f"{MEETING}/dates/", member.answer_dates, name="answer_dates"),
    path(f"{MEETING}/questions/", member.answer_questions, name="answer_questions"),
    path(f"{MEETING}/questions/<int:question_id>/withdraw/", member.withdraw_question, name="withdraw_question"),
    path(f"{MEETING}/calendar.ics", member.calendar, name="calendar"),
    path(f"{MEETING}/materials/<int:material>/", member.material, name="material"),
    path(f"{MEETING}/materials/own/", member.offer_material, name="offer_material"),
    path(f"{MEETING}/materials/own/<int:material>/", member.replace_own_material, name="replace_own_material"),
    path("groups/<slug:slug>/calendar/", member.calendar_address, name="calendar_address"),
    path("groups/<slug:slug>/calendar/renew/", member.renew_calendar_address, name="renew_calendar_address"),
]

public_pages = [
    path("groups/<slug:slug>/calendar.ics", public.group_calendar, name="group_calendar"),
    path(f"{MEETING}/notice/", public.public_notice, name="public_notice"),
]

# Opened by a personal link; its front page, a/<token>/, is the roof's.
personal_pages = [
    path(f"{LINK}/", personal.meeting, name="personal_meeting"),
    path(f"{LINK}/draft/", personal.draft, name="personal_draft"),
    path(f"{LINK}/draft/discard/", personal.discard_draft, name="personal_discard_draft"),
    path(f"{LINK}/leave/", personal.leave_with_desk, name="personal_leave_with_desk"),
    path(f"{LINK}/withdraw/", personal.withdraw_reply, name="personal_withdraw_reply"),
    path(f"{LINK}/people/<int:membership>/", personal.introduction, name="personal_introduction"),
    path(f"{LINK}/receipt/", personal.receipt, name="personal_receipt"),
    path(f"{LINK}/for-superior/", personal.for_superior, name="personal_for_superior"),
    path(f"{LINK}/dates/", personal.answer_dates, name="personal_answer_dates"),
    path(f"{LINK}/questions/", personal.answer_questions, name="personal_answer_questions"),
    path(
        f"{LINK}/questions/<int:question_id>/withdraw/",
        personal.withdraw_question,
        name="personal_withdraw_question",
    ),
    path(f"{LINK}/calendar.ics", personal.calendar, name="personal_calendar"),
    path(f"{LINK}/materials/<int:material>/", personal.material, name="personal_material"),
    path(f"{LINK}/materials/own/", personal.offer_material, name="personal_offer_material"),
    path(
        f"{LINK}/materials/own/<int:material>/",
        personal.replace_own_material,
        name="personal_replace_own_material",
    ),
    path("a/<str:token>/calendar/", personal.calendar_address, name="personal_calendar_address"),
    path("a/<str:token>/calendar/renew/", personal.renew_calendar_address, name="personal_renew_calendar_address"),
    # A link of its own, made for calendars alone
    path("a/<str:token>/calendar.ics", personal.feed, name="personal_feed"),
]

desk_pages = [
    path("groups/<slug:slug>/desk/meetings/new/", meetings.create_meeting, name="create_meeting"),
    path(f"{DESK}/edit/", meetings.edit_meeting, name="edit_meeting"),
    path(f"{DESK}/openness/", openness.set_openness, name="set_openness"),
    path(f"{DESK}/cancel/", meetings.cancel, name="cancel"),
    path(f"{DESK}/abandon/", meetings.abandon, name="abandon"),
    path(f"{DESK}/resume/", meetings.resume, name="resume"),
    path(f"{DESK}/agenda/", meetings.agenda, name="agenda"),
    path(f"{DESK}/agenda/questions/", meetings.add_open_questions, name="add_open_questions"),
    path(f"{DESK}/agenda/<int:item_id>/", meetings.edit_item, name="edit_item"),
    path(f"{DESK}/agenda/<int:item_id>/move/", meetings.move_item, name="move_item"),
    path(f"{DESK}/agenda/<int:item_id>/remove/", meetings.remove_item, name="remove_item"),
    path(f"{DESK}/materials/", materials.materials, name="materials"),
    path(f"{DESK}/materials/tell/", materials.tell_of_materials, name="tell_of_materials"),
    path(f"{DESK}/materials/<int:material>/", materials.edit_material, name="edit_material"),
    path(f"{DESK}/materials/<int:material>/replace/", materials.replace_material, name="replace_material"),
    path(f"{DESK}/materials/<int:material>/move/", materials.move_material, name="move_material"),
    path(f"{DESK}/materials/<int:material>/withdraw/", materials.withdraw_material, name="withdraw_material"),
    path(f"{DESK}/materials/<int:material>/restore/", materials.restore_material, name="restore_material"),
    path(f"{DESK}/materials/<int:material>/<int:version>/", materials.material, name="desk_material"),
    path(f"{DESK}/form/", meetings.set_survey, name="set_survey"),
    path(f"{DESK}/form/move/", fields.move_section, name="move_section"),
    path(f"{DESK}/form/preview/", preview.preview, name="preview"),
    path(f"{DESK}/form/fields/", fields.fields, name="fields"),
    path(f"{DESK}/form/fields/<int:field_id>/", fields.edit_field, name="edit_field"),
    path(f"{DESK}/form/fields/<int:field_id>/correct/", fields.correct_field, name="correct_field"),
    path(f"{DESK}/form/fields/<int:field_id>/retire/", fields.retire_field, name="retire_field"),
    path(f"{DESK}/form/fields/<int:field_id>/remove/", fields.remove_field, name="remove_field"),
    path(f"{DESK}/form/fields/<int:field_id>/move/", fields.move_field, name="move_field"),
    path(f"{DESK}/form/problems/", meetings.take_over_problem, name="take_over_problem"),
    path(f"{DESK}/announce/", meetings.announce, name="announce"),
    path(f"{DESK}/notice/", notices.edit_notice, name="edit_notice"),
    path(f"{DESK}/notice/text/", notices.notice_text, name="notice_text"),
    path(f"{DESK}/notice/test/", notices.send_test, name="send_test"),
    path(f"{DESK}/notice.<slug:suffix>", notices.notice_file, name="notice_file"),
    path(f"{DESK}/notice/copies.<slug:suffix>", notices.notice_copies, name="notice_copies"),
    path(f"{DESK}/letters/", letters.letters, name="letters"),
    path(f"{DESK}/letters/paper/", letters.paper_letters, name="paper_letters"),
    path(f"{DESK}/letters/tell/", letters.tell_all, name="tell_all"),
    path(f"{DESK}/letters/withdraw/", letters.withdraw_letters, name="withdraw_letters"),
    path(f"{DESK}/letters/hand-out/", letters.hand_out, name="hand_out"),
    # Answers
    path(f"{DESK}/tally/", tally.tally, name="tally"),
    path(f"{DESK}/tally/answers/", tally.tally_answers, name="tally_answers"),
    path(f"{DESK}/tally.csv", tally.tally_csv, name="tally_csv"),
    path(f"{DESK}/tally.xlsx", tally.tally_xlsx, name="tally_xlsx"),
    path(f"{DESK}/remind/", survey.remind, name="remind"),
    path(f"{DESK}/responses/import/", imports.import_replies, name="import_replies"),
    path(f"{DESK}/responses/<int:membership>/", survey.enter_reply, name="enter_reply"),
    path(f"{DESK}/responses/<int:membership>/late/", survey.take_over_late_reply, name="take_over_late_reply"),
    path(f"{DESK}/responses/<int:membership>/late/dismiss/", survey.dismiss_late_reply, name="dismiss_late_reply"),
    path(f"{DESK}/responses/<int:membership>/withdraw/", survey.withdraw_for, name="withdraw_for"),
    path(f"{DESK}/extend/<int:membership>/", survey.extend, name="extend"),
    path(f"{DESK}/resend/<int:membership>/", survey.resend, name="resend"),
]

pages_of_pay = [
    path("groups/<slug:slug>/desk/pay/", pay.pay_basis, name="pay_basis"),
    path("groups/<slug:slug>/desk/pay.xlsx", pay.pay_basis_xlsx, name="pay_basis_xlsx"),
    path("groups/<slug:slug>/desk/pay/rules/", pay.edit_pay_rules, name="edit_pay_rules"),
]

pages_of_dates = [
    # Before there is a day
    path(f"{DESK}/dates/", dates.dates, name="dates"),
    path(f"{DESK}/dates/set/", dates.set_dates, name="set_dates"),
    path(f"{DESK}/dates/send/", dates.send_dates, name="send_dates"),
    path(f"{DESK}/dates/remind/", dates.remind_dates, name="remind_dates"),
    path(f"{DESK}/dates/reopen/", dates.reopen_dates, name="reopen_dates"),
    path(f"{DESK}/dates/people/<int:membership>/", dates.enter_dates, name="enter_dates"),
    path(f"{DESK}/dates/<int:option_id>/", dates.choose_date, name="choose_date"),
]

pages_of_the_record = [
    # The day: roll, record, questions
    path(f"{DESK}/papers/<slug:paper>.<slug:suffix>", day_papers.day_paper, name="day_paper"),
    path(f"{DESK}/roll/", roll.roll, name="roll"),
    path(f"{DESK}/roll/as-answered/", roll.mark_as_answered, name="mark_as_answered"),
    path(f"{DESK}/roll/rest/", roll.mark_the_rest, name="mark_the_rest"),
    path(f"{DESK}/roll/take-back/", roll.take_back_press, name="take_back_press"),
    path(f"{DESK}/roll/day/", roll.note_day, name="note_day"),
    path(f"{DESK}/roll/walk-ins/", walk_ins.add_walk_in, name="add_walk_in"),
    path(f"{DESK}/roll/walk-ins/<int:line_id>/", walk_ins.edit_walk_in, name="edit_walk_in"),
    path(f"{DESK}/roll/walk-ins/<int:line_id>/remove/", walk_ins.remove_walk_in, name="remove_walk_in"),
    path(f"{DESK}/roll/begin/", roll.begin_on_the_day, name="begin_on_the_day"),
    path(f"{DESK}/roll/<int:membership>/", roll.mark, name="mark"),
    path(f"{DESK}/roll/<int:membership>/unmark/", roll.unmark, name="unmark"),
    path(f"{DESK}/roll/<int:membership>/edit/", roll.edit_mark, name="edit_mark"),
    path(f"{DESK}/record/", record.record, name="record"),
    path(f"{DESK}/record/election/", results.record_election, name="record_election"),
    path(f"{DESK}/record/election/<int:election_id>/", results.correct_election, name="correct_election"),
    path(f"{DESK}/record/election/<int:election_id>/remove/", results.remove_election, name="remove_election"),
    path(f"{DESK}/record/assignment/", results.set_assignment, name="set_assignment"),
    path(f"{DESK}/record/assignment/<int:assignment_id>/", results.correct_assignment, name="correct_assignment"),
    path(
        f"{DESK}/record/assignment/<int:assignment_id>/remove/",
        results.remove_assignment,
        name="remove_assignment",
    ),
    path(f"{DESK}/record/<int:entry_id>/", record.edit_entry, name="edit_entry"),
    path(f"{DESK}/record/<int:entry_id>/move/", record.move_entry, name="move_entry"),
    path(f"{DESK}/record/<int:entry_id>/remove/", record.remove_entry, name="remove_entry"),
    path(f"{DESK}/record/<int:entry_id>/restore/", record.restore_entry, name="restore_entry"),
    path(f"{DESK}/record/transcript/", transcripts.import_transcript, name="import_transcript"),
    path(f"{DESK}/record/opinions/", opinions.take_over_opinions, name="take_over_opinions"),
    path(f"{DESK}/record/take-back/", record.take_back_entries, name="take_back_entries"),
    path(f"{DESK}/questions/", questions.questions, name="questions"),
    path(f"{DESK}/questions/<int:question_id>/", questions.change_question, name="change_question"),
    path(f"{DESK}/questions/<int:question_id>/answer/", questions.add_answer, name="add_answer"),
    path(f"{DESK}/questions/<int:question_id>/remove/", questions.remove_question, name="remove_question"),
    path(f"{QUESTION}/merge/", question_states.merge_question, name="merge_question"),
    path(f"{QUESTION}/decline/", question_states.decline_question, name="decline_question"),
    path(f"{QUESTION}/route/", question_states.route_question, name="route_question"),
    path(f"{QUESTION}/restore/", question_states.restore_question, name="restore_question"),
    path(f"{QUESTION}/theme/", question_states.make_theme, name="make_theme"),
    path(f"{QUESTION}/theme/undo/", question_states.unmake_theme, name="unmake_theme"),
    path(f"{DESK}/answers/<int:answer_id>/", questions.reword_answer, name="reword_answer"),
    path(f"{DESK}/answers/<int:answer_id>/remove/", questions.remove_answer, name="remove_answer"),
    path(f"{DESK}/report/renew/", roll.renew_snapshot, name="renew_snapshot"),
]

pages_of_themes = [
    path(f"{DESK}/themes/", themes.themes, name="themes"),
    path(f"{THEME}/", themes.reword_theme, name="reword_theme"),
    path(f"{THEME}/merge/", themes.merge_theme, name="merge_theme"),
    path(f"{THEME}/split/", themes.split_theme, name="split_theme"),
    path(f"{THEME}/take-over/", themes.take_over_proposal, name="take_over_proposal"),
    path(f"{THEME}/choose/", themes.choose_theme, name="choose_theme"),
    path(f"{THEME}/unchoose/", themes.unchoose_theme, name="unchoose_theme"),
    path(f"{THEME}/remove/", themes.remove_theme, name="remove_theme"),
]

urlpatterns = [
    *member_pages,
    *public_pages,
    *personal_pages,
    *desk_pages,
    *pages_of_pay,
    *pages_of_dates,
    *pages_of_the_record,
    *pages_of_themes,
]
