"""Real Excel files, as personnel offices make them."""

from datetime import date
from io import BytesIO

import xlsxwriter


def book(rows, *, merged=(), head=(), sheet="職員名簿", second=None):
    """`merged`: (first row, first column, last row, last column, text), counted from 0 below `head`."""
    target = BytesIO()
    made = xlsxwriter.Workbook(target, {"default_date_format": "yyyy/m/d", "in_memory": True})
    page = made.add_worksheet(sheet)
    for at, row in enumerate([*head, *rows]):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(at, column, value)
            else:
                page.write(at, column, value)
    for first, left, last, right, text in merged:
        page.merge_range(first + len(head), left, last + len(head), right, text)
    if second:
        made.add_worksheet(second).write(0, 0, "控え")
    made.close()
    return target.getvalue()
