"""A whole group answers at once, everybody pressing three times; each answer is there once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tools.drills import IS_SELF_TEST, Counts, judge
from tools.drills.answers import found, open_form
from tools.drills.phone import open_page, press
from tools.drills.portal import running_portal

PEOPLE = 20 if IS_SELF_TEST else 80
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


STEPS = {"everybody three times": everybody_three_times}
