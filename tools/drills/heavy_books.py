"""Small workbooks that ask for more than any machine has, or keep a reader busy until its time is over."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
    f'Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
}


def book(rows: str, text: str = "x") -> bytes:
    out = io.BytesIO()
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    strings = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>{text}</t></si></sst>'
    more = {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in (PARTS | more).items():
            parts.writestr(name, content)
    return out.getvalue()


def heavy_books() -> dict[str, bytes]:
    """One asks for terabytes, one touches what it asks for, one is merely long."""
    corner = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='xfd1048576'><v>2</v></c></row>"
    copies = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 12_001))
    cells = "".join(f"<c r='{letter}{{0}}'><v>1</v></c>" for letter in "ABCDEFGHIJ")
    long = "".join(f"<row r='{at}'>{cells.format(at)}</row>" for at in range(1, 60_001))
    return {"corner.xlsx": book(corner), "copies.xlsx": book(copies, "x" * (1 << 20)), "long.xlsx": book(long)}
