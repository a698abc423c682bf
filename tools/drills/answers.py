"""What became of the answers that people sent: each is there once, as it was sent, and so is what goes with it."""

from collections import Counter
from collections.abc import Iterable

from foundation.audit.models import Event
from foundation.mail.models import Email
from meetings.models import Reply, ReplyRevision, Survey
from members.models import WorkingGroup
from tools import town
from tools.drills.phone import Page


def open_form() -> Survey:
    """Of a group of its own: a drill may need several."""
    return town.open_form(town.announced_meeting(town.group(f"drill-{WorkingGroup.objects.count()}"), number=1))


def found(pages: Iterable[Page], acknowledged: Iterable[Page]) -> dict[str, float]:
    """`pages` are all that were sent, `acknowledged` those whose people were told so."""
    stored = {reply.membership_id: reply for reply in Reply.objects.all()}
    receipts = Counter(Email.objects.values_list("to", flat=True))
    events = Counter(Event.objects.filter(action="meetings.reply").values_list("target_id", flat=True))
    revisions = Counter(ReplyRevision.objects.values_list("reply", flat=True))

    def is_lost(page: Page) -> bool:
        reply = stored.get(page.membership.pk)
        return reply is None or (reply.mode, reply.note) != (page.fields["mode"], page.fields["note"])

    def is_doubled(reply: Reply) -> bool:
        times = (reply.version, revisions[reply.pk], receipts[reply.membership.user_id], events[reply.pk])
        return max(times) > 1

    replies = Reply.objects.select_related("membership")
    return {
        "people": len(list(pages)),
        "stored": len(stored),
        "lost": sum(map(is_lost, acknowledged)),
        "doubled": sum(map(is_doubled, replies)),
        "receipts": sum(receipts.values()),
        "audited": sum(events.values()),
    }
