from django.urls import path

from meetings.views import (
    desk_meetings,
    desk_questions,
    desk_record,
    desk_report,
    desk_roll,
    desk_tally,
    groups,
    member,
    personal,
    public,
)

app_name = "meetings"
MEETING = "groups/<slug:slug>/meetings/<int:number>"
DESK = "groups/<slug:slug>/desk/meetings/<int:number>"
LINK = "a/<str:token>/meetings/<int:number>"

public_pages = [
    path("groups/", groups.groups, name="groups"),
    path("groups/<slug:slug>/", groups.group, name="group"),
    path(f"{MEETING}/report/", public.report, name="report"),
    path(f"{MEETING}/report.txt", public.report_text, name="report_text"),
]

member_pages = [
    path(f"{MEETING}/", member.meeting, name="meeting"),
    path(f"{MEETING}/answer/", member.answer, name="answer"),
    path(f"{MEETING}/answer/draft/", member.save_draft, name="save_draft"),
    path(f"{MEETING}/answer/receipt/", member.receipt, name="receipt"),
    path(f"{MEETING}/calendar.ics", member.calendar, name="calendar"),
]

# Opened by a personal link; its front page, a/<token>/, is the roof's.
personal_pages = [
    path(f"{LINK}/", personal.meeting, name="personal_meeting"),
    path(f"{LINK}/draft/", personal.draft, name="personal_draft"),
    path(f"{LINK}/receipt/", personal.receipt, name="personal_receipt"),
    path(f"{LINK}/calendar.ics", personal.calendar, name="personal_calendar"),
]

desk_pages = [
    path("groups/<slug:slug>/desk/", desk_meetings.desk, name="desk"),
    path("groups/<slug:slug>/desk/meetings/new/", desk_meetings.next_meeting, name="next_meeting"),
    path(f"{DESK}/", desk_meetings.desk_meeting, name="desk_meeting"),
    path(f"{DESK}/edit/", desk_meetings.edit_meeting, name="edit_meeting"),
    path(f"{DESK}/cancel/", desk_meetings.cancel, name="cancel"),
    path(f"{DESK}/agenda/", desk_meetings.agenda, name="agenda"),
    path(f"{DESK}/agenda/<int:item_id>/", desk_meetings.agenda_item, name="agenda_item"),
    path(f"{DESK}/agenda/<int:item_id>/move/", desk_meetings.move_item, name="move_item"),
    path(f"{DESK}/agenda/<int:item_id>/remove/", desk_meetings.remove_item, name="remove_item"),
    path(f"{DESK}/form/", desk_meetings.desk_form, name="desk_form"),
    path(f"{DESK}/announce/", desk_meetings.announce, name="announce"),
    # Answers
    path(f"{DESK}/tally/", desk_tally.tally, name="tally"),
    path(f"{DESK}/tally.csv", desk_tally.tally_csv, name="tally_csv"),
    path(f"{DESK}/remind/", desk_tally.remind, name="remind"),
    path(f"{DESK}/responses/<int:membership>/", desk_tally.desk_response, name="desk_response"),
    path(f"{DESK}/extend/<int:membership>/", desk_tally.extend, name="extend"),
    path(f"{DESK}/resend/<int:membership>/", desk_tally.resend, name="resend"),
]

pages_of_the_record = [
    # The day: roll, record, questions
    path(f"{DESK}/roll/", desk_roll.roll, name="roll"),
    path(f"{DESK}/roll/as-answered/", desk_roll.mark_as_answered, name="mark_as_answered"),
    path(f"{DESK}/roll/<int:membership>/", desk_roll.mark, name="mark"),
    path(f"{DESK}/roll/<int:membership>/substitute/", desk_roll.substitute, name="substitute"),
    path(f"{DESK}/record/", desk_record.record, name="record"),
    path(f"{DESK}/record/election/", desk_record.election, name="election"),
    path(f"{DESK}/record/assignment/", desk_record.assignment, name="assignment"),
    path(f"{DESK}/record/<int:entry_id>/", desk_record.entry, name="entry"),
    path(f"{DESK}/record/<int:entry_id>/move/", desk_record.move_entry, name="move_entry"),
    path(f"{DESK}/record/<int:entry_id>/remove/", desk_record.remove_entry, name="remove_entry"),
    path(f"{DESK}/questions/", desk_questions.questions, name="questions"),
    path(f"{DESK}/questions/<int:question_id>/", desk_questions.question, name="question"),
    path(f"{DESK}/questions/<int:question_id>/answer/", desk_questions.add_answer, name="add_answer"),
    path(f"{DESK}/questions/<int:question_id>/remove/", desk_questions.remove_question, name="remove_question"),
    path(f"{DESK}/answers/<int:answer_id>/", desk_questions.reply, name="reply"),
    path(f"{DESK}/answers/<int:answer_id>/remove/", desk_questions.remove_reply, name="remove_reply"),
    # The report, from draft to publication
    path(f"{DESK}/report/", desk_report.draft, name="draft"),
    path(f"{DESK}/report/proof/", desk_report.proof, name="proof"),
    path(f"{DESK}/report/state/", desk_report.move_report, name="move_report"),
    path(f"{DESK}/report/renew/", desk_roll.renew_snapshot, name="renew_snapshot"),
    path(f"{DESK}/report/approve/", desk_report.approve, name="approve"),
    path(f"{DESK}/report/publish/", desk_report.publish, name="publish"),
    path(f"{DESK}/report/withhold/", desk_report.withhold, name="withhold"),
]

urlpatterns = [*public_pages, *member_pages, *personal_pages, *desk_pages, *pages_of_the_record]
