"""Materials of meetings that never were: one page each, drawn here, with fonts that every reader has."""

from django.core.files.base import ContentFile

from dxbukai.demo.seed.people import Town
from foundation.actions import Actor
from meetings.actions import materials
from meetings.actions.materials import Given
from meetings.models import AgendaItem, Material, Meeting
from meetings.states import MaterialKind

TOP, LEFT, HEADING, TEXT, LEADING = 770, 60, 20, 12, 24


def bring(
    here: Town, meeting: Meeting, title: str, lines: list[str], *, item: AgendaItem | None = None
) -> Material:
    """At the desk, as a PDF."""
    return materials.add_material(
        meeting=meeting, by=Actor(here.desk), title=title, item=item, given=file_of(title, lines)
    )


def bring_on_paper(here: Town, meeting: Meeting, title: str) -> Material:
    given = Given(kind=MaterialKind.PAPER)
    return materials.add_material(meeting=meeting, by=Actor(here.desk), title=title, given=given)


def file_of(title: str, lines: list[str]) -> Given:
    return Given(kind=MaterialKind.FILE, file=ContentFile(page(title, lines), name=f"{title}.pdf"))


def page(title: str, lines: list[str]) -> bytes:
    """A4, in a font of Japanese that readers bring along."""
    drawn = [_line(title, HEADING, TOP)]
    drawn += [_line(line, TEXT, TOP - LEADING * (place + 2)) for place, line in enumerate(lines)]
    text = "\n".join(drawn)
    font = "/Subtype /Type0 /BaseFont /HeiseiKakuGo-W5 /Encoding /UniJIS-UTF16-H /DescendantFonts [6 0 R]"
    japanese = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 5 >>"
    look = (
        "/Flags 4 /FontBBox [-92 -250 1010 922] /ItalicAngle 0 /Ascent 752 /Descent -271 /CapHeight 737 /StemV 114"
    )
    return _file(
        "<< /Type /Catalog /Pages 2 0 R /Lang (ja) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        f"<< /Type /Font {font} >>",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiKakuGo-W5 {japanese} /FontDescriptor 7 0 R >>",
        f"<< /Type /FontDescriptor /FontName /HeiseiKakuGo-W5 {look} >>",
    )


def _line(text: str, size: int, height: int) -> str:
    return f"BT /F1 {size} Tf {LEFT} {height} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _file(*objects: str) -> bytes:
    """With the table of where each of them begins."""
    out, places = "%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{written}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    out += f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R >>\n"
    return (out + f"startxref\n{out.rindex('xref')}\n%%EOF\n").encode("ascii")
