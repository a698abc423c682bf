"""`make mutants`: how many guards could be taken out with every test green.

ROOM=members SAMPLE=60 SEED=x narrow it; with MOST=3 more than 3 % that no test noticed are a failure. With
MINUTES=4 none is begun any more after four minutes, and less than half of them is a failure.

Resumable: what was judged of this state of the tree is not judged again.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import django

from tools.mutants.bench import Bench, Verdict, furnished
from tools.mutants.find import ROOT, Mutant, mutants_of, promises, sources
from tools.mutants.tests_of import NotMeasured, Suite

BENCHES = 2
FINAL = ("killed", "survived")
EQUIVALENT = Path(__file__).with_name("equivalent.txt")


def main() -> int:
    judged = ROOT / "var" / "mutants" / f"{state_of_tree()}.jsonl"
    judged.parent.mkdir(parents=True, exist_ok=True)
    chosen = choose(all_mutants())
    verdicts = {key: verdict for key, verdict in read(judged).items() if key in {mutant.key for mutant in chosen}}
    missing = [mutant for mutant in chosen if mutant.key not in verdicts]
    suite, benches = Suite(), SimpleQueue[Bench]()
    suite.refuse_other_states(missing)
    until = time.monotonic() + 60 * float(os.environ.get("MINUTES", "inf"))
    places = [judged.parent / f"bench{number}" for number in range(min(BENCHES, len(missing)))]

    def judge(mutant: Mutant) -> tuple[Mutant, Verdict | None]:
        bench = benches.get()
        try:
            return mutant, bench.judge(mutant, suite.tests_of(mutant)) if time.monotonic() < until else None
        finally:
            benches.put(bench)

    with ThreadPoolExecutor(BENCHES) as pool, judged.open("a") as notes:
        for bench in pool.map(furnished, places):
            benches.put(bench)
        for mutant, verdict in pool.map(judge, missing):
            if verdict is None:
                continue
            verdicts[mutant.key] = verdict.word
            if verdict.word in FINAL:
                notes.write(json.dumps({"key": mutant.key, "verdict": verdict.word, "by": verdict.why}) + "\n")
                notes.flush()
            if verdict.word != "killed":
                say(f"{verdict.word} {mutant.key} {mutant} {verdict.why}".rstrip())
    return report(verdicts, len(chosen))


def all_mutants() -> Iterator[Mutant]:
    for path in sources():
        yield from mutants_of(path)
    yield from promises()


def choose(mutants: Iterator[Mutant]) -> list[Mutant]:
    rooms = tuple(os.environ.get("ROOM", "").split())
    same = equivalent()
    chosen = [mutant for mutant in mutants if (not rooms or is_in(mutant, rooms)) and mutant.key not in same]
    size = int(os.environ.get("SAMPLE", "0")) or len(chosen)
    return random.Random(os.environ.get("SEED", "")).sample(chosen, min(size, len(chosen)))  # noqa: S311


def is_in(mutant: Mutant, rooms: tuple[str, ...]) -> bool:
    """A room is the beginning of a path, or a kind of guard: ROOM="members promise"."""
    return mutant.path.startswith(rooms) or mutant.kind in rooms


def equivalent() -> set[str]:
    """Those whose absence changes nothing that anybody could see; each with its reason."""
    lines = EQUIVALENT.read_text().splitlines()
    return {line.split()[0] for line in lines if line and not line.startswith("#")}


def read(judged: Path) -> dict[str, str]:
    if not judged.exists():
        return {}
    return {note["key"]: note["verdict"] for note in map(json.loads, judged.read_text().splitlines())}


def state_of_tree() -> str:
    """The commit, and what was changed since."""
    command = ["git", "stash", "create"]
    changed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    command = ["git", "rev-parse", f"{changed or 'HEAD'}^{{tree}}"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()[:12]


def report(verdicts: dict[str, str], chosen: int) -> int:
    """What was not judged was not noticed either; a bench that notices nothing at all is none, nor one for which
    the time is too short.
    """
    count = Counter(verdicts.values())
    unknown = sum(number for word, number in count.items() if word not in FINAL)
    if unknown:
        say(f"not judged {unknown}")
    if not_begun := chosen - len(verdicts):
        say(f"not begun in time {not_begun}")
    say(f"mutants {len(verdicts)}, killed {count['killed']}, survived {count['survived']}")
    most = float(os.environ.get("MOST", "100"))
    unnoticed = count["survived"] + unknown
    blind = bool(verdicts) and (count["killed"] == 0 or 100 * unnoticed > most * len(verdicts))
    return int(blind or 2 * not_begun > chosen)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "dxbukai.settings", "DXBUKAI_MODE": "test"}
    django.setup()
    try:
        sys.exit(main())
    except NotMeasured as error:
        sys.exit(str(error))
