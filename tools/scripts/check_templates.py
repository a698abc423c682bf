"""Compile every template: a mistyped tag is found here and not by a reader."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]


def broken() -> Iterator[str]:
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name = path.relative_to(ROOT / "templates").as_posix()
        try:
            get_template(name)
        except TemplateSyntaxError as error:
            yield f"{name}: {error}"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
    django.setup()
    problems = list(broken())
    print("\n".join(problems) or "templates: all compile")  # noqa: T201
    sys.exit(bool(problems))
