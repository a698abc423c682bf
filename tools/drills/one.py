"""One drill in this process, on the database of the environment: `python -m tools.drills.one NAME [STEP]`.

Ends with 1 if it failed with its counts, and with 2 if it broke down.
"""

import importlib
import sys

import django


def main(name: str, only: str = "") -> int:
    django.setup()
    from tools.drills import Failed, told

    tried = "itself"
    try:
        for tried, step in importlib.import_module(f"tools.drills.{name}").STEPS.items():
            if only in {"", tried}:
                say(f"{name} {tried}: {told(step())}")
    except Failed as counts:
        say(f"{name} {tried} FAILED: {counts}")
        return 1
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is told like a failure
        say(f"{name} {tried} FAILED, it broke down: {type(error).__name__}: {error}")
        return 2
    return 0


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 -- the output is what a drill is for


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
