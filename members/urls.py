from django.urls import path

from members.views import factors, member, personal, sessions, sso
from members.views.desk import adding, links, lists, roster, rosters, sheets, terms
from members.views.manage import departments, groups, municipality, people, records, rosters as town_rosters

app_name = "members"

urlpatterns = [
    # How one logs in, and where one is logged in
    path("accounts/factors/", factors.factors, name="factors"),
    path("accounts/factors/app/", factors.add_app, name="add_app"),
    path("accounts/factors/key/", factors.add_key, name="add_key"),
    path("accounts/factors/<int:pk>/remove/", factors.remove_factor, name="remove_factor"),
    path("accounts/factors/codes/", factors.spare_codes, name="spare_codes"),
    path("accounts/reauthenticate/code/", sessions.reauthenticate_by_code, name="reauthenticate_by_code"),
    path("accounts/sign-on/", sso.sign_on, name="sign_on"),
    path("accounts/sign-on/callback/", sso.sign_on_callback, name="sign_on_callback"),
    path("accounts/sessions/", sessions.sessions, name="sessions"),
    path("accounts/sessions/<int:pk>/end/", sessions.end_session, name="end_session"),
    path("accounts/sessions/others/end/", sessions.end_other_sessions, name="end_other_sessions"),
    # Inside the group
    path("groups/<slug:slug>/members/", member.roster, name="roster"),
    path("groups/<slug:slug>/members/roster.csv", member.roster_csv, name="roster_csv"),
    path("groups/<slug:slug>/sheets/", member.sheets, name="sheets"),
    path("groups/<slug:slug>/sheets/<int:pk>/", member.sheet, name="sheet"),
    path("groups/<slug:slug>/my-sheet/", member.edit_sheet, name="edit_sheet"),
    path("groups/<slug:slug>/my-sheet/draft/", member.save_sheet_draft, name="save_sheet_draft"),
    # By personal link; its front page, a/<token>/, is the roof's
    path("a/<str:token>/sheet/", personal.sheet, name="personal_sheet"),
    path("a/<str:token>/sheet/draft/", personal.save_sheet_draft, name="personal_save_sheet_draft"),
]

desk_members = "groups/<slug:slug>/desk/members"
desk_member = f"{desk_members}/<int:membership>"
urlpatterns += [
    path(f"{desk_members}/", lists.desk_members, name="desk_members"),
    path(f"{desk_members}/others/", lists.desk_others, name="desk_others"),
    path(f"{desk_members}/expiring/", terms.desk_expiring, name="desk_expiring"),
    path(f"{desk_members}/order/", lists.desk_order, name="desk_order"),
    path(f"{desk_members}/choose/", adding.choose_people, name="choose_people"),
    path(f"{desk_members}/add/", adding.add_members, name="add_members"),
    path(f"{desk_members}/import/", rosters.read_roster, name="desk_read_roster"),
    path(f"{desk_members}/import/<int:pk>/", rosters.roster_import, name="desk_roster_import"),
    path(f"{desk_members}/import/<int:pk>/undo/", rosters.undo_roster, name="desk_undo_roster"),
    path(f"{desk_members}/slips/<str:purpose>/", links.desk_slips, name="desk_slips"),
    path(f"{desk_member}/", roster.desk_member, name="desk_member"),
    path(f"{desk_member}/post/", roster.change_post, name="change_post"),
    path(f"{desk_member}/terms/<int:term>/", roster.correct_term, name="correct_term"),
    path(f"{desk_member}/terms/<int:term>/again/", terms.reappoint, name="reappoint"),
    path(f"{desk_member}/terms/<int:term>/successor/", terms.choose_successor, name="choose_successor"),
    path(f"{desk_member}/terms/<int:term>/successor/<int:user>/", terms.name_successor, name="name_successor"),
    path(f"{desk_member}/end/", roster.end_membership, name="end_membership"),
    path(f"{desk_member}/move/", lists.move_member, name="move_member"),
    path(f"{desk_member}/office/", roster.give_office, name="give_office"),
    path(f"{desk_member}/office/<int:office>/end/", roster.end_office, name="end_office"),
    path(f"{desk_member}/links/reissue/", links.reissue_links, name="reissue_links"),
    path(f"{desk_member}/links/<int:link>/reissue/", links.reissue_link, name="reissue_link"),
    path("groups/<slug:slug>/desk/sheets/", sheets.desk_sheets, name="desk_sheets"),
    path("groups/<slug:slug>/desk/sheets/show/", sheets.show_sheets, name="show_sheets"),
    path("groups/<slug:slug>/desk/sheets/ask/", sheets.ask_for_sheets, name="ask_for_sheets"),
    # The register of the town hall, for administrators
    path("manage/", records.manage, name="manage"),
    path("manage/departments/", departments.manage_departments, name="manage_departments"),
    path("manage/departments/add/", departments.add_department, name="add_department"),
    path("manage/departments/<int:pk>/", departments.edit_department, name="edit_department"),
    path("manage/departments/<int:pk>/end/", departments.end_department, name="end_department"),
    path("manage/job-titles/", departments.edit_job_titles, name="edit_job_titles"),
    path("manage/people/", people.manage_people, name="manage_people"),
    path("manage/people/add/", people.add_person, name="add_person"),
    path("manage/people/import/", town_rosters.read_roster, name="manage_read_roster"),
    path("manage/people/import/<int:pk>/", town_rosters.roster_import, name="manage_roster_import"),
    path("manage/people/import/<int:pk>/undo/", town_rosters.undo_roster, name="manage_undo_roster"),
    path("manage/people/<int:pk>/", people.edit_person, name="edit_person"),
    path("manage/people/<int:pk>/factors/reset/", people.reset_factor, name="reset_factor"),
    path("manage/people/<int:pk>/sessions/end/", people.end_sessions, name="end_sessions"),
    path("manage/people/<int:pk>/postings/add/", people.add_posting, name="add_posting"),
    path("manage/people/<int:pk>/postings/<int:posting>/end/", people.end_posting, name="end_posting"),
    path("manage/groups/", groups.manage_groups, name="manage_groups"),
    path("manage/groups/add/", groups.add_group, name="add_group"),
    path("manage/groups/<slug:slug>/", groups.manage_group, name="manage_group"),
    path("manage/groups/<slug:slug>/next/", groups.add_next_group, name="add_next_group"),
    path("manage/groups/<slug:slug>/edit/", groups.edit_group, name="edit_group"),
    path("manage/groups/<slug:slug>/desk/add/", groups.choose_desk, name="choose_desk"),
    path("manage/groups/<slug:slug>/desk/add/<int:user>/", groups.grant_desk, name="grant_desk"),
    path("manage/groups/<slug:slug>/desk/<int:grant>/reviewer/", groups.name_reviewer, name="name_reviewer"),
    path("manage/groups/<slug:slug>/desk/<int:grant>/end/", groups.end_grant, name="end_grant"),
    path("manage/municipality/", municipality.edit_municipality, name="edit_municipality"),
    path("manage/closed-days/", municipality.closed_days, name="closed_days"),
    path("manage/closed-days/add/", municipality.add_closed_days, name="add_closed_days"),
    path("manage/closed-days/<int:pk>/remove/", municipality.remove_closed_day, name="remove_closed_day"),
    path("manage/audit/", records.audit, name="audit"),
    path("manage/outbox/", records.outbox, name="outbox"),
    path("manage/outbox/<int:pk>/resend/", records.resend_email, name="resend_email"),
    path("manage/outbox/<int:pk>/cancel/", records.cancel_email, name="cancel_email"),
]
