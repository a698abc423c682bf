"""How much of a file is read before a person is asked to send less."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tablecheck.vocabulary import Unreadable

MEGABYTE = 1024 * 1024
# Is told how many of how many steps are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """The upload page sets a lower size; the command line reads what a town would never upload."""

    bytes: int = 512 * MEGABYTE
    cells: int = 60_000_000
    columns: int = 1000
    parts: int = 10_000
    seconds: float = 180

    def hold_bytes(self, size: int) -> None:
        if size > self.bytes:
            raise Unreadable(
                "too-large",
                f"ファイルが大きすぎます（{size / MEGABYTE:.1f}MB）。"
                f"{self.bytes // MEGABYTE}MBまでのファイルに分けてください。",
            )

    def hold_parts(self, count: int) -> None:
        if count > self.parts:
            raise Unreadable(
                "too-many-parts",
                f"ブックの中のファイルが多すぎます（{count:,}個）。"
                "表のあるシートだけを新しいブックに移して、保存し直してください。",
            )

    def hold_cells(self, rows: int, columns: int) -> None:
        if columns > self.columns:
            raise Unreadable(
                "too-many-columns", f"列が多すぎます（{columns:,}列）。{self.columns:,}列までにしてください。"
            )
        if rows * columns > self.cells:
            raise Unreadable(
                "too-many-cells",
                f"表が大きすぎます（{rows:,}行×{columns:,}列）。"
                f"{self.cells:,}セルまでのファイルに分けてください。",
            )


class Stopwatch:
    """Asked between two steps of the work, so that no file holds a process for ever."""

    def __init__(self, limits: Limits, progress: Progress | None = None) -> None:
        self.progress = progress
        self.seconds = limits.seconds
        self.until = time.monotonic() + limits.seconds

    def check(self, done: int = 0, total: int = 0) -> None:
        if self.progress and total:
            self.progress(done, total)
        if time.monotonic() > self.until:
            raise Unreadable(
                "too-slow",
                f"{self.seconds:.0f}秒以内に確認が終わりませんでした。ファイルを分けてからもう一度お試しください。",
            )
