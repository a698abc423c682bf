"""The report as a page: how its words are set."""

import pytest

from reports.formats.as_html import body
from reports.formats.blocks import Block, BlockKind, generated


@pytest.mark.parametrize(
    "words", ["午後1時00分", "午前9時", "13時35分", "13:35"], ids=["half", "hour", "hours", "colon"]
)
def test_a_time_of_day_stays_on_one_line(words):
    block = Block(BlockKind.PARAGRAPH, "key", (generated(f"会議は{words}に始め、2時間で終えた。"),))
    shown = '<p class="report__paragraph">会議は<span class="nowrap">{}</span>に始め、2時間で終えた。</p>\n'
    assert body([block]) == shown.format(words)
