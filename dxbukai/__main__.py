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
    command(sys.argv)


def command(words: list[str]) -> None:
    """One of Django's or ours. What the settings refuse is a sentence for whoever installs, and nothing else."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(words)


if __name__ == "__main__":
    main()
