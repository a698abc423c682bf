"""The words of a Word file that somebody sent: its paragraphs and the cells of its tables, one a line.

The file is read in a child (`python -m foundation.apart.word text`, file on stdin), which has no database
and an allowance of memory and time: a file that unpacks without end meets nothing but itself.
"""

import sys
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from foundation.apart import Died, work
from foundation.apart.scan import on_disk

NOT_READ = _(
    "このWordファイルは読み取れませんでした。Wordで開き、別の名前で保存し直すか、文字を選択してコピーし、"
    "貼り付けてください。"
)


class NoWords(Exception):
    """Its text is the sentence for the sender."""


# Asking


def words_in(file: UploadedFile, *, wait: float) -> str:
    """Raises NoWords, or Busy where no reader became free in so many seconds."""
    try:
        with on_disk(file) as given, work("foundation.apart.word", "text", given, wait=wait) as answer:
            return answer.read().decode()
    except Died as death:
        raise NoWords(str(NOT_READ)) from death


# The child's side


def main() -> None:
    sys.stdout.buffer.write("\n".join(_lines(sys.stdin.buffer)).encode())


def _lines(given: IO[bytes]) -> Iterator[str]:
    import io

    import docx

    return _within(docx.Document(io.BytesIO(given.read())))


def _within(part: Any) -> Iterator[str]:
    """In the order in which they stand; of a table row by row."""
    for each in part.iter_inner_content():
        if hasattr(each, "rows"):
            for row in each.rows:
                for cell in row.cells:
                    yield from _within(cell)
        else:
            yield each.text


if __name__ == "__main__":
    main()
