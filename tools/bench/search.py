"""Search of the archive beside LIKE over the same rows: 10,000 reports, words in 1, 50 and 5,000 of them.

Both answer what the page asks: how many reports, of more than a thousand that they are more, and the first page of
them, the last meeting first. LIKE counts all, and is asked of the folded text too, so that it finds the same.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tools.bench.house import empty_house

if TYPE_CHECKING:
    from reports.models.public import Hits

REPORTS, PER_GROUP, SENTENCES, TURNS, PAGE = 10_000, 100, 40, 7, 21
# In how many reports each word stands; of each length there is one of each sort.
WORDS = {
    1: ["鯨", "象嵌", "流鏑馬", "鳥獣被害対策"],
    50: ["蜜柑", "養蚕業", "除雪車両の更新"],
    5_000: ["予約", "図書館", "証明書の交付"],
}
SUBJECTS = ["窓口", "庁内", "各課", "市民課", "学校", "地区", "部会", "職員", "住民"]
OBJECTS = ["手続", "申請書", "一覧", "名簿", "予定表", "資料", "申込み", "様式", "点検表", "研修"]
DEEDS = ["を電子化する", "を見直す", "の案を示した", "について意見があった", "の費用を調べる"]


def measure(_peers: Path) -> Iterator[str]:
    with empty_house():
        texts = _texts()
        _plant(texts)
        yield f"{'the word':14}{'found in':>10}{'LIKE':>12}{'ours':>12}  × faster"
        for words in WORDS.values():
            for word in words:
                yield _line(word)


def _line(word: str) -> str:
    from reports.folding import words_of
    from reports.models import PublicReport
    from reports.models.public import MOST_COUNTED, Hits

    rows = PublicReport.objects.for_citizens()
    [folded] = words_of(word)

    def like() -> "Hits":
        hits = rows.filter(folded__contains=folded)
        return Hits(hits, hits.count(), is_more=False)

    def ours() -> "Hits":
        return rows.hits([folded])

    all_of_them, told = like(), ours()
    assert set(all_of_them.rows.values_list("pk")) == set(told.rows.values_list("pk"))
    assert told.count == min(all_of_them.count, MOST_COUNTED)
    slow, fast = _seconds(like), _seconds(ours)
    return f"{word:14}{all_of_them.count:>10,}{slow * 1000:>9.1f} ms{fast * 1000:>9.1f} ms{slow / fast:>8.0f} ×"


def _seconds(asked: "Callable[[], Hits]") -> float:
    from reports.models.public import BY_DAY

    best = float("inf")
    for _turn in range(TURNS):
        started = time.perf_counter()
        hits = asked()
        with hits.reading():
            list(hits.rows.light().order_by(*BY_DAY)[:PAGE])
        best = min(best, time.perf_counter() - started)
    return best


def _texts() -> list[str]:
    """Reports of some 1,500 characters, some of which have a sentence with one of the words."""
    drawn = random.Random(11)  # noqa: S311 -- the same texts at every run
    texts = [
        "\n".join(
            f"○{drawn.choice(SUBJECTS)}の{drawn.choice(OBJECTS)}と{drawn.choice(SUBJECTS)}の{drawn.choice(OBJECTS)}"
            f"{drawn.choice(DEEDS)}。{drawn.randrange(1000)}件のうち{drawn.randrange(1000)}件"
            for _sentence in range(SENTENCES)
        )
        for _report in range(REPORTS)
    ]
    for many, words in WORDS.items():
        for word in words:
            for at in drawn.sample(range(REPORTS), many):
                texts[at] += f"\n○{word}を話題にした。"
    return texts


def _plant(texts: list[str]) -> None:
    from django.utils import timezone

    from meetings.models import Meeting
    from tools import town
    from tools.bench import rows

    groups = [town.group(f"archive-{n}") for n in range(REPORTS // PER_GROUP)]
    desk, first = town.person(), timezone.now() - timedelta(days=REPORTS)
    held: dict[str, object] = {"members": {}, "next": None}
    meetings = Meeting.objects.bulk_create(
        Meeting(
            group=groups[n // PER_GROUP],
            number=n % PER_GROUP + 1,
            state="held",
            held_from=first + timedelta(days=n),
            held_to=first + timedelta(days=n, hours=1),
            snapshot=held,
        )
        for n in range(REPORTS)
    )
    rows.publish_reports(meetings, texts, desk, blocks=[])
    rows.settle()
