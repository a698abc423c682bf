"""All that the house disposes of, in the order in which pages list it.

A new table with data of people belongs to a kind on its own floor, or is named with its reason in
`tests/retention/test_every_table.py`.
"""

from foundation.audit.retention import Log
from foundation.mail.retention import Letters
from foundation.retention import RecordKind
from meetings.retention import Records, Replies
from members.retention import Contacts, Sheets
from opendata.retention import Originals

KINDS: dict[str, RecordKind] = {
    kind.name: kind for kind in (Replies(), Sheets(), Records(), Contacts(), Letters(), Originals(), Log())
}
