"""The data intake beside frictionless, pandera on polars and the bare readers: rows per second, and the ratio.

Every contestant runs in a process of its own, warm, in turns with the others, and its best run counts. `dxbukai`
is the library, `portal` the page's way: the file kept and read in a child, rows and findings in the database. Then
whole processes, from their start to their end. We give all findings, proposed repairs and the profile; the others
give what they can. The ratio is of processor time, which other work on the machine disturbs less; that of the
clock stands beside it.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.bench.contestants import fields
from tools.bench.data import as_csv

HERE = Path(__file__).resolve().parent
SIZES = [(1_000, "utf-8-sig", 15), (100_000, "utf-8-sig", 3), (100_000, "cp932", 3)]
OURS = ("dxbukai", "portal")
CONTESTANTS = ["frictionless", "pandera", "csv.reader", "polars read", *OURS]
Best = dict[str, dict[str, Any]]


def measure(peers: Path) -> Iterator[str]:
    yield f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    yield f"{'':14}{'rows':>9} {'encoding':10}{'rows/s':>10}  × frictionless (clock)   findings   memory"
    with tempfile.TemporaryDirectory() as folder:
        for rows, encoding, turns in SIZES:
            file = Path(folder) / f"{rows}-{encoding}.csv"
            file.write_bytes(as_csv(rows, encoding))
            yield from _side_by_side(peers, file, rows, turns)
            if rows > 10_000:
                yield from _whole(peers, file, Path(folder))
    yield f"load {os.getloadavg()[0]:.1f} at the end"


def _side_by_side(peers: Path, file: Path, rows: int, turns: int) -> Iterator[str]:
    runners = {name: _Runner(sys.executable if name in OURS else peers, name, file) for name in CONTESTANTS}
    best: Best = {name: {"seconds": float("inf"), "cpu": float("inf")} for name in CONTESTANTS}
    for _turn in range(turns):
        for name, runner in runners.items():
            said = runner.run()
            least = {key: min(best[name][key], said[key]) for key in ("seconds", "cpu")}
            best[name] = said | least
    for name, runner in runners.items():
        runner.stop()
        yield _line(name, file, rows, best)


def _line(name: str, file: Path, rows: int, best: Best) -> str:
    own, other = best[name], best["frictionless"]
    found = own["findings"]
    memory = f"{own['memory'] / file.stat().st_size:.1f} × file" if rows > 10_000 else ""
    return (
        f"{name:14}{rows:>9,} {file.stem.partition('-')[2]:10}{rows / own['seconds']:>10,.0f}"
        f"{other['cpu'] / own['cpu']:>14.1f} × {other['seconds'] / own['seconds']:>6.1f} ×"
        f"{'' if found is None else f'{found:,}':>12}   {memory}"
    )


def _whole(peers: Path, file: Path, folder: Path) -> Iterator[str]:
    """From the start of the process to its end, with everything printed as JSON."""
    schema = folder / "schema.json"
    schema.write_text(json.dumps({"fields": fields(file)}))
    encoding = file.stem.partition("-")[2]
    asked = ["-m", "frictionless", "validate", str(file), "--schema", str(schema), "--encoding", encoding]
    theirs = _process([str(peers), *asked, "--limit-errors", "1000000", "--trusted", "--json"])
    ours = _process([sys.executable, "-m", "tablecheck", str(file), "--format", "json"])
    yield (
        f"  as a whole process: {theirs[0] / ours[0]:.1f} × frictionless ({theirs[1] / ours[1]:.1f} × by the"
        f" clock; {ours[0]:.1f} s and {theirs[0]:.1f} s of the processor)"
    )


def _process(command: list[str]) -> tuple[float, float]:
    """(seconds of the processor, with those of its children, and seconds of the clock)."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=HERE.parents[1])
    _pid, _status, used = os.wait4(process.pid, 0)
    return used.ru_utime + used.ru_stime, time.perf_counter() - started


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
