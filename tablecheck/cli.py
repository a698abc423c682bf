"""The engine on the command line: `python -m tablecheck`, `dxbukai check` and `manage.py check_csv` are this."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from tablecheck import confined
from tablecheck.check import check
from tablecheck.relations.boundary import load_boundary
from tablecheck.repairs import apply, repairs_of, to_csv
from tablecheck.rules.codes import is_municipality_code
from tablecheck.sniff import OLE, ZIP
from tablecheck.standards import Standard, load_schema
from tablecheck.table import Checked
from tablecheck.vocabulary import Level, Unreadable

HELP = "表のファイル（csv・tsv・xlsx・xls・ods）を標準の定義と照らし合わせ、指摘と修正の候補を表示します。"
LEVELS = {Level.ERROR: "誤り", Level.WARNING: "確認", Level.INFO: "お知らせ"}
CLEAN, ERRORS, UNREADABLE = 0, 1, 2
OPTIONS = ("file", "standard", "sheet", "municipality", "boundary", "format", "repair")
# How a file begins that is read by a child: a ZIP, or an OLE file.
WORKBOOKS = (ZIP, OLE)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--standard",
        metavar="NAME|TABLE_SCHEMA.json",
        help="データの種類（省略時は列から判定。どの版かは列から判定）",
    )
    parser.add_argument("--sheet", metavar="NAME", help="読み込むシート")
    parser.add_argument("--municipality", metavar="CODE", help="全国地方公共団体コード（6桁）")
    parser.add_argument("--boundary", metavar="GEOJSON", type=Path, help="市町村の境界")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--repair", metavar="OUT.csv", type=Path, help="安全な修正をして保存する先")


def main(arguments: list[str] | None = None, *, program: str = "python -m tablecheck") -> int:
    parser = ArgumentParser(prog=program, description=HELP)
    add_arguments(parser)
    return run(parser.parse_args(arguments))


def run(options: Namespace) -> int:
    """Print what was found, and return the exit code."""
    try:
        data = _bytes_of(options.file)
        if data.startswith(WORKBOOKS) and not confined.is_confined():
            asked = {name: getattr(options, name) for name in OPTIONS}
            code, out, err = confined.answer_of(asked)
            sys.stdout.write(out)
            sys.stderr.write(err)
            return code
        checked = _checked(options, data)
        if options.repair:
            _save(checked, options.repair)
    except Unreadable as error:
        return _refuse(options, error)
    sys.stdout.write((as_json if options.format == "json" else as_text)(options.file, checked) + "\n")
    return ERRORS if checked.has_errors else CLEAN


def _checked(options: Namespace, data: bytes) -> Checked:
    code = options.municipality
    if code and not is_municipality_code(code):
        raise Unreadable("municipality", f"「{code}」は全国地方公共団体コード（6桁）ではありません。")
    return check(
        data,
        options.file.name,
        standard=_standard(options.standard),
        sheet=options.sheet,
        municipality=code,
        boundary=load_boundary(options.boundary) if options.boundary else None,
    )


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        message = f"「{file}」を開けません。ファイルの場所と名前を確認してください。"
        raise Unreadable("no-file", message) from None


def _standard(wanted: str | None) -> Standard | str | None:
    """A name of ours, or the path of a Table Schema."""
    return load_schema(Path(wanted)) if wanted and wanted.endswith(".json") else wanted or None


def _save(checked: Checked, target: Path) -> None:
    made = [repair for repair in repairs_of(checked.findings) if repair.on]
    try:
        target.write_bytes(to_csv(apply(checked.table, made)))
    except OSError:
        raise Unreadable("no-target", f"「{target}」に保存できません。フォルダーを確認してください。") from None


def _refuse(options: Namespace, error: Unreadable) -> int:
    """A programme reads the refusal on stdout, a person on stderr."""
    if options.format == "json":
        refusal = {"file": str(options.file), "error": {"code": error.code, "message": error.message}}
        sys.stdout.write(json.dumps(refusal, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(f"{options.file}：{error.message}\n")
    return UNREADABLE


def as_json(file: Path, checked: Checked) -> str:
    return json.dumps({"file": str(file), **checked.as_json()}, ensure_ascii=False)


def as_text(file: Path, checked: Checked) -> str:
    """One finding a line, the gravest first, and a sum at the end."""
    order = list(LEVELS)
    lines = [
        f"[{LEVELS[Level(finding.level)]}] {finding.message}"
        for finding in sorted(checked.findings, key=lambda finding: order.index(Level(finding.level)))
    ]
    sums = "、".join(
        f"{name}{sum(finding.level == level for finding in checked.findings)}件" for level, name in LEVELS.items()
    )
    made = sum(repair.on for repair in repairs_of(checked.findings))
    return "\n".join([*lines, f"{file}：{len(checked.table)}行。{sums}。自動で修正できる箇所 {made}か所。"])
