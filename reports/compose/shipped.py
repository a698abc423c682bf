"""The styles that come with the portal. Each is data: a desk begins with one and makes it its own."""

import tomllib
from pathlib import Path
from typing import Any

from reports.models import Style

STYLES = Path(__file__).with_name("styles.toml")


def _read() -> dict[str, dict[str, Any]]:
    """What a style does not say is as in 結果報告, the first."""
    usual = Style().rules
    return {key: usual | said for key, said in tomllib.loads(STYLES.read_text(encoding="utf-8")).items()}


SHIPPED = _read()
