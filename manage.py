#!/usr/bin/env python
import importlib.util
import os
import sys
from pathlib import Path

OURS = Path(__file__).resolve().parent / ".venv" / "bin" / "python"

if __name__ == "__main__":
    if importlib.util.find_spec("django") is None:
        if not OURS.exists():
            sys.exit("先に「make setup」を実行してください。")
        # A plain `python manage.py …` right after `make setup` goes on in the environment made there.
        os.execv(OURS, [str(OURS), *sys.argv])
    from dxbukai.__main__ import command

    command(sys.argv)
