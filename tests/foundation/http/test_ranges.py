"""What part of a file is meant, compared with Python's own slices."""

import pytest
from hypothesis import given, strategies as st

from foundation.http.ranges import OutOfReach, asked

NUMBERS = st.one_of(st.none(), st.integers(0, 30))


def meant(first, last, data):
    if first is None:
        return data if last is None else data[max(0, len(data) - last) :]
    if last is not None and last < first:
        return data
    return data[first:] if last is None else data[first : last + 1]


def got(first, last, data):
    header = f"bytes={'' if first is None else first}-{'' if last is None else last}"
    try:
        part = asked(header, len(data))
    except OutOfReach:
        return b""
    return data[part.start : part.start + part.length] if part else data


@given(first=NUMBERS, last=NUMBERS, data=st.integers(0, 30).map(range).map(bytes))
def test_one_part_is_those_bytes_and_nothing_is_beyond_the_end(first, last, data):
    assert got(first, last, data) == meant(first, last, data)


@pytest.mark.parametrize("header", ["bytes=0-1,2-3", "bytes", "bytes=", "items=0-1", "bytes=٣-٤", "bytes=1 - 2"])
def test_what_is_no_single_part_means_the_whole(header):
    assert asked(header, 10) is None
