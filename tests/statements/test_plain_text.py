"""A text as it was typed, and what a page makes of it."""

import pytest
from django.template.loader import render_to_string

from statements.plain_text import parts_of


def parts(text):
    return [(part.sort.value, *part.lines) for part in parts_of(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("一つ目\n二つ目\n\n三つ目", [("paragraph", "一つ目", "二つ目"), ("paragraph", "三つ目")]),
        ("■目的\n本文", [("heading", "目的"), ("paragraph", "本文")]),
        ("■一\n■二", [("heading", "一"), ("heading", "二")]),
        ("前文\n・一つ\n・二つ\n後文", [("paragraph", "前文"), ("list", "一つ", "二つ"), ("paragraph", "後文")]),
        ("　・字下げ\r\n　■字下げ", [("list", "字下げ"), ("heading", "字下げ")]),
        ("■\n・", [("paragraph", "■", "・")]),
        ("文中の・と■は文字", [("paragraph", "文中の・と■は文字")]),
        ("\n\n\n", []),
    ],
)
def test_the_first_sign_of_a_line_says_what_it_is(text, found):
    assert parts(text) == found


@pytest.mark.parametrize(("deep", "level"), [(False, "h2"), (True, "h3")])
def test_a_screen_reader_hears_headings_and_lists(deep, level):
    html = render_to_string("statements/_text.html", {"parts": parts_of("■目的\n一\n二\n・品"), "deep": deep})
    tidy = "".join(html.split())
    assert tidy == f"<{level}>目的</{level}><p>一<br>二</p><ul><li>品</li></ul>"


def test_markup_is_text():
    html = render_to_string("statements/_text.html", {"parts": parts_of("■<b>\n・<i>\n<script>")})
    assert ("&lt;b&gt;" in html, "&lt;i&gt;" in html, "<script" in html) == (True, True, False)
