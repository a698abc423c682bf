"""A whole group answers at once, everybody pressing three times; each answer is there once.

And one of them in a hundred windows at once, each with other words: one is taken, each other shows both texts.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from uuid import uuid4

from meetings.models import Reply
from tools.drills import IS_SELF_TEST, Counts, judge
from tools.drills.answers import found, open_form
from tools.drills.phone import Page, Phone, open_page, press
from tools.drills.portal import running_portal

PEOPLE, WINDOWS = (20, 20) if IS_SELF_TEST else (80, 100)
PRESSES = 3
AT_ONCE = 12


def everybody_three_times() -> Counts:
    survey = open_form()
    with running_portal() as port, ThreadPoolExecutor(AT_ONCE) as crowd:
        pages = [open_page(port, survey) for _ in range(PEOPLE)]
        said = Counter(crowd.map(partial(press, port), [page for page in pages for _ in range(PRESSES)]))
    counts = {
        "sent": PEOPLE * PRESSES,
        "acknowledged": said[302],
        "not acknowledged": PEOPLE * PRESSES - said[302],
        **found(pages, pages),
    }
    once = counts["people"] == counts["stored"] == counts["receipts"] == counts["audited"]
    wrong = counts["not acknowledged"] or counts["lost"] or counts["doubled"]
    return judge(counts, all_right=once and not wrong)


def one_in_a_hundred_windows() -> Counts:
    survey = open_form()
    with running_portal() as port, ThreadPoolExecutor(AT_ONCE) as crowd:
        first = open_page(port, survey)
        press(port, first)
        page = Phone(port).open(first.address, first.membership)
        windows = [window_of(page) for _ in range(WINDOWS)]
        said = list(crowd.map(partial(answer, port), windows))
    notes = [window.fields["note"] for window in windows]
    stored = Reply.objects.get(survey=survey, membership=first.membership)
    taken, told = [], 0
    for note, (status, text) in zip(notes, said, strict=True):
        if status == 302:
            taken.append(note)
        told += status == 409 and note in text and stored.note in text
    counts = {
        "windows": WINDOWS,
        "taken": len(taken),
        "overwritten": len(taken) - 1,
        "shown both texts": told,
        "versions": stored.version,
    }
    return judge(counts, all_right=taken == [stored.note] and told == WINDOWS - 1 and stored.version == 2)


def window_of(page: Page) -> Page:
    """Each has a key of its own, and all have seen the same answer."""
    key = str(uuid4())
    return replace(page, fields=page.fields | {"key": key, "mode": "online", "note": f"連絡 {key}"})


def answer(port: int, page: Page) -> tuple[int, str]:
    return Phone(port).answer(page)


STEPS = {"everybody three times": everybody_three_times, "one in a hundred windows": one_in_a_hundred_windows}
