"""LibreOffice Writer opens each Word file of the demo and shows all of its words, in their order.

What stands in the file is read from its XML: a file that Writer takes for damaged shows less, or nothing.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from tools.judges import Finding, Page, Town, Verdict, tools

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Writer numbers and fills in by itself what is a field, and spaces as it sees fit.
BLANK = re.compile(r"\s+|\ufeff")
MINIMUM, COUNTED = 10, "Word files"


def judge(town: Town) -> Verdict:
    soffice = tools.program("soffice", "apt-get install libreoffice-writer-nogui")
    pages = [page for page in town.pages if page.body.startswith(b"PK") and b"word/document.xml" in page.body]
    # The same file under two roles is one.
    files = {page.body: page for page in pages}
    with tempfile.TemporaryDirectory() as folder:
        shown = as_shown(soffice, list(files), Path(folder))
    return len(files), list(compare(files.values(), shown))


def as_shown(soffice: str, files: list[bytes], folder: Path) -> list[str]:
    """All in one start: it takes longer than they do."""
    papers = [folder / f"{number}.docx" for number in range(len(files))]
    for paper, content in zip(papers, files, strict=True):
        paper.write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command: list[str | Path] = [soffice, "--headless", "--norestore", home]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, *papers]
    subprocess.run(command, capture_output=True, check=True)
    texts = [paper.with_suffix(".txt") for paper in papers]
    return [text.read_text(encoding="utf-8") if text.exists() else "" for text in texts]


def compare(pages: Iterable[Page], shown: Iterable[str]) -> Iterable[Finding]:
    for page, text in zip(pages, shown, strict=True):
        written, read = words_of(page.body), BLANK.sub("", text)
        if written != read:
            place = next((at for at, pair in enumerate(zip(written, read, strict=False)) if len({*pair}) > 1), 0)
            yield Finding(
                "reads-otherwise", page.name, f"{written[place : place + 30]!r}: {read[place : place + 30]!r}"
            )


def words_of(paper: bytes) -> str:
    """Of the body, without what stands at head and foot of each page."""
    with ZipFile(BytesIO(paper)) as parts:
        tree = ET.fromstring(parts.read("word/document.xml"))  # noqa: S314 -- a file of ours
    return BLANK.sub("", "".join(run.text or "" for run in tree.iter(f"{WORD}t")))
