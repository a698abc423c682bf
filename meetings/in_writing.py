"""What a meeting in writing decided: counted from what was answered, pinned when its desk has settled it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from meetings.models import AgendaItem, Meeting, Opinion, Reply
from meetings.states import Approval
from members.filing import Paper, table
from members.states import Majority, Quorum

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Facts = dict[str, Any]
# Where it stands in the snapshot of a meeting.
NAME = "in_writing"


@dataclass(frozen=True)
class Vote:
    """What was said of one item that asks for a decision."""

    item: AgendaItem
    yes: int
    no: int
    other: int
    # None: as many for it as against it, and nobody has settled it.
    carried: bool | None
    by_chair: bool = False

    @property
    def is_tied(self) -> bool:
        return self.yes == self.no


@dataclass(frozen=True)
class Decided:
    people: int
    answered: int
    # Of the charter; where there is none, any answer is enough.
    rule: "StrOrPromise"
    needed: int
    majority: "StrOrPromise"
    votes: list[Vote]

    @property
    def is_met(self) -> bool:
        return self.answered >= max(self.needed, 1)

    @property
    def lacking(self) -> int:
        return max(max(self.needed, 1) - self.answered, 0)

    @property
    def unsettled(self) -> list[Vote]:
        return [vote for vote in self.votes if vote.carried is None]


def outcome(meeting: Meeting) -> Decided:
    """As it was settled, or as today's answers have it."""
    told = (meeting.snapshot or {}).get(NAME) or count(meeting)
    votes = [_vote(item, told) for item in meeting.items.all() if str(item.pk) in told["items"]]
    rule = Quorum(told["rule"]).label if told["rule"] else ""
    majority = Majority(told["majority"]).label
    return Decided(told["people"], told["answered"], rule, told["needed"], majority, votes)


def has_votes(meeting: Meeting) -> bool:
    """Whether anything was to be decided in writing."""
    return meeting.is_written and meeting.items.filter(needs_decision=True).exists()


def as_paper(meeting: Meeting) -> Paper:
    """For the document system, where nobody stands on a roll."""
    found = outcome(meeting)
    header = [_("議題"), _("承認"), _("不承認"), _("意見のみ"), _("結果"), _("回答者"), _("対象者")]
    said = {True: _("可決"), False: _("否決"), None: _("未決定")}
    rows = (
        [vote.item, vote.yes, vote.no, vote.other, said[vote.carried], found.answered, found.people]
        for vote in found.votes
    )
    return table(_("02_議決/書面による議決の結果.csv"), _("議題ごとの賛否と結果"), header, rows)


def pin(meeting: Meeting) -> Facts | None:
    """What the snapshot keeps of it. Once the answers are gone, what was pinned of them stays."""
    if not meeting.is_written:
        return None
    if meeting.survey.replies_disposed_on:
        return (meeting.snapshot or {}).get(NAME)
    return count(meeting)


def count(meeting: Meeting) -> Facts:
    """From today's rows, as JSON."""
    group, people = meeting.group, set(meeting.asked().values_list("pk", flat=True))
    replies = Reply.objects.standing().in_kind_of(meeting)
    own = replies.filter(survey__meeting=meeting, membership__in=people)
    said = Opinion.objects.filter(reply__in=own, item__needs_decision=True).exclude(approval="").order_by()
    votes = Counter(said.values_list("item", "approval"))
    answered = own.count()
    needed = Quorum(group.quorum).needed(len(people)) if group.quorum else 0
    told = {"people": len(people), "answered": answered, "rule": group.quorum, "needed": needed}
    items = meeting.items.filter(needs_decision=True)
    return told | {
        "majority": group.majority,
        "items": {str(item.pk): _counts(item, votes, told, group.majority) for item in items},
    }


def _counts(item: AgendaItem, votes: Mapping[tuple[int, str], int], told: Facts, majority: str) -> Facts:
    found = {approval.value: votes[item.pk, approval] for approval in Approval}
    yes, no = found[Approval.YES], found[Approval.NO]
    is_tied = yes == no and majority in {Majority.ANSWERED, Majority.EVERYBODY}
    carried: bool | None = Majority(majority).carries(yes=yes, answered=told["answered"], people=told["people"])
    if is_tied:
        carried = item.casting_vote == Approval.YES if item.casting_vote else None
    return found | {"carried": carried, "by_chair": is_tied and carried is not None}


def _vote(item: AgendaItem, told: Facts) -> Vote:
    said = told["items"][str(item.pk)]
    yes, no, other = (said[approval.value] for approval in Approval)
    return Vote(item, yes, no, other, said["carried"], said["by_chair"])
