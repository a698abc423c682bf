"""`dxbukai …` (or `python -m dxbukai …`) from any folder: what manage.py is in a checkout, with three words more.

`dxbukai demo` needs no variable, `dxbukai check FILE` neither settings nor a database, and `--version` tells ours.
"""

import os
import sys

from dxbukai import __version__


def main() -> None:
    words = sys.argv[1:]
    if words == ["--version"]:
        sys.stdout.write(f"dxbukai {__version__}\n")
        return
    # With an option first it is Django's own check of the settings.
    if words[:1] == ["check"] and words[1:2] and not words[1].startswith("-"):
        from tablecheck.cli import main as check

        sys.exit(check(words[1:], program="dxbukai check"))
    if words[:1] == ["demo"]:
        os.environ.setdefault("DXBUKAI_MODE", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
