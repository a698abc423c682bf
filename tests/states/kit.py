"""How a state is written down, and what the table says in it."""

from dataclasses import dataclass

from tests.access import PAGES, REFUSED_EVERYWHERE, ROLES

STATES = {}
# The pages that a state can change stand on its own floor and above: every import runs down, and a page
# without a namespace is the roof's.
FLOORS = {
    "members": {"members", "meetings", "opendata", "reports", ""},
    "meetings": {"meetings", "opendata", "reports", ""},
    "opendata": {"opendata", ""},
    "reports": {"reports", ""},
    "statements": {"statements", ""},
}


@dataclass(frozen=True)
class State:
    change: object
    pages: list
    # (role, method, page): (was, is)
    differences: dict
    like: dict
    secrets: dict

    def plain(self, role, method, name):
        return PAGES[name].outcome(self.like.get(role, role), method, "own")

    def outcome(self, role, method, name):
        """The word of the table in this state: HEAD is answered like GET, what no page has is refused."""
        if method in REFUSED_EVERYWHERE:
            return "405"
        method = "get" if method == "head" else method
        _was, now = self.differences.get((role, method, name), (None, self.plain(role, method, name)))
        return now

    def readers(self, secrets):
        return secrets | {name: (secrets[name][0], readers) for name, readers in self.secrets.items()}


def state(*lines):
    """Register the function under its name, with the differences that it makes."""

    def registered(change):
        differences, like, secrets = {}, {}, {}
        for line in lines:
            who, *rest = line.split()
            if who == "secret":
                name, _, readers = line.removeprefix("secret ").partition(" read by ")
                secrets[name] = frozenset(readers.replace("nobody", "").split())
            elif rest[0] == "like":
                like[who] = rest[1]
            else:
                method, was, _, now, *pages = rest
                for role in ROLES if who == "everybody" else who.split(","):
                    differences |= {(role, method, name): (was, now) for name in pages}
        floors = FLOORS[change.__module__.rpartition(".")[2]]
        pages = [name for name in PAGES if name.rpartition(":")[0] in floors]
        STATES[change.__name__] = State(change, pages, differences, like, secrets)
        return change

    return registered
