"""A tagged PDF of a report of three pages beside WeasyPrint's, which makes one from HTML: seconds, warm.

Each is asked in a process that has made one already; the best turn counts. Both make PDF/UA-1.
"""

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from foundation.documents import as_pdf
from reports.formats import as_html
from reports.formats.as_document import document_of
from reports.formats.blocks import Block, BlockKind, typed

TURNS, LINES = 7, 62
AT = datetime(2026, 5, 18, 6, tzinfo=UTC)
ASK = """
import json, sys, time
from weasyprint import HTML
html, times = open(sys.argv[1], encoding="utf-8").read(), []
for turn in range(int(sys.argv[2]) + 1):
    started = time.perf_counter()
    document = HTML(string=html).render(pdf_tags=True)
    made = document.write_pdf(pdf_variant="pdf/ua-1")
    times.append(time.perf_counter() - started)
json.dump([min(times[1:]), len(document.pages), len(made)], sys.stdout)
"""
STYLE = '<style>body { font: 10.5pt/1.5 "Noto Serif CJK JP" }</style>'


def measure(peers: Path) -> Iterator[str]:
    blocks = _report()
    title = blocks[0].text
    head = f'<!doctype html><html lang="ja"><head><title>{title}</title>{STYLE}</head>'
    body = f"<body><h1>{title}</h1>{as_html.body(blocks[1:])}</body></html>"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(head + body, encoding="utf-8")
        said = subprocess.run([str(peers), "-c", ASK, str(file), str(TURNS)], stdout=subprocess.PIPE, check=True)
    slow, their_pages, their_size = json.loads(said.stdout)
    fast, made = _ours()
    assert b"/StructTreeRoot" in made
    yield f"{'':12}{'seconds':>10}{'KB':>8}"
    yield f"{'WeasyPrint':12}{slow:>10.3f}{their_size / 1000:>8.0f}   {their_pages} pages"
    yield f"{'ours':12}{fast:>10.3f}{len(made) / 1000:>8.0f}   {slow / fast:.1f} × faster"


def _report(turn: int = 0) -> list[Block]:
    """Headings, lines and answers that fill three pages; other ones in each turn, for typst remembers lines."""
    blocks = [Block(BlockKind.TITLE, "title", (typed("第1回DX推進部会 結果報告"),))]
    for number in range(LINES):
        kind = BlockKind.ITEM if number % 10 == 0 else BlockKind.REPLY if number % 3 == 0 else BlockKind.POINT
        words = f"{turn}年{number}件目の手続の件数を窓口と電子申請とで比べ、次回までに各課で見直すことを確認した。"
        blocks.append(Block(kind, f"line-{number}", (typed(words),), str(number // 10 + 1)))
    return blocks


def _ours() -> tuple[float, bytes]:
    best, made = float("inf"), b""
    for turn in range(TURNS + 1):
        document = document_of(_report(turn), author="見本市", foot="第1版")
        started = time.perf_counter()
        made = as_pdf.render(document, at=AT)
        best = min(best, time.perf_counter() - started) if turn else best
    return best, made
