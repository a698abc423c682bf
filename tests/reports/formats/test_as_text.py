from reports.formats import as_text
from reports.formats.blocks import Block, BlockKind, SpanOrigin, generated, typed

REPORT = (
    Block(BlockKind.TITLE, "title", (generated("見本市 第1回「まちづくり部会」結果報告"),)),
    Block(
        BlockKind.FIELD,
        "attendance",
        (generated("12名"),),
        label="出席",
        children=(Block(BlockKind.FIELD_LINE, "attendance-member", (generated("部会メンバー12名"),)),),
    ),
    Block(BlockKind.SECTION, "details", (generated("詳細"),)),
    Block(BlockKind.ITEM, "item-1", (typed("意見交換"),), label="1"),
    Block(
        BlockKind.POINT,
        "entry-1",
        (typed("資料を早く見たいとの意見あり"),),
        children=(Block(BlockKind.REPLY, "entry-2", (typed("3日前に配ることとした"),)),),
    ),
    Block(BlockKind.PLAIN, "entry-3", (typed("担当は事務局"),)),
    Block(BlockKind.SUBSECTION, "questions", (generated("質疑"),)),
    Block(
        BlockKind.QUESTION,
        "question-1",
        (typed("次はいつか？"),),
        children=(
            Block(BlockKind.ANSWER, "answer-1", (typed("来月を予定"),)),
            Block(BlockKind.ANSWER, "answer-2", withheld="調整中のため"),
        ),
    ),
    Block(BlockKind.END, "end", (generated("以上"),)),
)

TEXT = """\
見本市 第1回「まちづくり部会」結果報告

【出席】 12名

部会メンバー12名

【詳細】

1. 意見交換

○資料を早く見たいとの意見あり
→3日前に配ることとした

担当は事務局

《質疑》

Q. 次はいつか？

A. 来月を予定

A. （一部非公開：調整中のため）

以上
"""


def test_blocks_stand_apart_and_replies_under_their_point():
    assert as_text.render(REPORT) == TEXT


def test_every_character_is_counted_once():
    people = len("意見交換資料を早く見たいとの意見あり3日前に配ることとした担当は事務局次はいつか？来月を予定")
    assert as_text.count(REPORT) == {
        SpanOrigin.TYPED: people,
        SpanOrigin.OVERRIDE: 0,
        SpanOrigin.GENERATED: len(TEXT.strip()) - people,
    }
