import json

from reports.formats import blocks
from reports.formats.blocks import Block, BlockKind, SpanOrigin, generated, overridden, typed

REPLY = Block(BlockKind.REPLY, "entry-2", (typed("資料の配布を早めることとした"),))
POINT = Block(BlockKind.POINT, "entry-1", (typed("資料を読む時間がほしいとの意見あり"),), children=(REPLY,))
FIELD = Block(BlockKind.FIELD, "held", (generated("令和3年5月18日（火）"),), label="日時")
CHANGED = Block(
    BlockKind.POINT,
    "entry-3",
    (generated("次回までに"), overridden("3つ提出", computed="1つ提出", reason="部会長の指示による")),
)


def test_blocks_are_numbered_in_reading_order():
    assert [(number, block.key) for number, block in blocks.numbered([FIELD, POINT, CHANGED])] == [
        (1, "held"),
        (2, "entry-1"),
        (3, "entry-2"),
        (4, "entry-3"),
    ]


def test_a_block_tells_whose_words_it_holds():
    assert [block.origin for block in (FIELD, POINT, CHANGED)] == [
        SpanOrigin.GENERATED,
        SpanOrigin.TYPED,
        SpanOrigin.OVERRIDE,
    ]


def test_a_withheld_block_shows_its_reason_and_nothing_else():
    block = Block(BlockKind.POINT, "entry-4", withheld="個人に関する内容のため")
    assert block.text == "（一部非公開：個人に関する内容のため）"


def test_what_is_frozen_comes_back_the_same():
    tree = (FIELD, POINT, CHANGED, Block(BlockKind.POINT, "entry-4", withheld="個人に関する内容のため"))
    assert blocks.from_json(json.loads(json.dumps(blocks.to_json(tree)))) == tree
