"""The data intake beside frictionless, pandera on polars and the bare readers: rows per second, and the ratio.

Every contestant runs in a process of its own, warm, in turns with the others, and its best run counts.
We give all findings, proposed repairs and the profile; the others give what they can.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.bench.data import as_csv

HERE = Path(__file__).resolve().parent
SIZES = [(1_000, "utf-8-sig", 15), (100_000, "utf-8-sig", 3), (100_000, "cp932", 3)]
CONTESTANTS = ["frictionless", "pandera", "csv.reader", "polars read", "dxbukai"]


def measure(peers: Path) -> Iterator[str]:
    yield f"{'':14}{'rows':>9} {'encoding':10}{'rows/s':>10}  × frictionless   findings   memory"
    with tempfile.TemporaryDirectory() as folder:
        for rows, encoding, turns in SIZES:
            file = Path(folder) / f"{rows}-{encoding}.csv"
            file.write_bytes(as_csv(rows, encoding))
            yield from _side_by_side(peers, file, rows, encoding, turns)


def _side_by_side(peers: Path, file: Path, rows: int, encoding: str, turns: int) -> Iterator[str]:
    runners = {name: _Runner(sys.executable if name == "dxbukai" else peers, name, file) for name in CONTESTANTS}
    best = {name: float("inf") for name in CONTESTANTS}
    said: dict[str, dict[str, Any]] = {}
    for _turn in range(turns):
        for name, runner in runners.items():
            said[name] = runner.run()
            best[name] = min(best[name], said[name]["seconds"])
    for name, runner in runners.items():
        runner.stop()
        ratio = best["frictionless"] / best[name]
        found = said[name]["findings"]
        memory = f"{said[name]['memory'] / file.stat().st_size:.1f} × file" if rows > 10_000 else ""
        yield (
            f"{name:14}{rows:>9,} {encoding:10}{rows / best[name]:>10,.0f}{ratio:>14.1f} ×"
            f"{'' if found is None else f'{found:,}':>12}   {memory}"
        )


class _Runner:
    """A contestant that waits for its turn."""

    def __init__(self, python: Path | str, name: str, file: Path) -> None:
        command = [str(python), str(HERE / "contestants.py"), name, str(file)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1]
        )

    def run(self) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.communicate()
