"""The styles that come with the portal. Each is data: a desk begins with one and makes it its own."""

import tomllib
from pathlib import Path
from typing import Any

from reports.models import Style

STYLES = Path(__file__).with_name("styles.toml")


def _read() -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """What a style does not say is as in 結果報告, the first. `about` tells a stranger which paper it is like."""
    usual, read = Style().rules, tomllib.loads(STYLES.read_text(encoding="utf-8"))
    about = {key: said.pop("about") for key, said in read.items()}
    return {key: usual | said for key, said in read.items()}, about


SHIPPED, ABOUT = _read()
