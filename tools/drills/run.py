"""`make drills`: every drill, one after the other, with its counts; ends with 1 if one failed."""

import importlib
import os
import sys

import django

DRILLS = ["crash", "restore", "stop", "load", "deadline"]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
    django.setup()
    failed = [name for name in DRILLS if not passed(name)]
    return 1 if failed else 0


def passed(name: str) -> bool:
    from tools.drills import Failed
    from tools.drills.database import scratch_database

    with scratch_database():
        try:
            for tried, counts in importlib.import_module(f"tools.drills.{name}").drill():
                say(f"{name} {tried}: " + ", ".join(f"{what} {count}" for what, count in counts.items()))
        except Failed as error:
            say(f"{name} FAILED: {error}")
            return False
    return True


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- the output is what a drill is for


if __name__ == "__main__":
    sys.exit(main())
