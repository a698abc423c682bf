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

PAGES: dict[str, Page] = {
    "home": Page(get=EVERYBODY, post=READS_ONLY),
    "about": Page(get=EVERYBODY, post=READS_ONLY),
    "healthz": Page(get=EVERYBODY, post=READS_ONLY),
    "readyz": Page(get=EVERYBODY, post=READS_ONLY),
    # With nothing kept it leads home.
    "kept": Page(get="login 302 302 302 302 302 302", post="login 405 405 405 405 405 405"),
}
