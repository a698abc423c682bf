"""`check_csv FILE`: the upload page's engine on the command line. It needs no database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

import tablecheck as intake
from tablecheck import Checked, Level, Unreadable
from tablecheck.rules.codes import is_municipality_code
from tablecheck.standards import Standard

LEVELS = {Level.ERROR: "エラー", Level.WARNING: "注意", Level.INFO: "情報"}
CLEAN, ERRORS, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = "表のファイル（csv・tsv・xlsx・xls・ods）を標準の定義と照らし合わせ、指摘と修正の候補を表示します。"
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--standard", metavar="NAME|TABLE_SCHEMA.json", help="データの種類（省略時は列から判定）"
        )
        parser.add_argument("--sheet", metavar="NAME", help="読み込むシート")
        parser.add_argument("--municipality", metavar="CODE", help="全国地方公共団体コード（6桁）")
        parser.add_argument("--boundary", metavar="GEOJSON", type=Path, help="市町村の境界")
        parser.add_argument("--format", choices=["text", "json"], default="text", dest="form")
        parser.add_argument("--repair", metavar="OUT.csv", type=Path, help="安全な修正をして保存する先")

    def handle(self, *, file: Path, form: str, repair: Path | None, **options: Any) -> None:
        try:
            checked = self._check(file, **options)
            if repair:
                self._save(checked, repair)
        except Unreadable as error:
            raise SystemExit(self._refuse(file, form, error)) from None
        self.stdout.write(as_json(file, checked) if form == "json" else as_text(file, checked))
        raise SystemExit(ERRORS if checked.has_errors else CLEAN)

    def _check(
        self,
        file: Path,
        *,
        standard: str | None,
        sheet: str | None,
        municipality: str | None,
        boundary: Path | None,
        **_options: Any,
    ) -> Checked:
        if municipality and not is_municipality_code(municipality):
            raise Unreadable("municipality", f"「{municipality}」は全国地方公共団体コード（6桁）ではありません。")
        try:
            data = file.read_bytes()
        except OSError:
            raise Unreadable(
                "no-file", f"「{file}」を開けません。ファイルの場所と名前を確かめてください。"
            ) from None
        return intake.check(
            data,
            file.name,
            standard=standard_of(standard),
            sheet=sheet,
            municipality=municipality,
            boundary=intake.load_boundary(boundary) if boundary else None,
        )

    def _save(self, checked: Checked, target: Path) -> None:
        made = [repair for repair in intake.repairs_of(checked.findings) if repair.on]
        try:
            target.write_bytes(intake.to_csv(intake.apply(checked.table, made)))
        except OSError:
            raise Unreadable("no-target", f"「{target}」に保存できません。フォルダを確かめてください。") from None

    def _refuse(self, file: Path, form: str, error: Unreadable) -> int:
        """A programme reads the refusal on stdout, a person on stderr."""
        if form == "json":
            refusal = {"file": str(file), "error": {"code": error.code, "message": error.message}}
            self.stdout.write(json.dumps(refusal, ensure_ascii=False))
        else:
            self.stderr.write(f"{file}：{error.message}")
        return UNREADABLE


def standard_of(wanted: str | None) -> Standard | None:
    """A name of ours, or the path of a Table Schema."""
    if not wanted:
        return None
    if wanted.endswith(".json"):
        return intake.load_schema(Path(wanted))
    return intake.load(wanted)


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
    proposed = intake.repairs_of(checked.findings)
    made = sum(repair.on for repair in proposed)
    return "\n".join([*lines, f"{file}：{len(checked.table)}行。{sums}。自動で修正できる箇所 {made}か所。"])
