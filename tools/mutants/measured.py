"""Of which state of the product `make test` told which test takes which line: the sum of each of its files.

Of a file that was changed since, the numbers of its lines lead to other tests, which need not look at all.
"""

import json
from hashlib import sha256
from pathlib import Path

from tools.mutants.find import ROOT, sources

FOLDER = ROOT / "var" / "coverage"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for before in FOLDER.glob("times*.xml"):
        before.unlink()
    (FOLDER / "sums.json").write_text(json.dumps(sums()))


def sums() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): sum_of(path) for path in sources()}


def sum_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def changed_since(folder: Path) -> set[str]:
    measured = json.loads((folder / "sums.json").read_text())
    return {path for path, now in sums().items() if measured.get(path) != now}


if __name__ == "__main__":
    main()
