from django.urls import path

from reports.views import archive, desk, due, filed, own_words, public, sentences, style, words

app_name = "reports"
MEETING = "groups/<slug:slug>/meetings/<int:number>"
LINK = "a/<str:token>/meetings/<int:number>"
DESK = "groups/<slug:slug>/desk/meetings/<int:number>/report"

urlpatterns = [
    path("reports/", archive.archive, name="archive"),
    path("reports/feed.atom", archive.feed, name="feed"),
    path("groups/<slug:slug>/reports.atom", archive.group_feed, name="group_feed"),
    path(f"{MEETING}/report/", public.report, name="report"),
    path(f"{MEETING}/report.txt", public.report_text, name="report_text"),
    path(f"{MEETING}/report/filed/", public.filed_file, name="filed_file"),
    path(f"{MEETING}/report/materials/<int:place>/", public.report_material, name="report_material"),
    path("groups/<slug:slug>/desk/past-reports/add/", filed.file_report, name="file_report"),
    path(f"{DESK}/filed/", filed.correct_filed, name="correct_filed"),
    path(f"{MEETING}/report.<slug:suffix>", public.report_file, name="report_file"),
    path("groups/<slug:slug>/desk/report-style/", style.edit_style, name="edit_style"),
    path("groups/<slug:slug>/desk/report-due/", due.edit_due_rules, name="edit_due_rules"),
    path(f"{DESK}/told/", due.note_told, name="note_told"),
    path(f"{DESK}/", desk.draft, name="draft"),
    path(f"{DESK}/file.<slug:suffix>", desk.draft_file, name="draft_file"),
    path(f"{DESK}/package.zip", desk.package, name="package"),
    path(f"{DESK}/proof/", desk.proof, name="proof"),
    path(f"{DESK}/sentences/<slug:key>/", sentences.override_sentence, name="override_sentence"),
    path(f"{DESK}/sentences/<slug:key>/restore/", sentences.restore_sentence, name="restore_sentence"),
    path(f"{DESK}/words/", words.words, name="words"),
    path(f"{DESK}/words/ask/", words.ask_for_words, name="ask_for_words"),
    path(f"{DESK}/words/move/", words.move_words, name="move_words"),
    path(f"{DESK}/words/remind/", words.remind_of_words, name="remind_of_words"),
    path(f"{DESK}/words/call-off/", words.call_off_words, name="call_off_words"),
    path(f"{DESK}/words/<int:correction>/", words.decide_on_words, name="decide_on_words"),
    path(f"{MEETING}/words/", own_words.own_words, name="own_words"),
    path(f"{MEETING}/words/take-back/", own_words.take_back_words, name="take_back_words"),
    path(f"{LINK}/words/", own_words.personal_own_words, name="personal_own_words"),
    path(f"{LINK}/words/take-back/", own_words.personal_take_back_words, name="personal_take_back_words"),
    path(f"{DESK}/review/", desk.send_for_review, name="send_for_review"),
    path(f"{DESK}/take-back/", desk.take_back, name="take_back"),
    path(f"{DESK}/approve/", desk.approve, name="approve"),
    path(f"{DESK}/send-back/", desk.send_back, name="send_back"),
    path(f"{DESK}/reopen/", desk.reopen, name="reopen"),
    path(f"{DESK}/publish/", desk.publish, name="publish"),
    path(f"{DESK}/withhold/", desk.withhold, name="withhold"),
]
