"""What the world can be in, besides plain: each state a small function that changes the planted world, with
the differences that it makes to the table of access. Everything else stays as tests/access.py says.

A difference reads: who, method, was → is, on which pages: `"member get 200 → 403 meetings:reply"`. Where a
person becomes like another for every page: `"desk like other_staff"`. A secret that fewer may read, or more:
`"secret the report read by nobody"`.
"""

from tests.states import meetings, members, opendata, reports, statements
from tests.states.kit import STATES, State

__all__ = ["STATES", "State", "meetings", "members", "opendata", "reports", "statements"]
