"""Materials of meetings that never were: one page each, laid out as the house lays out its papers."""

from django.core.files.base import ContentFile

from dxbukai.demo.seed.people import Town
from foundation.actions import Actor
from foundation.db import clock
from foundation.documents import as_docx, as_pdf
from foundation.documents.blocks import Block, Document, Gap, Side, TextLine
from meetings.actions import materials
from meetings.actions.materials import Given
from meetings.models import AgendaItem, Material, Meeting
from meetings.states import MaterialKind


def bring(
    here: Town, meeting: Meeting, title: str, lines: list[str], *, item: AgendaItem | None = None
) -> Material:
    """At the desk."""
    return materials.add_material(
        meeting=meeting, by=Actor(here.desk), title=title, item=item, given=file_of(title, lines)
    )


def bring_on_paper(here: Town, meeting: Meeting, title: str) -> Material:
    given = Given(kind=MaterialKind.PAPER)
    return materials.add_material(meeting=meeting, by=Actor(here.desk), title=title, given=given)


def file_of(title: str, lines: list[str]) -> Given:
    """A PDF, where this machine has Japanese letters to put into one; else a Word file."""
    blocks: list[Block] = [TextLine(title, Side.CENTER, is_title=True), Gap(), *map(TextLine, lines)]
    paper = Document(title, author="見本市", blocks=tuple(blocks))
    write, kind = (as_pdf.render, "pdf") if as_pdf.fonts() else (as_docx.render, "docx")
    return Given(kind=MaterialKind.FILE, file=ContentFile(write(paper, at=clock.now()), name=f"{title}.{kind}"))
