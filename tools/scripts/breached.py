"""Makes members/breached.sha256 of a list of passwords that leaked, one a line, as SecLists has them.

`python tools/scripts/breached.py 10-million-password-list-top-1000000.txt`. Kept are those that the other rules
for passwords would let pass in a house without words of its own.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
AT_LEAST = 12


def hashes_of(lines: Iterable[str]) -> bytes:
    from members.breached import digest, folded
    from members.passwords import has_enough

    words = (line.strip() for line in lines)
    return b"".join(sorted({digest(word) for word in words if len(word) >= AT_LEAST and has_enough(folded(word))}))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
    django.setup()
    from members.breached import LIST

    with Path(sys.argv[1]).open(encoding="utf-8", errors="replace") as lines:
        LIST.write_bytes(hashes_of(lines))
