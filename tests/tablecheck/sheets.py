"""Files as Excel saves them, small enough to read."""

import io
import zipfile
from string import ascii_uppercase

from tablecheck import check, letter
from tablecheck.standards import Field, Standard

TOILET = "名称,所在地_連結表記,設置位置"


def csv(*lines, encoding="utf-8-sig"):
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def standard(**kinds):
    """A standard whose columns are called like their kinds: standard(緯度="latitude")."""
    fields = [kind if isinstance(kind, Field) else Field(title, title, kind) for title, kind in kinds.items()]
    return Standard("made", "見本の一覧", fields=tuple(fields))


def cells(checked, *codes):
    """The findings about cells; only these kinds if any are named."""
    return [item for item in checked.findings if item.column and (item.code in codes if codes else item.row > 1)]


def problem(kind, value, **rules):
    """(code, repair) of every finding for one value in a column of this kind."""
    field = Field("field", "列", kind, **rules)
    quoted = '"' + value.replace('"', '""') + '"'
    checked = check(csv("番号,列", f"1,{quoted}"), standard=standard(番号="text", 列=field))
    return [(item.code, item.repair) for item in cells(checked) if item.column == 2]


def xlsx(far=None, **sheets):
    """A workbook of inline strings and numbers, without a library: {name: [[cell, …], …]}.

    `far` puts texts into cells of the first sheet that stand alone: {"XFD1048576": "text"}.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("[Content_Types].xml", _content_types(len(sheets)))
        book.writestr("_rels/.rels", _rels([("officeDocument", "xl/workbook.xml")]))
        names = "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(sheets, 1)
        )
        book.writestr("xl/workbook.xml", f"<workbook {NS} {NS_R}><sheets>{names}</sheets></workbook>")
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            _rels([("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(sheets) + 1)]),
        )
        for at, rows in enumerate(sheets.values(), 1):
            book.writestr(f"xl/worksheets/sheet{at}.xml", _sheet(rows, far or {} if at == 1 else {}))
    return out.getvalue()


NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NS_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _content_types(sheets):
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{TYPES}.worksheet+xml"/>'
        for at in range(1, sheets + 1)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>{parts}</Types>'
    )


def _rels(targets):
    items = "".join(
        f'<Relationship Id="rId{at}" Type="{REL}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def _sheet(rows, far):
    lines = [f'<row r="{at}">{_cells(at, row)}</row>' for at, row in enumerate(rows, 1)]
    lines += [f'<row r="{name.lstrip(ascii_uppercase)}">{_cell(name, text)}</row>' for name, text in far.items()]
    return f"<worksheet {NS}><sheetData>{''.join(lines)}</sheetData></worksheet>"


def _cells(at, row):
    return "".join(_cell(f"{letter(index)}{at}", value) for index, value in enumerate(row, 1))


def _cell(name, value):
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{name}"><v>{value}</v></c>'
