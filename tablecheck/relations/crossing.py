"""Whether a ring runs across itself: then nobody can say what lies inside of it."""

from collections.abc import Sequence
from typing import TypeAlias

Place: TypeAlias = tuple[float, float]
# So many pairs of edges are held against each other; an outline of a hundred thousand points needs fewer.
MOST = 2_000_000


def crossing_of(ring: Sequence[Place]) -> Place | None:
    """About where it first does; None too where it has so many long edges that nobody waits for the answer.

    Edges are taken from west to east, and each is held against those that begin before it ends.
    """
    edges = sorted((min(a, b), max(a, b)) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True) if a != b)
    looked = 0
    for at, (a, b) in enumerate(edges):
        south, north = min(a[1], b[1]), max(a[1], b[1])
        for index in range(at + 1, len(edges)):
            c, d = edges[index]
            if c[0] > b[0]:
                break
            looked += 1
            if max(c[1], d[1]) >= south and min(c[1], d[1]) <= north and _cross(a, b, c, d):
                return c
        if looked > MOST:
            return None
    return None


def _cross(a: Place, b: Place, c: Place, d: Place) -> bool:
    """In the middle of both; edges that touch at an end do not."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Place, b: Place, c: Place) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
