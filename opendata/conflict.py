"""What an action raises when the page it came from shows a state that is no more."""

from django.utils.translation import gettext as _

from opendata.models import DatasetVersion


class Conflict(Exception):
    """Somebody, perhaps the same person in another window, changed it after this page was opened.

    `now` is what stands there (None: no such cell), `sent` what this page wanted; nothing of `sent` was stored.
    """

    def __init__(self, now: str | None = "", sent: str = "") -> None:
        super().__init__(
            _(
                "このページを開いた後に、別の画面から変更されています。今の内容を確かめてから、もう一度操作してください。"
            )
        )
        self.now, self.sent = now, sent


def refuse_stale(version: DatasetVersion, seen: int) -> None:
    if version.version != seen:
        raise Conflict
