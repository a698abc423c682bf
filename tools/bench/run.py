"""`make bench`: every benchmark that exists (intake.py, pages.py, …), each with its table of ratios.

A benchmark is a module with `measure(peers: Path) -> list[Line]`. The peers are installed once, in a venv of
their own under var/, so that nothing of theirs reaches the product.
"""

import subprocess
import sys
import venv
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "var" / "bench-venv"
REQUIREMENTS = ROOT / "tools" / "bench" / "requirements.txt"
BENCHMARKS = ["intake", "agreement", "pages", "crowd", "search", "pdf"]


def main() -> None:
    python = peers()
    wanted = sys.argv[1:] or BENCHMARKS
    for name in wanted:
        if not (ROOT / "tools" / "bench" / f"{name}.py").exists():
            continue
        say(f"\n{name}")
        for line in import_module(f"tools.bench.{name}").measure(python):
            say(f"  {line}")


def peers() -> Path:
    """The Python of the peers' venv, made anew when the list of peers has changed."""
    python = PEERS / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    stamp = PEERS / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != REQUIREMENTS.read_text():
        say("比較に使う他のライブラリを var/bench-venv に用意しています…")
        venv.create(PEERS, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True)
        stamp.write_text(REQUIREMENTS.read_text())
    return python


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
