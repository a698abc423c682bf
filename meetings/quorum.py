"""Whether enough came, by the rule of the group's charter. Who is on no roster is not counted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from meetings.states import PRESENT
from members.models import WorkingGroup
from members.states import Quorum

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Standing(NamedTuple):
    rule: "StrOrPromise"
    people: int
    needed: int
    present: int

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed

    @property
    def lacking(self) -> int:
        return max(self.needed - self.present, 0)


def standing(group: WorkingGroup, people: Iterable[tuple[str | None, bool]]) -> Standing | None:
    """`people`: of each who is counted, how they took part and whether somebody stood in for them.

    None where the charter asks for nothing.
    """
    if not group.quorum:
        return None
    everybody = list(people)
    came = [is_substitute for mode, is_substitute in everybody if mode in PRESENT]
    present = len(came) if group.quorum_counts_substitutes else came.count(False)
    rule = Quorum(group.quorum)
    return Standing(rule.label, len(everybody), rule.needed(len(everybody)), present)
