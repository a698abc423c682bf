"""What is told of the file, of its columns and rows, and of the cells of one column alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from tablecheck.cells import END, Cells
from tablecheck.charsets import ENCODINGS
from tablecheck.columns import problems
from tablecheck.header import second_table
from tablecheck.rules import FREE, rule_of
from tablecheck.rules.codes import is_municipality_code
from tablecheck.rules.losses import examine_loss
from tablecheck.sentences import at, shortened
from tablecheck.standards import Field, Match, Standard, editions_of
from tablecheck.table import Column, Detected, Table
from tablecheck.text import may_be_blanks
from tablecheck.vocabulary import BY_WORD, NO_RECORDS, Code, Finding, Problem, Spot

# What Excel saves as "CSV UTF-8" needs no word.
EXPECTED = "utf-8-sig"
# Of a single column, so many cells tell whether blanks divide it.
FIRST_ROWS = 50


# The file and its columns


def about_reading(table: Table, detected: Detected) -> Iterator[Finding]:
    """What was understood, whatever the columns hold."""
    yield from _about_source(detected, "")
    yield from _about_header(table)
    yield from _about_divisions(table, detected)
    yield from about_left_out(table)


def about_file(table: Table, detected: Detected, standard: Standard | None) -> Iterator[Finding]:
    """What was understood of the file, said so that a wrong guess is noticed."""
    published = "" if standard and standard.internal else "公開用ファイルはUTF-8（BOM付き）で作成します。"
    yield from _about_source(detected, published)
    yield from _about_header(table)
    yield from _about_divisions(table, detected)
    if not len(table):
        yield _file(Code.NO_ROWS, "見出しだけで、データの行がありません。")


def about_kind(standard: Standard | None, fitting: Sequence[Standard]) -> Iterator[Finding]:
    """That it is an older edition, or that no standard was taken; where one or several would fit, which."""
    if standard:
        present = editions_of(standard)[0]
        if present is not standard:
            text = f"{standard.edition}の列です。現行の版（{present.edition}）に合わせられます。"
            yield _file(Code.EDITION, text)
        return
    names = "」「".join(kind.title for kind in fitting)
    if len(fitting) > 1:
        text = f"列の見出しが「{names}」のどちらの標準にも合うため、種類を決めずに確認しました。"
    elif fitting:
        text = f"独自の表として確認しました。列の見出しは、標準の「{names}」に合います。"
    else:
        text = "どの標準データセットに当たるか判定できませんでした。文字の書き方などを確認しました。"
    yield _file(Code.NO_STANDARD, text)


def _about_divisions(table: Table, detected: Detected) -> Iterator[Finding]:
    """Delimiters that people type, and tables that share a sheet: who made the file knows, and is asked."""
    if detected.delimiter == ", ":
        text = "列の区切りを「コンマと空白」として読み込みました。コンマの後の空白は、値に含めません。"
        yield _file(Code.BLANK_DELIMITER, text)
    if len(table.columns) == 1 and may_be_blanks(list(islice(table.columns[0], FIRST_ROWS))):
        yield _file(
            Code.ONE_COLUMN,
            "列の区切りが見つからないため、1列の表として読み込みました。空白で区切った表のときは、"
            "列の区切りに「空白」を指定して読み込み直してください。",
        )
    if (row := second_table(table)) is not None:
        text = (
            f"{row}行目から、別の表が始まっているようです。どちらか一方だけを読み込んでください"
            f"（見出しの行を{row}行目とするか、{row}行目以降をデータから外します）。"
        )
        yield Finding(row, None, None, None, Code.SECOND_TABLE.word, Code.SECOND_TABLE.level, text)


def _about_source(detected: Detected, published: str) -> Iterator[Finding]:
    if detected.encoding not in {None, EXPECTED}:
        name = ENCODINGS[str(detected.encoding)]
        yield _file(Code.ENCODING, f"文字コードを{name}として読み込みました。{published}")
    if len(detected.sheets) > 1:
        others = "」「".join(name for name in detected.sheets if name != detected.sheet)
        yield _file(Code.SHEETS, f"「{detected.sheet}」シートを読み込みました。ほかに「{others}」があります。")


# What a standard wants and a table of the section's own may do otherwise.
ASKED_BY_STANDARDS = {Code.POSTAL_CODE}
# What is an error whatever a column holds.
WRONG_ANYWHERE = {Code.EXCEL_ERROR, Code.LOST_CHARACTER, Code.GARBLED, Code.CELL_TOO_LONG, Code.QUOTE}


def about_guesses(matches: Sequence[Match]) -> Iterator[Finding]:
    """What the columns without a standard were taken for, so that a wrong guess is noticed."""
    guessed = [f"{match.column.letter}列は{match.guess.title}" for match in matches if match.guess]
    if guessed:
        yield _file(
            Code.GUESSED,
            f"見出しと値から、{'、'.join(guessed)}の列と推定して確認しました。推定した列の指摘は「誤り」とはしません。",
        )


def _about_header(table: Table) -> Iterator[Finding]:
    first, last = table.titles if table.titles[0] else (table.header_row, table.header_row)
    if not table.header_row:
        yield _file(
            Code.NO_HEADER,
            "見出しの行がなく、1行目からデータのようです。列の名前は「列1」「列2」…としました。"
            "1行目が見出しのときは、見出しの行を指定して読み込み直してください。"
            "見出しがないときは、元のファイルの1行目に見出しを付けて、差し替えてください。",
        )
    elif first < last:
        yield _file(
            Code.HEADER_ROWS,
            f"見出しが{first}行目と{last}行目に分かれているため、「（上の行）_（下の行）」の形につなげて"
            "列の名前にしました。",
        )
    if first > 1:
        above = "1行目は" if first == 2 else f"1～{first - 1}行目は"
        of_titles = f"{table.header_row}行目を見出しとして読み込みました。" if first == last else ""
        yield _file(Code.HEADER_ROW, f"{of_titles}それより上の{above}データに含めません。")


LEFT_OUT = {
    Code.FOOTNOTE: "表の下の注記のようなので、データに含めません。",
    Code.TOTAL: "合計の行のようなので、データに含めません。",
    Code.COLUMN_NOTES: "列の説明の行のようなので、データに含めません。",
    Code.DROPPED: "担当者が外した行なので、データに含めません。",
    Code.BLANK_ROWS: "空の行なので、データに含めません。",
    Code.HIDDEN_ROW: "Excelで非表示になっていますが、読み込みました。公開してよい行か確認してください。",
    Code.HIDDEN_COLUMN: "Excelで非表示になっていますが、読み込みました。公開してよい列か確認してください。",
}


def about_left_out(table: Table) -> Iterator[Finding]:
    """Rows that were taken for no records, each said with its number."""
    for row, word, text in table.left_out:
        code = BY_WORD[word]
        quoted = f"{row}行目「{shortened(text)}」は" if word in NO_RECORDS else f"{text}は"
        yield Finding(row, None, None, None, word, code.level, f"{quoted}、{LEFT_OUT[code]}")


def about_columns(table: Table, matches: Sequence[Match], standard: Standard | None) -> Iterator[Finding]:
    """Columns that are missing, unknown, unnamed, named twice or named otherwise."""
    seen: dict[str, Column] = {}
    for column, field, certain, _guess in matches:
        if not column.header:
            yield _header(table, column, Code.HEADER_EMPTY, "見出しがありません。列の名前を入力してください。")
        elif column.header in seen:
            first = seen[column.header]
            yield _header(
                table,
                column,
                Code.HEADER_DUPLICATE,
                f"同じ見出しが{first.letter}列にもあります。どちらかの見出しを変更してください。",
            )
        elif field and column.header not in (field.title, field.name):
            code = Code.HEADER_VARIANT if certain and not field.own else Code.HEADER_GUESS
            whose = "列の定義にある" if field.own else "標準の"
            yield _header(table, column, code, f"{whose}「{field.title}」の列として扱います。", field)
        elif standard and not field:
            yield _header(table, column, Code.COLUMN_UNKNOWN, _unknown(standard))
        for problem in _wrong_titles(column.header):
            yield at(table.header_row, column, column.field, column.header, problem)
        seen.setdefault(column.header, column)
    if standard:
        yield from _missing_columns(table, matches, standard)


def _unknown(standard: Standard) -> str:
    if standard.internal:
        return f"「{standard.title}」では使わない列です。取り込みません。"
    whose = "列の定義" if standard.own else f"「{standard.title}」の標準"
    return f"{whose}にない列です。公開するかどうかを選べます。"


def _wrong_titles(title: str) -> Iterator[Problem]:
    yield from examine_loss(title)
    if "\n" in title:
        yield Problem(Code.LINE_BREAK, "見出しの中に改行があります。", re.sub(r"(?<!\s)\s*\n\s*", "", title))


def _missing_columns(table: Table, matches: Sequence[Match], standard: Standard) -> Iterator[Finding]:
    present = {match.field.name for match in matches if match.field}
    for field in standard.fields:
        if field.name in present or not (field.must_exist or field.should_exist):
            continue
        code = Code.COLUMN_MISSING if field.must_exist else Code.COLUMN_RECOMMENDED
        need = "必須の列です。追加してください。" if field.must_exist else "推奨の列です。あれば追加してください。"
        if field.own:
            need = "列の定義にある列です。追加してください。なくした列のときは、列の定義を改めてください。"
        message = f"「{field.title}」の列がありません。{need}"
        yield Finding(table.header_row, None, None, field.name, code.word, code.level, message)


def _file(code: Code, message: str) -> Finding:
    return Finding(None, None, None, None, code.word, code.level, message)


def _header(table: Table, column: Column, code: Code, text: str, field: Field | None = None) -> Finding:
    problem = Problem(code, text, field.title if field else None)
    return at(table.header_row, column, field.name if field else None, column.header, problem)


# The rows


def about_rows(table: Table) -> Iterator[Finding]:
    """Records of another width than the header, and records that stand there twice."""
    width = len(table.header)
    for row, cells, extra in table.ragged:
        if extra:
            value = next(filter(None, extra))
            column = Column(width + 1 + extra.index(value), "")
            text = f"見出しより右に値があります（見出しは{width}列、この行は{cells}列）。"
            yield at(row, column, None, value, Problem(Code.ROW_LONG, text))
        elif cells < width:
            text = f"この行は{cells}列しかありません（見出しは{width}列）。足りないセルは空として扱います。"
            yield at(row, Column(cells + 1, table.header[cells]), None, "", Problem(Code.ROW_SHORT, text))
    yield from duplicates_among(table)


def duplicates_among(table: Table) -> Iterator[Finding]:
    if any(cells.all_differ for cells in table.columns):
        return
    first: dict[tuple[str, ...], int] = {}
    for row, record in table.rows():
        if (before := first.setdefault(record, row)) != row:
            text = f"{before}行目と同じ内容の行です。"
            yield at(row, Column(1, table.header[0]), None, record[0], Problem(Code.ROW_DUPLICATE, text))


# The cells

REQUIRED = Problem(Code.REQUIRED, "必須の項目が空です。値を入力してください。")


def about_column(table: Table, match: Match, municipality: str | None) -> Iterator[Spot]:
    """What is wrong in one column, in no particular order."""
    cells = table.columns[match.column.index - 1]
    field = match.meant or FREE
    wrong = problems(cells, rule_of(field), field)
    if field.kind == "municipality_code" and municipality:
        _add_other_prefectures(wrong, {*cells.text().split(END)}, municipality)
    if field.kind == "text":
        wrong |= {value: [Problem(Code.EXCEL_DATE, EXCELS, better)] for value, better in months_among(cells)}
    if field.required:
        blank = [value for value in wrong if value.isspace()]
        wrong |= {nothing: [REQUIRED] for nothing in [*blank, *([""] if cells.empty else [])]}
    if wrong:
        for position, value in cells.find(wrong):
            for problem in wrong[value]:
                yield Spot(position, value, problem)
    if field.unique:
        yield from _duplicates(table, cells)


EXCELS = "Excelが日付に変えた値と思われます。"
MONTH, OF_TWO = re.compile("([0-9]{1,2})月([0-9]{1,2})日"), re.compile("[0-9]{1,4}-[0-9]{1,4}")


def months_among(cells: Cells) -> Iterator[tuple[str, str]]:
    """1月2日 among values like 3-15 was 1-2 until Excel opened the file; elsewhere it is a day."""
    if "月" not in (text := cells.text()):
        return
    values = text.split(END)[:-1]
    days = [day for value in values if (day := MONTH.fullmatch(value))]
    if days and sum(bool(OF_TWO.fullmatch(value)) for value in values) * 2 >= len(values):
        yield from ((day[0], f"{day[1]}-{day[2]}") for day in days)


def _add_other_prefectures(wrong: dict[str, list[Problem]], codes: set[str], municipality: str) -> None:
    for code in codes:
        if code[:2] != municipality[:2] and is_municipality_code(code):
            text = f"設定された市町村のコード（{municipality}）と都道府県が異なります。"
            wrong.setdefault(code, []).append(Problem(Code.CODE_OTHER, text))


def _duplicates(table: Table, cells: Cells) -> Iterator[Spot]:
    """Every repetition points to the first row with that value."""
    repeated = cells.repeated()
    first: dict[str, int] = {}
    for position, value in cells.find(repeated) if repeated else ():
        before = first.setdefault(value, position)
        if before != position:
            text = f"{table.numbers[before]}行目と同じ値です。1行ごとに異なる値を入力してください。"
            yield Spot(position, value, Problem(Code.DUPLICATE, text))
