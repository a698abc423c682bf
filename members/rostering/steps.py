"""From a post as it is to the post as the list has it: begun, gone on with from a day, put right, or ended."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from members.rostering.known import Post
from members.rostering.lines import LineKind

EVE = dt.timedelta(days=1)
MOVING = {"department", "job_title"}


@dataclass(slots=True)
class PostStep:
    """What becomes of a post: `do` is "" where nothing does. `before` is the post as it was."""

    kind: LineKind
    do: str = ""
    first_day: dt.date | None = None
    before: Post | None = None
    values: dict[str, Any] = field(default_factory=dict)

    def as_json(self, table: str, **more: Any) -> dict[str, Any]:
        return {
            "table": table,
            "do": self.do,
            "pk": self.before.pk if self.before else None,
            "seen": self.before.version if self.before else 0,
            "first_day": self.first_day and self.first_day.isoformat(),
            "values": self.values,
            **more,
        }


def begun(first_day: dt.date, last_day: dt.date | None, said: Mapping[str, Any]) -> PostStep:
    return PostStep(LineKind.ADD, "add", first_day, None, {**said, **_ends(last_day)})


def gone_on(post: Post, day: dt.date, last_day: dt.date | None, said: Mapping[str, Any]) -> PostStep:
    """From this day on it is as the list says. What begins on that day or later is put right instead."""
    changed = {name: value for name, value in said.items() if getattr(post, name) != value}
    ends = _ends(last_day) if last_day and last_day != post.valid_to else {}
    if not changed and not ends:
        return PostStep(LineKind.SAME, before=post)
    if not changed or post.valid_from >= day:
        return PostStep(LineKind.CHANGE, "correct", post.valid_from, post, {**changed, **ends})
    kind = LineKind.MOVE if MOVING & changed.keys() else LineKind.CHANGE
    return PostStep(kind, "split", day, post, {**changed, **ends})


def ended(post: Post, last_day: dt.date) -> PostStep:
    return PostStep(LineKind.LEAVE, "end", None, post, _ends(max(last_day, post.valid_from)))


def _ends(last_day: dt.date | None) -> dict[str, str]:
    return {"valid_to": last_day.isoformat()} if last_day else {}


def step_of(
    posts: Sequence[Post],
    said: Mapping[str, Any],
    *,
    given: dt.date | None,
    last_day: dt.date | None,
    first_day: dt.date,
    moving_day: dt.date,
) -> PostStep:
    """`given` is the day that the list itself names; without one a post begins on `first_day`, and changes on the
    day of the moves.
    """
    now = _on(posts, moving_day)
    if now and given and given >= now.valid_from:
        now, moving_day = _on(posts, given) or now, given
    if now:
        return gone_on(now, moving_day, last_day, said)
    coming = [post for post in posts if post.valid_from > moving_day]
    if coming:
        return gone_on(coming[0], coming[0].valid_from, last_day, said)
    day = given or first_day
    over = [post.valid_to for post in posts if post.valid_to and post.valid_to >= day]
    return begun(max([day, *(end + EVE for end in over)]), last_day, said)


def _on(posts: Sequence[Post], day: dt.date) -> Post | None:
    return next((post for post in posts if post.is_on(day)), None)
