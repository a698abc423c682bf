"""The blocks of a report in which somebody speaks or is named: what they look at before it goes out."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from meetings.models import Answer, Meeting
from members.models import Membership, MembershipTerm, Municipality
from members.models.membership import MembershipQuerySet
from reports.compose.people import tells_of
from reports.compose.problems import Composition
from reports.formats.blocks import Block, BlockKind, walk

# What the office writes of nobody.
OF_NOBODY = frozenset(
    {BlockKind.SECTION, BlockKind.SUBSECTION, BlockKind.END, BlockKind.NOTICE, BlockKind.EDITION}
)
# A title as short as 主査 or 部長 says nobody in particular.
SHORTEST_TITLE = 4


def passages(composition: Composition, meeting: Meeting, people: Iterable[Membership]) -> dict[int, list[Block]]:
    """In reading order, by the membership; of whom nothing tells there is nothing."""
    said_by, titles, town = _said_by(meeting), _titles(meeting), Municipality.objects.first()
    blocks = [
        # Who is called like the town is not named wherever the town is.
        (each, each.text.replace(town.name, "") if town else each.text)
        for each in walk(composition.blocks)
        if each.kind not in OF_NOBODY and each.text and not each.withheld
    ]
    found: dict[int, list[Block]] = {}
    for person in people:
        found[person.pk] = [
            block
            for block, text in blocks
            if block.key in said_by[person.pk] or tells_of(text, person.user, titles.get(person.pk, ""))
        ]
    return found


def who_may_be_asked(meeting: Meeting) -> MembershipQuerySet:
    """Those who were counted on that day: the desk knows what it wrote."""
    people = meeting.group.memberships.on(meeting.day).counted().filter(user__is_active=True)
    return people.select_related("user").in_roster_order()


def block_of(composition: Composition, key: str) -> Block | None:
    return next((block for block in walk(composition.blocks) if block.key == key), None)


def sha256(blocks: Iterable[Block]) -> str:
    """Names these passages: who found them right has seen them so."""
    text = "\0".join(f"{block.key}\0{block.text}" for block in blocks)
    return hashlib.sha256(text.encode()).hexdigest()


def _said_by(meeting: Meeting) -> Mapping[int, set[str]]:
    """Lines of the record, questions, answers and talks, by the person whose they are."""
    found: dict[int, set[str]] = defaultdict(set)
    lines = meeting.entries.standing().exclude(speaker=None).values_list("speaker", "pk")
    asked = meeting.questions.exclude(asker=None).values_list("asker", "pk")
    answered = Answer.objects.filter(question__meeting=meeting).exclude(answerer=None)
    talks = meeting.items.exclude(presenter=None).values_list("presenter", "pk")
    rows = {"entry": lines, "question": asked, "answer": answered.values_list("answerer", "pk"), "item": talks}
    for kind, told in rows.items():
        for person, pk in told:
            found[person].add(f"{kind}-{pk}")
    return found


def _titles(meeting: Meeting) -> dict[int, str]:
    """行政経営課長: in minutes people of the town hall are called so."""
    terms = MembershipTerm.objects.on(meeting.day).filter(group=meeting.group).select_related("department__parent")
    titles = {term.membership_id: term.house_title for term in terms}
    return {pk: title for pk, title in titles.items() if len(title) >= SHORTEST_TITLE}
