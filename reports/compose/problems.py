"""What a draft lacks. A blocker keeps the report from being published; a warning asks for a look."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from reports.formats import as_text
from reports.formats.blocks import Block, walk
from reports.models import Style

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Gravity(StrEnum):
    BLOCKER = "blocker"
    WARNING = "warning"


class Fix(Enum):
    """Where it is put right: the page of the desk, and how the way there reads. REPORT is the draft's own page."""

    MEETING = ("desk_meeting", _("会議の内容へ"))
    OPENNESS = ("meetings:set_openness", _("会議の公開へ"))
    ROLL = ("meetings:roll", _("出席の記録へ"))
    IN_WRITING = ("meetings:conclude", _("書面による議決の結果へ"))
    SNAPSHOT = ("meetings:renew_snapshot", _("現在の内容に更新する"))
    RECORD = ("meetings:record", _("会議の記録へ"))
    QUESTIONS = ("meetings:questions", _("質疑へ"))
    NEXT = ("meetings:create_meeting", _("次回の会議を作成する"))
    FORM = ("desk_meeting", _("次回の会議へ"))
    REPORT = ("", "")

    def __init__(self, page: str, label: "StrOrPromise") -> None:
        self.page, self.label = page, label

    @property
    def is_press(self) -> bool:
        """Put right by a button instead of on a page."""
        return self is Fix.SNAPSHOT

    def url(self, meeting: Meeting) -> str:
        if not self.page:
            return ""
        number = meeting.number + (self is Fix.FORM)
        args = [meeting.group.slug] if self is Fix.NEXT else [meeting.group.slug, number]
        return reverse(self.page, args=args)


@dataclass(frozen=True)
class Shortcoming:
    level: Gravity
    message: str
    fix: Fix


class Missing(Exception):
    """Rows from which a sentence is made are not there; the message says which."""

    def __init__(self, message: str, fix: Fix) -> None:
        super().__init__(message)
        self.problem = Shortcoming(Gravity.BLOCKER, message, fix)


@dataclass(frozen=True)
class Composition:
    blocks: tuple[Block, ...]
    problems: tuple[Shortcoming, ...]
    style: Style
    # What was written in place of a sentence, by the block; also of one that the style does not print now.
    overrides: Mapping[str, Mapping[str, str]]

    def sentence(self, key: str) -> Block | None:
        """One that may be written anew: the rows make it, or made it."""
        return next((block for block in walk(self.blocks) if block.key == key and block.is_replaceable), None)

    @property
    def text(self) -> str:
        return as_text.render(self.blocks)

    @property
    def sha256(self) -> str:
        """Names this very text: what is decided on, published and withheld is named by it."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def blockers(self) -> list[Shortcoming]:
        return self._of(Gravity.BLOCKER)

    @property
    def warnings(self) -> list[Shortcoming]:
        return self._of(Gravity.WARNING)

    def _of(self, level: Gravity) -> list[Shortcoming]:
        """Each sentence once: two lines may lack the same thing."""
        return list(dict.fromkeys(problem for problem in self.problems if problem.level == level))
