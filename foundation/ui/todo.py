"""What somebody has to do next. Each app lists its own in todo.py; the home page puts them together."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Todo:
    text: str
    url: str
    due: datetime | None = None
    note: str = ""
