"""Who meets what, page by page: the one table of access, with everything as it plainly is.

Columns: anonymous, stranger (a member of another, closed group), member, expert, desk, staff (of the section
that owns the data set), administrator | desk of that other group, staff of another section, data steward (in no
group and no section), and an administrator who is also a member of the group. "login" is a redirect to the login
page; 302 an action done; 405 a page that only reads, or an action without a page. POSTs are sent empty: 200 is the
form again with its errors. HEAD is answered like GET; every other method is refused everywhere (405).

tests/states/ says where a state of the world makes a difference.
"""

from dataclasses import dataclass, replace

ROLES = ["anonymous", "stranger", "member", "expert", "desk", "staff", "administrator"]
ROLES += ["other_desk", "other_staff", "steward", "administrator_inside"]
REFUSED_EVERYWHERE = ["options", "put", "patch", "delete"]
OUTCOMES = {"login", "200", "204", "302", "304", "400", "403", "404", "405", "409", "410", "429"}

# allauth's pages, for anonymous and for a member: get, get. They know no objects of ours.
THIRD_PARTY = {
    "account_login": ("200", "302"),
    "account_request_login_code": ("200", "302"),
    "account_confirm_login_code": ("login", "302"),
    "account_logout": ("302", "200"),
    "account_inactive": ("200", "200"),
    "account_signup": ("200", "302"),
    "account_change_password": ("login", "200"),
    "account_set_password": ("login", "302"),
    "account_reset_password": ("200", "200"),
    "account_reset_password_done": ("200", "200"),
    "account_reset_password_from_key": ("200", "200"),
    "account_reset_password_from_key_done": ("200", "200"),
    # The member has an app and no key, and the app is asked for.
    "mfa_authenticate": ("login", "302"),
    "account_reauthenticate": ("login", "302"),
    "mfa_reauthenticate": ("login", "200"),
    "mfa_reauthenticate_webauthn": ("login", "302"),
}


def words(row):
    return row.replace("|", "").split()


@dataclass(frozen=True)
class Page:
    get: str
    post: str
    foreign_get: str = ""
    foreign_post: str = ""
    missing_post: str = ""

    def rows(self):
        return [words(row) for row in (self.get, self.post, self.foreign_get, self.foreign_post) if row]

    def outcome(self, role, method, kind):
        """Missing is like foreign to those who may not see it: the same 404."""
        if kind == "missing" and method == "post" and self.missing_post:
            return self.missing_post
        if kind == "missing":
            own = self.outcome(role, method, "own")
            return own if own in {"login", "405"} else "404"
        row = getattr(self, method if kind == "own" else f"foreign_{method}")
        return words(row)[ROLES.index(role)]


EVERYBODY = "200 200 200 200 200 200 200 | 200 200 200 200"
READS_ONLY = "405 405 405 405 405 405 405 | 405 405 405 405"
# A page of those who are logged in that only reads, or an action without a page.
NO_SUCH = "login 405 405 405 405 405 405 | 405 405 405 405"
# The desk's own pages: a page, a page that only reads, an action without a page. The other desk has its own.
DESK_ONLY = "login 404 404 404 200 404 404 | 404 404 404 404"
DESK_DONE = "login 404 404 404 302 404 404 | 404 404 404 404"
OTHER_DESK_ONLY = "login 404 404 404 404 404 404 | 200 404 404 404"
OTHER_DESK_DONE = "login 404 404 404 404 404 404 | 302 404 404 404"
DESK = Page(get=DESK_ONLY, post=DESK_ONLY, foreign_get=OTHER_DESK_ONLY, foreign_post=OTHER_DESK_ONLY)
DESK_READS = Page(get=DESK_ONLY, post=NO_SUCH, foreign_get=OTHER_DESK_ONLY, foreign_post=NO_SUCH)
DESK_DEED = Page(get=NO_SUCH, post=DESK_DONE, foreign_get=NO_SUCH, foreign_post=OTHER_DESK_DONE)
DESK_FILE = Page(get=NO_SUCH, post=DESK_ONLY, foreign_get=NO_SUCH, foreign_post=OTHER_DESK_ONLY)
DESK_SENDS = Page(get=DESK_ONLY, post=DESK_DONE, foreign_get=OTHER_DESK_ONLY, foreign_post=OTHER_DESK_DONE)
# A closed group's report is read by its own people and the administrator.
PUBLISHED = Page(
    get=EVERYBODY,
    post=READS_ONLY,
    foreign_get="404 200 404 404 404 404 200 | 200 404 404 200",
    foreign_post=READS_ONLY,
)
# A section's own pages of its data set.
STAFF_ONLY = "login 404 404 404 404 200 404 | 404 404 404 404"
STAFF_DONE = "login 404 404 404 404 302 404 | 404 404 404 404"
OTHER_STAFF_ONLY = "login 404 404 404 404 404 404 | 404 200 404 404"
OTHER_STAFF_DONE = "login 404 404 404 404 404 404 | 404 302 404 404"
STAFF = Page(get=STAFF_ONLY, post=STAFF_ONLY, foreign_get=OTHER_STAFF_ONLY, foreign_post=OTHER_STAFF_ONLY)
INSIDE = "login 200 200 200 200 200 200 | 200 200 200 200"
FOR_ALL_INSIDE = Page(get=INSIDE, post=NO_SUCH, foreign_get=INSIDE, foreign_post=NO_SUCH)
STAFF_READS = Page(get=STAFF_ONLY, post=NO_SUCH, foreign_get=OTHER_STAFF_ONLY, foreign_post=NO_SUCH)
STAFF_DEED = Page(get=NO_SUCH, post=STAFF_DONE, foreign_get=NO_SUCH, foreign_post=OTHER_STAFF_DONE)
# The data steward reviews every section's, who is named at a desk what that group's assignments asked for; the
# version in work is not handed in, so that they decide nothing yet.
REVIEWERS_ONLY = "login 404 404 404 200 404 404 | 200 404 200 404"
OWN_REVIEWERS = "login 404 404 404 200 404 404 | 404 404 200 404"
OTHER_REVIEWERS = "login 404 404 404 404 404 404 | 200 404 200 404"
NOT_YET = "login 404 404 404 302 404 404 | 404 404 302 404"
NOT_YET_ELSEWHERE = "login 404 404 404 404 404 404 | 302 404 302 404"
REVIEWERS = Page(get=NOT_YET, post=NOT_YET, foreign_get=NOT_YET_ELSEWHERE, foreign_post=NOT_YET_ELSEWHERE)
OPEN_DATA = Page(get=EVERYBODY, post=READS_ONLY, foreign_get=EVERYBODY, foreign_post=READS_ONLY)

# Inside the group: a page, and one that its desk does not have because it answers for oneself.
INSIDE_READS = Page(
    get="login 404 200 200 200 404 404 | 404 404 404 200",
    post=NO_SUCH,
    foreign_get="login 200 404 404 404 404 404 | 200 404 404 404",
    foreign_post=NO_SUCH,
)
OWN_SHEET = Page(
    get="login 404 200 200 404 404 404 | 404 404 404 200",
    post="login 404 200 200 404 404 404 | 404 404 404 200",
    foreign_get="login 200 404 404 404 404 404 | 404 404 404 404",
    foreign_post="login 200 404 404 404 404 404 | 404 404 404 404",
)
PRESENTERS_ONLY = "login 404 200 404 404 404 404 | 404 404 404 404"
OTHER_PRESENTERS_ONLY = "login 200 404 404 404 404 404 | 404 404 404 404"
PRESENTERS = Page(
    get=PRESENTERS_ONLY,
    post=PRESENTERS_ONLY,
    foreign_get=OTHER_PRESENTERS_ONLY,
    foreign_post=OTHER_PRESENTERS_ONLY,
)
OWN_SHEET_DEED = Page(
    get=NO_SUCH,
    post=OWN_SHEET.post.replace("200", "302"),
    foreign_get=NO_SUCH,
    foreign_post=OWN_SHEET.foreign_post.replace("200", "302"),
)
# The desk sees the meeting and is told (403) that only those who are asked can answer.
OWN_ANSWER = Page(
    get="login 404 200 200 403 404 404 | 404 404 404 200",
    post="login 404 200 200 403 404 404 | 404 404 404 200",
    foreign_get="login 200 404 404 404 404 404 | 403 404 404 404",
    foreign_post="login 200 404 404 404 404 404 | 403 404 404 404",
)
OWN_ANSWER_DEED = Page(
    get=NO_SUCH,
    post=OWN_ANSWER.post.replace("200", "302"),
    foreign_get=NO_SUCH,
    foreign_post=OWN_ANSWER.foreign_post.replace("200", "302"),
)
OWN_ANSWER_READS = Page(get=OWN_ANSWER.get, post=NO_SUCH, foreign_get=OWN_ANSWER.foreign_get, foreign_post=NO_SUCH)
# The register of the town hall.
ADMIN_ONLY = "login 404 404 404 404 404 200 | 404 404 404 200"
ADMIN_DONE = "login 404 404 404 404 404 302 | 404 404 404 302"
ADMIN = Page(get=ADMIN_ONLY, post=ADMIN_ONLY, foreign_get=ADMIN_ONLY, foreign_post=ADMIN_ONLY)
ADMIN_READS = Page(get=ADMIN_ONLY, post=NO_SUCH, foreign_get=ADMIN_ONLY, foreign_post=NO_SUCH)
NOBODY = "login 404 404 404 404 404 404 | 404 404 404 404"
NOT_DUE = Page(get=NOBODY, post=NO_SUCH, foreign_get=NOBODY, foreign_post=NO_SUCH)
ADMIN_DEED = Page(get=NO_SUCH, post=ADMIN_DONE, foreign_get=NO_SUCH, foreign_post=ADMIN_DONE)
# One's own, of whoever is logged in; and the member's and the stranger's own factor and session.
LOGGED_IN = "login 200 200 200 200 200 200 | 200 200 200 200"
LOGGED_IN_DONE = "login 302 302 302 302 302 302 | 302 302 302 302"
MEMBERS_OWN = "login 404 {0} 404 404 404 404 | 404 404 404 404"
STRANGERS_OWN = "login {0} 404 404 404 404 404 | 404 404 404 404"


def by_token(get, post):
    """Whoever holds the token acts as its person, whoever is logged in beside."""
    gets, posts = (" ".join([word] * len(ROLES)) for word in (get, post))
    return Page(get=gets, post=posts, foreign_get=gets, foreign_post=posts)


PAGES: dict[str, Page] = {
    "home": Page(get=EVERYBODY, post=READS_ONLY),
    "about": Page(get=EVERYBODY, post=READS_ONLY),
    "howto": Page(get=EVERYBODY, post=READS_ONLY),
    "howto_sheet": OPEN_DATA,
    "statement": OPEN_DATA,
    "statements:results": Page(get=EVERYBODY, post=READS_ONLY),
    "sitemap": Page(get=EVERYBODY, post=READS_ONLY),
    "robots": Page(get=EVERYBODY, post=READS_ONLY),
    # The planted town has entered no contact.
    "security": Page(get=EVERYBODY.replace("200", "404"), post=READS_ONLY),
    "healthz": Page(get=EVERYBODY, post=READS_ONLY),
    "readyz": Page(get=EVERYBODY, post=READS_ONLY),
    # With nothing kept it leads home.
    "kept": Page(get="login 302 302 302 302 302 302 | 302 302 302 302", post=NO_SUCH),
    # From one meeting to the next
    "desk": DESK_READS,
    "meetings:create_meeting": DESK,
    "desk_meeting": DESK_READS,
    "desk_handover": DESK_READS,
    "meetings:edit_meeting": DESK,
    "meetings:set_openness": DESK,
    "meetings:cancel": DESK,
    # Its day has not come yet.
    "meetings:abandon": replace(DESK, get=DESK_DONE, foreign_get=OTHER_DESK_DONE),
    "meetings:resume": DESK_DEED,
    "meetings:agenda": DESK,
    "meetings:edit_item": DESK,
    "meetings:move_item": DESK_DEED,
    "meetings:remove_item": DESK_DEED,
    "meetings:materials": DESK,
    "meetings:tell_of_materials": DESK_DEED,
    "meetings:edit_material": DESK,
    "meetings:replace_material": DESK,
    "meetings:note_consent": DESK,
    "meetings:move_material": DESK_DEED,
    "meetings:withdraw_material": DESK_DEED,
    "meetings:restore_material": DESK_DEED,
    "meetings:desk_material": DESK_READS,
    "meetings:set_survey": DESK,
    "meetings:take_over_problem": DESK_DEED,
    "meetings:move_section": DESK_DEED,
    "meetings:preview": DESK,
    # The desk's own questions
    "meetings:fields": DESK,
    "meetings:edit_field": DESK,
    "meetings:correct_field": DESK,
    "meetings:retire_field": DESK_SENDS,
    "meetings:remove_field": DESK_DEED,
    "meetings:move_field": DESK_DEED,
    "meetings:edit_notice": DESK,
    "meetings:notice_text": DESK_READS,
    "meetings:notice_file": DESK_READS,
    "meetings:notice_copies": DESK_READS,
    "meetings:send_test": DESK_DEED,
    # The planned meeting is not called yet: its page of letters shows nobody written to.
    "meetings:letters": DESK_READS,
    "meetings:paper_letters": DESK_READS,
    "meetings:phone_list": DESK_READS,
    "meetings:tell_all": DESK_DEED,
    # It was not held yet.
    "meetings:tell_the_absent": replace(DESK_SENDS, get=DESK_DONE, foreign_get=OTHER_DESK_DONE),
    "meetings:withdraw_letters": DESK_DEED,
    "meetings:hand_out": DESK_DEED,
    # Once it is announced there is the page of its letters.
    "meetings:announce": replace(DESK, get=DESK_DONE, foreign_get=OTHER_DESK_DONE),
    # The answers
    # Asked already, and the meeting has a day.
    "meetings:dates": DESK_READS,
    "meetings:set_dates": DESK,
    "meetings:send_dates": replace(DESK, get=DESK_DONE, foreign_get=OTHER_DESK_DONE),
    "meetings:remind_dates": DESK_SENDS,
    "meetings:reopen_dates": DESK_DEED,
    "meetings:enter_dates": DESK,
    "meetings:choose_date": DESK,
    "meetings:tally": DESK_READS,
    "meetings:tally_csv": DESK_READS,
    "meetings:tally_xlsx": DESK_READS,
    "meetings:pay_basis": DESK_READS,
    "meetings:pay_basis_xlsx": DESK_READS,
    "meetings:edit_pay_rules": DESK,
    "meetings:tally_answers": DESK_READS,
    "meetings:remind": DESK_SENDS,
    "meetings:import_replies": DESK,
    "meetings:enter_reply": DESK,
    # Nothing was left with it.
    "meetings:take_over_late_reply": Page(get=NO_SUCH, post=NOBODY, foreign_get=NO_SUCH, foreign_post=NOBODY),
    "meetings:dismiss_late_reply": Page(get=NO_SUCH, post=NOBODY, foreign_get=NO_SUCH, foreign_post=NOBODY),
    # Nothing was answered: it leads back to where an answer is written down.
    "meetings:withdraw_for": replace(DESK_SENDS, get=DESK_DONE, foreign_get=OTHER_DESK_DONE),
    "meetings:extend": DESK,
    "meetings:resend": DESK_DEED,
    # The day at the desk
    "meetings:day_paper": DESK_READS,
    "meetings:day_clock": DESK_READS,
    "meetings:begin_item": DESK_DEED,
    "meetings:take_back_beginning": DESK_DEED,
    "meetings:roll": DESK,
    "meetings:mark_as_answered": DESK_DEED,
    "meetings:mark": DESK_DEED,
    "meetings:unmark": DESK_DEED,
    "meetings:mark_the_rest": DESK_DEED,
    "meetings:take_back_press": DESK_DEED,
    "meetings:note_day": DESK,
    "meetings:add_walk_in": DESK,
    "meetings:edit_walk_in": DESK,
    "meetings:remove_walk_in": DESK_SENDS,
    "meetings:begin_on_the_day": DESK_DEED,
    "meetings:edit_mark": DESK,
    # People come together: nothing is said in writing.
    "meetings:conclude": Page(get=NOBODY, post=NOBODY, foreign_get=NOBODY, foreign_post=NOBODY),
    "meetings:take_over_opinions": Page(get=NO_SUCH, post=NOBODY, foreign_get=NO_SUCH, foreign_post=NOBODY),
    "meetings:record": DESK,
    "meetings:record_election": DESK,
    "meetings:set_assignment": DESK,
    "meetings:correct_election": DESK,
    "meetings:remove_election": DESK_SENDS,
    "meetings:correct_assignment": DESK,
    "meetings:remove_assignment": DESK_SENDS,
    "meetings:edit_entry": DESK,
    "meetings:move_entry": DESK_DEED,
    "meetings:remove_entry": DESK_DEED,
    "meetings:restore_entry": DESK_DEED,
    "meetings:take_back_entries": DESK_DEED,
    "meetings:import_transcript": DESK,
    "meetings:record_opinions": DESK,
    "meetings:questions": DESK,
    "meetings:change_question": DESK,
    "meetings:add_answer": DESK,
    "meetings:remove_question": DESK_DEED,
    "meetings:merge_question": DESK,
    "meetings:decline_question": DESK,
    "meetings:route_question": DESK,
    "meetings:restore_question": DESK_DEED,
    "meetings:make_theme": DESK_DEED,
    "meetings:unmake_theme": DESK_DEED,
    "meetings:reword_answer": DESK,
    "meetings:remove_answer": DESK_DEED,
    # What is to be taken up
    "meetings:add_open_questions": DESK_DEED,
    "meetings:themes": DESK,
    "meetings:reword_theme": DESK,
    "meetings:merge_theme": DESK,
    "meetings:split_theme": DESK_DEED,
    "meetings:take_over_proposal": DESK_DEED,
    "meetings:choose_theme": DESK_DEED,
    "meetings:unchoose_theme": DESK_DEED,
    "meetings:remove_theme": DESK_DEED,
    # The report, from draft to publication
    "reports:edit_style": DESK,
    "reports:edit_due_rules": DESK,
    "reports:note_told": DESK,
    "reports:draft": DESK,
    "reports:draft_file": DESK_READS,
    "reports:package": DESK_READS,
    "reports:proof": DESK_READS,
    "reports:override_sentence": DESK,
    "reports:restore_sentence": DESK_DEED,
    "reports:file_report": DESK,
    # What is planted was composed here, and has no file of before.
    "reports:correct_filed": Page(get=NOBODY, post=NOBODY, foreign_get=NOBODY, foreign_post=NOBODY),
    "reports:filed_file": Page(
        get=EVERYBODY.replace("200", "404"),
        post=READS_ONLY,
        foreign_get=EVERYBODY.replace("200", "404"),
        foreign_post=READS_ONLY,
    ),
    "reports:words": DESK_READS,
    # Asked already.
    "reports:ask_for_words": replace(DESK, get=DESK_DONE, foreign_get=OTHER_DESK_DONE),
    "reports:move_words": DESK,
    "reports:remind_of_words": DESK_DEED,
    "reports:call_off_words": DESK_DEED,
    "reports:decide_on_words": DESK,
    # The member was asked, and the stranger of the other group.
    "reports:own_words": Page(
        get="login 404 200 404 404 404 404 | 404 404 404 404",
        post="login 404 200 404 404 404 404 | 404 404 404 404",
        foreign_get="login 200 404 404 404 404 404 | 404 404 404 404",
        foreign_post="login 200 404 404 404 404 404 | 404 404 404 404",
    ),
    "reports:take_back_words": Page(
        get=NO_SUCH,
        post="login 404 302 404 404 404 404 | 404 404 404 404",
        foreign_get=NO_SUCH,
        foreign_post="login 302 404 404 404 404 404 | 404 404 404 404",
    ),
    "reports:personal_own_words": by_token(get="200", post="200"),
    "reports:personal_take_back_words": by_token(get="405", post="302"),
    "reports:send_for_review": DESK_DEED,
    "reports:take_back": DESK_DEED,
    "meetings:renew_snapshot": DESK_DEED,
    "reports:reopen": DESK_DEED,
    "reports:approve": DESK,
    "reports:send_back": DESK,
    "reports:publish": DESK,
    "reports:withhold": DESK,
    "reports:archive": Page(get=EVERYBODY, post=READS_ONLY),
    "reports:feed": Page(get=EVERYBODY, post=READS_ONLY),
    # What reads a feed has no login: a closed group has none.
    "reports:group_feed": replace(PUBLISHED, foreign_get=EVERYBODY.replace("200", "404")),
    "reports:report": PUBLISHED,
    "reports:report_text": PUBLISHED,
    "reports:report_file": PUBLISHED,
    "reports:report_material": PUBLISHED,
    # For whoever builds pages; not in production
    "components": Page(get=EVERYBODY, post="302 302 302 302 302 302 302 | 302 302 302 302"),
    # By personal link
    "enter_code": Page(get=EVERYBODY, post=EVERYBODY),
    # A form was perhaps open when the link was revoked: its text is shown (404).
    "personal": replace(by_token(get="200", post="405"), missing_post="404"),
    "meetings:personal_meeting": by_token(get="200", post="200"),
    "meetings:personal_draft": by_token(get="405", post="204"),
    "meetings:personal_discard_draft": by_token(get="405", post="302"),
    "meetings:personal_withdraw_reply": by_token(get="302", post="302"),
    "meetings:personal_leave_with_desk": by_token(get="405", post="302"),
    "meetings:personal_introduction": by_token(get="200", post="405"),
    "meetings:personal_receipt": by_token(get="302", post="405"),
    "meetings:personal_answer_questions": by_token(get="200", post="302"),
    "meetings:personal_answer_dates": by_token(get="200", post="200"),
    "meetings:personal_material": by_token(get="200", post="405"),
    "meetings:personal_offer_material": by_token(get="200", post="200"),
    "meetings:personal_replace_own_material": by_token(get="200", post="200"),
    "meetings:personal_consent_to_material": by_token(get="405", post="302"),
    # The planted question is nobody's own.
    "meetings:personal_withdraw_question": by_token(get="405", post="404"),
    "meetings:personal_for_superior": by_token(get="200", post="405"),
    "meetings:personal_calendar": by_token(get="200", post="405"),
    "meetings:personal_calendar_address": by_token(get="200", post="302"),
    "meetings:personal_renew_calendar_address": by_token(get="405", post="302"),
    "meetings:personal_feed": by_token(get="200", post="405"),
    "members:personal_sheet": by_token(get="200", post="200"),
    "members:personal_save_sheet_draft": by_token(get="405", post="400"),
    "members:personal_own_photo": by_token(get="200", post="405"),
    "members:personal_edit_photo": by_token(get="200", post="200"),
    "members:personal_remove_photo": by_token(get="405", post="302"),
    "members:personal_withdraw_consent": by_token(get="405", post="302"),
    # How one logs in, and where one is logged in
    "members:factors": Page(get=LOGGED_IN, post=NO_SUCH),
    "members:add_app": Page(get=LOGGED_IN, post=LOGGED_IN),
    "members:add_key": Page(get=LOGGED_IN, post=LOGGED_IN),
    "members:remove_factor": Page(
        get=MEMBERS_OWN.format(200),
        post=MEMBERS_OWN.format(302),
        foreign_get=STRANGERS_OWN.format(200),
        foreign_post=STRANGERS_OWN.format(302),
    ),
    # Without a factor there is no list.
    "members:spare_codes": Page(get="login 200 200 302 302 302 302 | 302 302 302 302", post=LOGGED_IN_DONE),
    # Those with a factor are asked for that.
    "members:reauthenticate_by_code": Page(
        get="login 302 302 200 200 200 200 | 200 200 200 200",
        post="login 302 302 200 200 200 200 | 200 200 200 200",
    ),
    # The town has no login of its own here.
    "members:sign_on": Page(get=READS_ONLY, post=" ".join(["404"] * len(ROLES))),
    "members:sign_on_callback": Page(get=" ".join(["404"] * len(ROLES)), post=READS_ONLY),
    "members:sessions": Page(get=LOGGED_IN, post=NO_SUCH),
    "members:end_session": Page(
        get=NO_SUCH,
        post=MEMBERS_OWN.format(302),
        foreign_get=NO_SUCH,
        foreign_post=STRANGERS_OWN.format(302),
    ),
    "members:end_other_sessions": Page(get=NO_SUCH, post=LOGGED_IN_DONE),
    # Groups, for everybody and for their people
    "groups": Page(get=EVERYBODY, post=READS_ONLY),
    "group": PUBLISHED,
    "meetings:meeting": INSIDE_READS,
    "meetings:material": INSIDE_READS,
    # Of the one who presents something.
    "meetings:offer_material": PRESENTERS,
    "meetings:replace_own_material": PRESENTERS,
    "meetings:consent_to_material": Page(
        get=NO_SUCH,
        post=PRESENTERS_ONLY.replace("200", "302"),
        foreign_get=NO_SUCH,
        foreign_post=OTHER_PRESENTERS_ONLY.replace("200", "302"),
    ),
    "meetings:reply": OWN_ANSWER,
    "meetings:save_draft": Page(
        get=NO_SUCH,
        post="login 404 204 204 403 404 404 | 404 404 404 204",
        foreign_get=NO_SUCH,
        foreign_post="login 204 404 404 404 404 404 | 403 404 404 404",
    ),
    # Without a question there is nothing to answer, and the page is shown again.
    "meetings:answer_questions": Page(
        get=OWN_ANSWER.get,
        # The planted expert was asked something, and a page that sends nothing has lost its hidden fields.
        post="login 404 302 200 403 404 404 | 404 404 404 302",
        foreign_get=OWN_ANSWER.foreign_get,
        foreign_post=OWN_ANSWER.foreign_post.replace("200", "302"),
    ),
    "meetings:answer_dates": OWN_SHEET,
    "meetings:withdraw_question": replace(
        OWN_ANSWER_DEED,
        post=OWN_ANSWER_DEED.post.replace("302", "404"),
        foreign_post=OWN_ANSWER_DEED.foreign_post.replace("302", "404"),
    ),
    "meetings:discard_draft": OWN_ANSWER_DEED,
    "meetings:leave_with_desk": OWN_ANSWER_DEED,
    # Before there is an answer the receipt leads to the form, and so does taking it back.
    "meetings:receipt": Page(
        get="login 404 302 302 403 404 404 | 404 404 404 302",
        post=NO_SUCH,
        foreign_get="login 302 404 404 404 404 404 | 403 404 404 404",
        foreign_post=NO_SUCH,
    ),
    "meetings:withdraw_reply": replace(
        OWN_ANSWER_DEED,
        get="login 404 302 302 403 404 404 | 404 404 404 302",
        foreign_get="login 302 404 404 404 404 404 | 403 404 404 404",
    ),
    "meetings:calendar": OWN_ANSWER_READS,
    "meetings:for_superior": OWN_ANSWER_READS,
    # Of whoever takes part; the desk that does not has none.
    "meetings:calendar_address": replace(
        OWN_SHEET, post=OWN_SHEET_DEED.post, foreign_post=OWN_SHEET_DEED.foreign_post
    ),
    "meetings:renew_calendar_address": OWN_SHEET_DEED,
    # A closed group has no calendar for citizens, and its people have their own.
    "meetings:group_calendar": Page(
        get=EVERYBODY, post=READS_ONLY, foreign_get=EVERYBODY.replace("200", "404"), foreign_post=READS_ONLY
    ),
    "meetings:public_notice": Page(
        get=EVERYBODY, post=READS_ONLY, foreign_get=EVERYBODY.replace("200", "404"), foreign_post=READS_ONLY
    ),
    "members:roster": Page(
        get="login 404 200 200 200 404 200 | 404 404 404 200",
        post=NO_SUCH,
        foreign_get="login 200 404 404 404 404 200 | 200 404 404 200",
        foreign_post=NO_SUCH,
    ),
    "members:roster_csv": Page(
        get="login 404 200 200 200 404 200 | 404 404 404 200",
        post=NO_SUCH,
        foreign_get="login 200 404 404 404 404 200 | 200 404 404 200",
        foreign_post=NO_SUCH,
    ),
    "members:sheets": INSIDE_READS,
    "members:sheet": INSIDE_READS,
    "members:sheet_photo": INSIDE_READS,
    "members:edit_sheet": OWN_SHEET,
    # Of the member, who has one; the others have none.
    "members:own_photo": Page(
        get="login 404 200 404 404 404 404 | 404 404 404 404",
        post=NO_SUCH,
        foreign_get="login 200 404 404 404 404 404 | 404 404 404 404",
        foreign_post=NO_SUCH,
    ),
    "members:edit_photo": OWN_SHEET,
    "members:remove_photo": OWN_SHEET_DEED,
    "members:withdraw_consent": OWN_SHEET_DEED,
    "members:save_sheet_draft": Page(
        get=NO_SUCH,
        post="login 404 400 400 404 404 404 | 404 404 404 400",
        foreign_get=NO_SUCH,
        foreign_post="login 400 404 404 404 404 404 | 404 404 404 404",
    ),
    # The desk and its people
    "members:desk_members": DESK_READS,
    "members:desk_others": DESK_READS,
    "members:set_naming": DESK,
    "members:desk_order": DESK_READS,
    "members:desk_expiring": DESK_READS,
    # The term of the planted member has no end.
    "members:reappoint": Page(get=NOBODY, post=NOBODY, foreign_get=NOBODY, foreign_post=NOBODY),
    "members:choose_successor": DESK_READS,
    "members:name_successor": DESK,
    "members:choose_people": DESK_READS,
    # Without anybody ticked it leads back.
    "members:add_members": Page(
        get=DESK_DONE, post=DESK_DONE, foreign_get=OTHER_DESK_DONE, foreign_post=OTHER_DESK_DONE
    ),
    "members:desk_read_roster": DESK,
    # What is sent leads back to the page; an import that is not registered has nothing to take back.
    "members:desk_roster_import": DESK_SENDS,
    "members:desk_undo_roster": DESK_DEED,
    "members:desk_slips": DESK_SENDS,
    "members:desk_member": DESK_READS,
    "members:change_post": DESK,
    "members:correct_term": DESK,
    "members:end_membership": DESK,
    "members:move_member": DESK_DEED,
    "members:give_office": DESK,
    "members:end_office": DESK,
    "members:reissue_links": DESK_DEED,
    "members:reissue_link": DESK_DEED,
    "members:desk_sheets": DESK_READS,
    "members:show_sheets": DESK_DEED,
    "members:ask_for_sheets": DESK_DEED,
    "members:set_sheet_rules": DESK,
    "members:reopen_sheet": DESK_DEED,
    "members:desk_booklet": DESK_READS,
    "members:sheets_xlsx": DESK_READS,
    "members:desk_speakers": DESK_READS,
    "members:move_speaker": DESK_DEED,
    "members:reset_speakers": DESK_DEED,
    # The administrator
    "members:manage": ADMIN_READS,
    "restoration": Page(get=ADMIN_ONLY, post=ADMIN_ONLY),
    "members:manage_departments": ADMIN_READS,
    "members:add_department": ADMIN,
    "members:edit_department": ADMIN,
    "members:end_department": ADMIN,
    # The planted section is open.
    "members:reopen_department": Page(get=NOBODY, post=NOBODY, foreign_get=NOBODY, foreign_post=NOBODY),
    "members:manage_people": ADMIN_READS,
    "members:add_person": ADMIN,
    "members:manage_read_roster": ADMIN,
    "members:manage_roster_import": replace(ADMIN, post=ADMIN_DONE, foreign_post=ADMIN_DONE),
    "members:manage_undo_roster": ADMIN_DEED,
    "members:edit_person": ADMIN,
    "members:reset_factor": ADMIN,
    "members:end_sessions": ADMIN_DEED,
    "members:add_posting": ADMIN,
    "members:end_posting": ADMIN,
    "members:correct_posting": ADMIN,
    "members:remove_posting": ADMIN_DEED,
    "members:choose_duplicate": ADMIN_READS,
    "members:merge_person": ADMIN,
    "members:undo_merge": ADMIN_DEED,
    "members:manage_groups": ADMIN_READS,
    "members:add_group": ADMIN,
    "members:manage_group": ADMIN_READS,
    "members:edit_group": ADMIN,
    "members:add_next_group": ADMIN,
    "members:choose_desk": ADMIN_READS,
    "members:grant_desk": ADMIN,
    "members:name_reviewer": ADMIN_DEED,
    "members:end_grant": ADMIN,
    "members:edit_job_titles": ADMIN,
    "members:edit_municipality": ADMIN,
    "members:closed_days": ADMIN_READS,
    "members:add_closed_days": ADMIN,
    "members:remove_closed_day": ADMIN_DEED,
    "members:audit": ADMIN_READS,
    "members:outbox": ADMIN_READS,
    "members:resend_email": ADMIN_DEED,
    "members:cancel_email": ADMIN_DEED,
    "retention:overview": ADMIN_READS,
    "retention:register": ADMIN_READS,
    "retention:set_period": ADMIN,
    "retention:place_hold": ADMIN,
    "retention:lift_hold": ADMIN_DEED,
    "retention:decide_of_town": ADMIN,
    # Of nothing whose time is not over.
    "retention:listing_of_town": NOT_DUE,
    "retention:decide_of_group": ADMIN,
    "retention:listing_of_group": NOT_DUE,
    "retention:cancel": ADMIN_DEED,
    "statements:overview": ADMIN_READS,
    "statements:edit_text": ADMIN,
    "statements:publish_text": ADMIN,
    "statements:withdraw": ADMIN,
    "statements:add_test": ADMIN,
    "statements:test": ADMIN_READS,
    "statements:edit_test": ADMIN,
    "statements:take_in_automatic": ADMIN_DEED,
    "statements:judge": ADMIN,
    "statements:publish_results": ADMIN,
    "retention:archives": DESK_READS,
    # The answer is a file.
    "retention:archive_year": DESK_FILE,
    "retention:archive_meeting": DESK_FILE,
    # A section's data sets; without a section there is nothing to upload for
    "opendata:mine": Page(get="login 200 200 200 200 200 200 | 200 200 200 200", post=NO_SUCH),
    "opendata:upload": Page(
        get="login 403 403 403 200 200 403 | 200 200 403 403",
        post="login 403 403 403 200 200 403 | 200 200 403 403",
    ),
    "opendata:kind": FOR_ALL_INSIDE,
    # The answer is a file.
    "opendata:template_file": FOR_ALL_INSIDE,
    "opendata:work": STAFF_READS,
    "opendata:read_again": STAFF_DEED,
    "opendata:way": STAFF,
    # The version in work is the second: it is what the first was.
    "opendata:confirm_kind": Page(
        get=STAFF_DONE, post=STAFF_DONE, foreign_get=OTHER_STAFF_DONE, foreign_post=OTHER_STAFF_DONE
    ),
    "opendata:replace": STAFF,
    "opendata:findings": STAFF_READS,
    "opendata:accept_repairs": STAFF_DEED,
    "opendata:undo_repairs": STAFF_DEED,
    "opendata:edit_cell": STAFF_DEED,
    "opendata:bring_back": STAFF,
    "opendata:marked_workbook": STAFF_READS,
    "opendata:drop_row": STAFF_DEED,
    "opendata:restore_row": STAFF_DEED,
    # Nothing to bring to another edition: back to the findings.
    "opendata:upgrade": Page(
        get=STAFF_DONE, post=STAFF_DONE, foreign_get=OTHER_STAFF_DONE, foreign_post=OTHER_STAFF_DONE
    ),
    "opendata:table": STAFF_READS,
    "opendata:table_places": STAFF_READS,
    # Nothing is kept: a word, and back.
    "opendata:take_up": STAFF_DEED,
    # The newest version is in work: back to where it stands.
    "opendata:slip": Page(get=STAFF_DONE, post=NO_SUCH, foreign_get=OTHER_STAFF_DONE, foreign_post=NO_SUCH),
    "opendata:publication": STAFF,
    "opendata:define": STAFF,
    "opendata:discard": Page(
        get=STAFF_ONLY, post=STAFF_DONE, foreign_get=OTHER_STAFF_ONLY, foreign_post=OTHER_STAFF_DONE
    ),
    "opendata:submit": Page(
        get=STAFF_ONLY, post=STAFF_DONE, foreign_get=OTHER_STAFF_ONLY, foreign_post=OTHER_STAFF_DONE
    ),
    "opendata:withdraw": Page(
        get="login 404 404 404 200 200 404 | 404 404 200 404",
        post="login 404 404 404 200 200 404 | 404 404 200 404",
        foreign_get="login 404 404 404 404 404 404 | 200 200 200 404",
        foreign_post="login 404 404 404 404 404 404 | 200 200 200 404",
    ),
    # Review
    "opendata:review": Page(get=REVIEWERS_ONLY, post=NO_SUCH),
    "opendata:review_version": Page(
        get=OWN_REVIEWERS, post=NO_SUCH, foreign_get=OTHER_REVIEWERS, foreign_post=NO_SUCH
    ),
    "opendata:review_places": Page(
        get=OWN_REVIEWERS, post=NO_SUCH, foreign_get=OTHER_REVIEWERS, foreign_post=NO_SUCH
    ),
    "opendata:publish": REVIEWERS,
    "opendata:return_version": REVIEWERS,
    "opendata:comment_cell": REVIEWERS,
    "opendata:keep_unpublished": REVIEWERS,
    # Nothing is kept: a word, and back.
    "opendata:review_again": Page(
        get=NO_SUCH, post=REVIEWERS.post, foreign_get=NO_SUCH, foreign_post=REVIEWERS.foreign_post
    ),
    # The version in work is not handed in: a word, and back.
    "opendata:drop_comment": Page(
        get=NO_SUCH, post=REVIEWERS.post, foreign_get=NO_SUCH, foreign_post=REVIEWERS.foreign_post
    ),
    # Open data
    "opendata:progress": DESK_READS,
    "opendata:exempt": DESK,
    "opendata:include": DESK_DEED,
    "opendata:catalogue": OPEN_DATA,
    "opendata:dataset": OPEN_DATA,
    "opendata:dataset_csv": OPEN_DATA,
    "opendata:dataset_json": OPEN_DATA,
    "opendata:dataset_places": OPEN_DATA,
    "opendata:version": OPEN_DATA,
    "opendata:version_csv": OPEN_DATA,
}
