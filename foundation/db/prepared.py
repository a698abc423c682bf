"""Queries that stand behind many pages: Django makes their SQL once in each process, and each run has its values.

Of a query that joins six tables, to make the SQL takes several times as long as the answer.
"""

from collections.abc import Callable
from copy import copy
from datetime import date
from functools import lru_cache
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import connections
from django.db.models import Expression, Field, QuerySet

Row = TypeVar("Row")
Shape = ParamSpec("Shape")


class Blank(Expression):
    """A place in the SQL for a value that each run brings along, written as the database has it."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class Prepared(Generic[Row]):
    def __init__(self, rows: "QuerySet[Any, Row]") -> None:
        self.rows = rows
        self.compiler: Any = rows.query.get_compiler(rows.db)
        self.sql, params = self.compiler.as_sql()
        self.params = tuple(params)
        if any(isinstance(value, date) for value in self.params):
            raise TypeError("A day or a moment would stand in this query for as long as the process lives.")

    def run(self, **given: Any) -> list[Row]:
        compiler = copy(self.compiler)
        compiler.connection = connections[self.rows.db]
        params = tuple(given[each.name] if isinstance(each, Blank) else each for each in self.params)
        rows = self.rows.all()
        # Shadow the methods of these two copies; what else Django does with the rows remains.
        vars(compiler)["as_sql"] = lambda *_args, **_kwargs: (self.sql, params)
        vars(rows.query)["get_compiler"] = lambda *_args, **_kwargs: compiler
        return list(rows)


def prepared(build: "Callable[Shape, QuerySet[Any, Row]]") -> Callable[Shape, Prepared[Row]]:
    """The function makes the query, with a Blank for whatever a request brings; its arguments are its shape."""

    @lru_cache(maxsize=200)
    def made(*shape: Any, **named: Any) -> Prepared[Row]:
        return Prepared(build(*shape, **named))

    return made  # type: ignore[return-value]  # lru_cache forgets what a function takes
