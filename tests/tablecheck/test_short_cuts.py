"""What makes large files fast gives the answers of the plain way: held against each other on invented columns."""

import polars as pl
import pytest
from hypothesis import assume, example, given, settings, strategies as st

from tablecheck import check
from tablecheck.bulk import BulkCells, columns_of
from tablecheck.cells import EARLY, FEW, PlainCells
from tablecheck.rules import KINDS, codes, rule_of
from tablecheck.standards import Field
from tablecheck.text import TextBlock

VALUES = st.sampled_from(["", "駅", "港", "公園", "1", "2", "10"]) | st.text("駅港0123456789 ー", max_size=4)
COLUMNS = st.lists(VALUES, max_size=80)
# Of these nothing repeats itself early.
LATE = COLUMNS.map(lambda values: [*map(str, range(100, 100 + EARLY)), *values])
NUMBERS = st.lists(st.sampled_from(["", "1", "2.5", "-3", "10"]), max_size=60)
TEXTS = st.text('駅1,\t"\r\n', max_size=60)
# Cells as a program writes them, quoted or not.
CELLS = st.sampled_from(
    ["駅", "", '"駅, 港"', '"約5""の板"', '"静か\nな館"', '""', '"駅', '駅"前', '"駅"前', '"駅\r\n前"']
)
ROWS = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8)


def rule_for(kind):
    return rule_of(Field("f", "列", kind, choices=("有", "無", "1")))


@pytest.mark.parametrize("kind", [kind for kind in sorted(KINDS) if rule_for(kind).clean != codes.NEVER])
@settings(deadline=None, max_examples=30)
@given(st.data())
def test_what_a_pattern_calls_clean_its_rule_finds_nothing_in(kind, data):
    field, rule = Field("f", "列", kind, choices=("有", "無", "1")), rule_for(kind)
    value = data.draw(st.from_regex(rule.clean, fullmatch=True))
    assume(value and "\0" not in value)
    assert list(rule.examine(value, field)) == []


def answers(cells):
    """Everything that rules and profile ask; in which order values come that stand there once is nobody's."""
    return {
        "cells": list(cells),
        "first": [cells[at] for at in range(len(cells))][:1],
        "counted": (len(cells), cells.empty, cells.filled, cells.distinct),
        "values": (sorted(cells.values), {*cells.text().split("\0")}),
        "found": cells.find({"駅", "1"}),
        "repeated": cells.repeated(),
        "often": [(value, times) for value, times in cells.top(3) if times > 1],
        "shown": len(cells.top(3)),
        "between": (cells.texts_between(set()), cells.texts_between({"駅", "港"})),
    }


@settings(deadline=None)
@given(COLUMNS | LATE)
def test_a_column_of_polars_answers_as_a_plain_one(values):
    assert answers(BulkCells(pl.Series(values, dtype=pl.String))) == answers(PlainCells(values))


@settings(deadline=None)
@given(NUMBERS)
def test_numbers_lie_between_the_same_ends(values):
    fast, plain = BulkCells(pl.Series(values, dtype=pl.String)), PlainCells(values)
    assert fast.numbers_between({"10"}) == plain.numbers_between({"10"})


def test_a_long_column_shares_equal_values():
    cells = PlainCells(["駅"] * FEW)
    cells.extend(f"公園{number // 10}" for number in range(20))
    assert (len(cells), cells[FEW], cells[FEW] is cells[FEW + 9]) == (FEW + 20, "公園0", True)


@settings(deadline=None)
@given(TEXTS, st.integers(1, 4))
# Lines that end in two ways.
@example("駅\r\n1\n2\r\n", 1)
@example("駅\n1\r2\n", 1)
def test_columns_at_once_are_the_rows_turned(text, width):
    block = TextBlock(text, ",")
    columns = block.columns(width)
    if columns is not None:
        assert list(map(list, zip(*columns, strict=True))) == list(block.rows())


@settings(deadline=None)
@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.booleans())
@example([('"駅"前', "駅"), ("駅", "駅")], "\n", True)
@example([('駅"前"', "駅"), ("駅", "駅")], "\n", True)
@example([("駅\r前", "駅")], "\n", True)
@example([('"駅\r\n前"', "駅")], "\r\n", True)
def test_with_quotes_all_three_ways_of_reading_tell_the_same_cells(rows, ending, ends):
    """Where a quote is not as a program writes it, the quick ways leave the text to the patient one."""
    text = ending.join(map(",".join, rows)) + ending * ends
    patient = list(TextBlock(text, ",").rows())
    quick, bulk = TextBlock(text, ",").columns(2), columns_of(text.encode(), 0, ",", 2)
    for columns in (quick, bulk):
        assert columns is None or list(map(list, zip(*columns, strict=True))) == patient


@pytest.mark.parametrize("rows", ["駅\n駅,北,\n", "駅\r\n駅,北,\r\n", '駅\n駅,"北",', "駅\n駅,北,"])
def test_a_short_line_and_one_with_a_cell_too_much_do_not_make_up_for_each_other(rows):
    assert columns_of(f"名称,所在地\n{rows}".encode(), 0, ",", 2) is None


def test_a_quote_in_the_middle_of_a_cell_begins_none():
    assert columns_of('名称,所在地\n駅",北",'.encode(), 0, ",", 2) is None


def test_a_large_file_with_quotes_is_held_by_polars_and_says_the_same():
    """Half a second: two megabytes."""
    lines = [f'館{at},"東町, {at}番地",{at % 7}' if at % 10 else f'館{at},"約5""の\n板",x' for at in range(70_000)]
    text = "\r\n".join(['"館名","所在地",数', *lines])
    large = check(text.encode())
    small = check(text[: text.index("館99,")].encode())
    assert [type(column) is BulkCells for column in large.table.columns] == [True] * 3
    assert [*large.table.rows()][:98] == [*small.table.rows()][:98]
    assert next(iter(large.table.rows())) == (2, ("館0", '約5"の\n板', "x"))


def test_a_file_of_few_rows_is_held_by_lists_however_long_they_are():
    """So polars is not loaded for it."""
    columns = check("名称,説明\r\n".encode() + ("駅," + "北" * 10_000 + "\r\n").encode() * 80).table.columns
    assert [type(column) for column in columns] == [PlainCells, PlainCells]
