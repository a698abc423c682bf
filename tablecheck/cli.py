"""The engine on the command line: `python -m tablecheck`, `dxbukai check` and `manage.py check_csv` are this.

The file is read in a child, as the portal does it: whatever it does to its reader, a person reads a sentence here,
and no word of the reader's own. `python -X dev -m tablecheck FILE` lets the child's words through.
"""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Thread
from typing import IO, Any, NamedTuple

from tablecheck.apart import died
from tablecheck.check import check
from tablecheck.relations.boundary import load_boundary
from tablecheck.repairs import apply, repairs_of, to_csv
from tablecheck.rules.codes import is_municipality_code
from tablecheck.standards import Standard, load_schema
from tablecheck.table import Checked
from tablecheck.vocabulary import Level, Unreadable

HELP = "表のファイル（csv・tsv・xlsx・xls・ods）を標準の定義と照らし合わせ、指摘と修正の候補を表示します。"
LEVELS = {Level.ERROR: "誤り", Level.WARNING: "確認", Level.INFO: "お知らせ"}
CLEAN, ERRORS, UNREADABLE = 0, 1, 2
# How the child ends without an answer: by a mistake (Python's own 1); whatever else is want of memory.
MISTAKE, OUT_OF_MEMORY = 1, 77
# In bytes; macOS does not keep it, Windows knows no such limit.
MEMORY = 4 << 30
ROOT = Path(__file__).resolve().parents[1]
ASKED = ("file", "standard", "sheet", "municipality", "boundary", "format", "repair")


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
    parser.add_argument(
        "--progress",
        action="store_true",
        default=sys.stderr.isatty(),
        help="進み具合を標準エラー出力に表示（端末では、指定しなくても表示）",
    )


class Printed(NamedTuple):
    code: int
    out: str
    err: str = ""


def main(arguments: list[str] | None = None, *, program: str = "python -m tablecheck") -> int:
    return run(parsed(arguments, program))


def parsed(arguments: list[str] | None, program: str = "python -m tablecheck") -> Namespace:
    parser = ArgumentParser(prog=program, description=HELP)
    add_arguments(parser)
    return parser.parse_args(arguments)


def run(options: Namespace) -> int:
    """Print what was found, and return the exit code."""
    answer = _asked_of_a_child(options)
    sys.stdout.write(answer.out)
    sys.stderr.write(answer.err)
    return answer.code


def _asked_of_a_child(options: Namespace) -> Printed:
    asked = {name: value and str(value) for name in ASKED for value in [getattr(options, name)]}
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    with _progress(options) as (told, inherited):
        child = subprocess.run(
            [sys.executable, "-P", "-m", "tablecheck.cli", json.dumps(asked), *map(str, inherited)],
            env=os.environ | {"PYTHONPATH": path, "RUST_BACKTRACE": "0", "POLARS_MAX_THREADS": "2"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=None if sys.flags.dev_mode else subprocess.DEVNULL,
            check=False,
            **told,
        )
    if child.returncode == 0:
        return Printed(*json.loads(child.stdout))
    return _refusal(options, died("unknown" if child.returncode == MISTAKE else "memory"))


@contextmanager
def _progress(options: Namespace) -> Iterator[tuple[dict[str, Any], list[int]]]:
    """A pipe on which the child tells how far it is, shown while it works; Windows hands on no such pipe."""
    if not options.progress or os.name != "posix":
        yield {}, []
        return
    reads, writes = os.pipe()
    showing = Thread(target=_show, args=(reads,))
    showing.start()
    try:
        yield {"pass_fds": [writes]}, [writes]
    finally:
        os.close(writes)
        showing.join()


def _show(reads: int) -> None:
    with os.fdopen(reads) as lines:
        for line in lines:
            done, total = line.split()
            sys.stderr.write(f"\r確認中 {done}/{total}列")
            sys.stderr.flush()
            if done == total:
                sys.stderr.write("\n")


def answer_as_a_child(asked: str, progress: str = "") -> None:
    """With the words of `main` and a limit on memory; the answer goes to stdout as JSON."""
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    options = Namespace(**json.loads(asked))
    for name in ("file", "boundary", "repair"):
        setattr(options, name, getattr(options, name) and Path(getattr(options, name)))
    try:
        with os.fdopen(int(progress), "w") if progress else nullcontext() as telling:
            json.dump(answered(options, telling), sys.stdout)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def answered(options: Namespace, telling: IO[str] | None = None) -> Printed:
    """In this very process."""
    try:
        checked = _checked(options, telling)
        if options.repair:
            _save(checked, options.repair)
    except Unreadable as error:
        return _refusal(options, error)
    said = (as_json if options.format == "json" else as_text)(options.file, checked)
    return Printed(ERRORS if checked.has_errors else CLEAN, f"{said}\n")


def _checked(options: Namespace, telling: IO[str] | None) -> Checked:
    def tell(done: int, total: int) -> None:
        if telling:
            telling.write(f"{done} {total}\n")
            telling.flush()

    code = options.municipality
    if code and not is_municipality_code(code):
        raise Unreadable("municipality", f"「{code}」は全国地方公共団体コード（6桁）ではありません。")
    return check(
        _bytes_of(options.file),
        options.file.name,
        standard=_standard(options.standard),
        sheet=options.sheet,
        municipality=code,
        boundary=load_boundary(options.boundary) if options.boundary else None,
        progress=tell,
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


def _refusal(options: Namespace, error: Unreadable) -> Printed:
    """A programme reads the refusal on stdout, a person on stderr."""
    if options.format == "json":
        refusal = {"file": str(options.file), "error": {"code": error.code, "message": error.message}}
        return Printed(UNREADABLE, json.dumps(refusal, ensure_ascii=False) + "\n")
    return Printed(UNREADABLE, "", f"{options.file}：{error.message}\n")


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


if __name__ == "__main__":
    answer_as_a_child(*sys.argv[1:])
