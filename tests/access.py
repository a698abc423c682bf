"""Who meets what, page by page: the one table of access.

Columns: anonymous, stranger (a member of another, closed group), member, expert, desk, staff (of the section
that owns the data set), administrator. "login" is a redirect to the login page; 302 a deed done; 405 a page
that only reads, or a deed without a page. POSTs are sent empty: 200 is the form again with its errors.
"""

from dataclasses import dataclass

ROLES = ["anonymous", "stranger", "member", "expert", "desk", "staff", "administrator"]
OUTCOMES = {"login", "200", "302", "304", "400", "403", "404", "405", "409", "410", "429"}

# Django's and allauth's own pages have a short table of their own in tests/members/test_login.py.
THIRD_PARTY: set[str] = set()


@dataclass(frozen=True)
class Page:
    get: str
    post: str
    foreign_get: str = ""
    foreign_post: str = ""

    def rows(self):
        return [row.split() for row in (self.get, self.post, self.foreign_get, self.foreign_post) if row]

    def outcome(self, role, method, kind):
        """Missing is like foreign to those who may not see it: the same 404."""
        if kind == "missing":
            own = self.outcome(role, method, "own")
            return own if own in {"login", "405"} else "404"
        row = getattr(self, method if kind == "own" else f"foreign_{method}")
        return row.split()[ROLES.index(role)]


EVERYBODY = "200 200 200 200 200 200 200"
READS_ONLY = "405 405 405 405 405 405 405"
NOBODY = "login 404 404 404 404 404 404"
DESK_ONLY = "login 404 404 404 200 404 404"
# The desk's own pages: a page, a page that only reads, a deed without a page.
DESK = Page(get=DESK_ONLY, post=DESK_ONLY, foreign_get=NOBODY, foreign_post=NOBODY)
DESK_READS = Page(
    get=DESK_ONLY,
    post="login 405 405 405 405 405 405",
    foreign_get=NOBODY,
    foreign_post="login 405 405 405 405 405 405",
)
DESK_DEED = Page(
    get="login 405 405 405 405 405 405",
    post="login 404 404 404 302 404 404",
    foreign_get="login 405 405 405 405 405 405",
    foreign_post=NOBODY,
)
# A closed group's report is read by its own people and the administrator.
PUBLISHED = Page(
    get=EVERYBODY,
    post=READS_ONLY,
    foreign_get="404 200 404 404 404 404 200",
    foreign_post=READS_ONLY,
)

PAGES: dict[str, Page] = {
    "home": Page(get=EVERYBODY, post=READS_ONLY),
    "about": Page(get=EVERYBODY, post=READS_ONLY),
    "healthz": Page(get=EVERYBODY, post=READS_ONLY),
    "readyz": Page(get=EVERYBODY, post=READS_ONLY),
    # With nothing kept it leads home.
    "kept": Page(get="login 302 302 302 302 302 302", post="login 405 405 405 405 405 405"),
    # The day at the desk
    "meetings:roll": DESK,
    "meetings:mark_as_answered": DESK_DEED,
    "meetings:mark": DESK_DEED,
    "meetings:substitute": DESK,
    "meetings:record": DESK,
    "meetings:election": DESK,
    "meetings:assignment": DESK,
    "meetings:entry": DESK,
    "meetings:move_entry": DESK_DEED,
    "meetings:remove_entry": DESK_DEED,
    "meetings:questions": DESK,
    "meetings:question": DESK,
    "meetings:add_answer": DESK,
    "meetings:remove_question": DESK_DEED,
    "meetings:reply": DESK,
    "meetings:remove_reply": DESK_DEED,
    # The report, from draft to publication
    "meetings:draft": DESK,
    "meetings:proof": DESK_READS,
    "meetings:move_report": DESK_DEED,
    "meetings:renew_snapshot": DESK_DEED,
    "meetings:approve": DESK,
    "meetings:publish": DESK,
    "meetings:withhold": DESK,
    "meetings:report": PUBLISHED,
    "meetings:report_text": PUBLISHED,
}
