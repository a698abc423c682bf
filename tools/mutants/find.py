"""Which guards there are: each raise, condition, operand of a condition or a query, promise of the database.

A mutant is the text of a file with one of them taken out or turned, or a database without one of its promises.
"""

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from django.apps import apps

from tools.floors import FLOORS, ROOT

# Rewritten on each squash, and the fictitious town, which is data.
LEFT_OUT = {"migrations", "demo"}
QUERIES = {"filter", "exclude", "Q"}
# Guards that are called: they raise for the one who calls them.
CALLED = {"demand", "refuse_stale"}


@dataclass(frozen=True)
class Mutant:
    path: str
    line: int
    kind: str
    before: str
    after: str
    start: int
    end: int
    # The how manieth of its like in the file.
    turn: int = 1

    @property
    def is_promise(self) -> bool:
        return self.kind == "promise"

    @property
    def key(self) -> str:
        """The same guard in the same file, wherever it moves."""
        like = f"{self.path} {self.kind} {self.before} {self.after}"
        return sha256(f"{like}{f' {self.turn}' if self.turn > 1 else ''}".encode()).hexdigest()[:12]

    def applied_to(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.kind}: {one_line(self.before)} → {one_line(self.after)}"


def one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 90 else f"{text[:87]}…"


def sources() -> Iterator[Path]:
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("*.py")):
            if not LEFT_OUT & set(path.parts):
                yield path


def mutants_of(path: Path) -> Iterator[Mutant]:
    source = path.read_bytes()
    finder = Finder(path.relative_to(ROOT).as_posix(), source)
    finder.visit(ast.parse(source))
    likes = Counter[str]()
    # A broken text would be noticed by anything.
    for mutant in finder.found:
        try:
            compile(mutant.applied_to(source), mutant.path, "exec")
        except SyntaxError:
            continue
        likes[mutant.key] += 1
        yield replace(mutant, turn=likes[mutant.key])


def promises() -> Iterator[Mutant]:
    """The constraints that the models declare, and the triggers of the migrations."""
    for model in apps.get_models():
        path = Path(inspect.getfile(model))
        if ROOT in path.parents and path.relative_to(ROOT).parts[0] in FLOORS:
            for constraint in model._meta.constraints:
                yield promise(path, constraint.name)
    for floor in FLOORS:
        for path in sorted((ROOT / floor).rglob("migrations/*.py")):
            for name in re.findall(r"CREATE TRIGGER (\w+)", path.read_text()):
                yield promise(path.parent.parent / "models.py", name)


def promise(path: Path, name: str) -> Mutant:
    return Mutant(path.relative_to(ROOT).as_posix(), 0, "promise", name, "", 0, 0)


class Finder(ast.NodeVisitor):
    def __init__(self, path: str, source: bytes) -> None:
        self.path, self.source = path, source
        self.found: list[Mutant] = []
        # ast counts columns in bytes.
        self.line_starts = [0]
        for line in source.splitlines(keepends=True):
            self.line_starts.append(self.line_starts[-1] + len(line))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """A change in a Meta is noticed by the check for missing migrations; promises are taken out apart."""
        if node.name != "Meta":
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self.add("raise", node, "pass")
        self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test) != "TYPE_CHECKING":
            self.turn(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        """Turned, it would only run for ever or never."""
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self.turn(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for condition in node.ifs:
            self.turn(condition)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        word = " and " if isinstance(node.op, ast.And) else " or "
        for left_out in node.values:
            rest = [self.text(value) for value in node.values if value is not left_out]
            self.add("operand", node, f"({word.join(f'({text})' for text in rest)})")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Call) and name_of(node.value) in CALLED:
            self.add("guard", node, "pass")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if name_of(node) in QUERIES:
            operands: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
            for left_out in operands:
                rest = ", ".join(self.text(operand) for operand in operands if operand is not left_out)
                self.add("query", node, f"{self.text(node.func)}({rest})")
        self.generic_visit(node)

    def turn(self, condition: ast.expr) -> None:
        self.add("condition", condition, f"(not ({self.text(condition)}))")

    def add(self, kind: str, node: ast.stmt | ast.expr, after: str) -> None:
        start, end = self.span(node)
        before = self.source[start:end].decode()
        self.found.append(Mutant(self.path, node.lineno, kind, before, after, start, end))

    def text(self, node: ast.expr | ast.keyword) -> str:
        start, end = self.span(node)
        return self.source[start:end].decode()

    def span(self, node: ast.stmt | ast.expr | ast.keyword) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.line_starts[node.lineno - 1] + node.col_offset
        return start, self.line_starts[node.end_lineno - 1] + node.end_col_offset


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
