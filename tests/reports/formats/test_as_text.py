from reports.formats import as_text
from reports.formats.blocks import Block, Kind, Origin, generated, typed

REPORT = (
    Block(Kind.TITLE, "title", (generated("見本市 第1回「まちづくり部会」結果報告"),)),
    Block(
        Kind.FIELD,
        "attendance",
        (generated("12名"),),
        label="出席",
        children=(Block(Kind.FIELD_LINE, "attendance-member", (generated("部会メンバー12名"),)),),
    ),
    Block(Kind.SECTION, "details", (generated("詳細"),)),
    Block(Kind.ITEM, "item-1", (typed("意見交換"),), label="1"),
    Block(
        Kind.POINT,
        "entry-1",
        (typed("資料を早く見たいとの意見あり"),),
        children=(Block(Kind.REPLY, "entry-2", (typed("3日前に配ることとした"),)),),
    ),
    Block(Kind.PLAIN, "entry-3", (typed("担当は事務局"),)),
    Block(Kind.SUBSECTION, "questions", (generated("質疑"),)),
    Block(
        Kind.QUESTION,
        "question-1",
        (typed("次はいつか？"),),
        children=(
            Block(Kind.ANSWER, "answer-1", (typed("来月を予定"),)),
            Block(Kind.ANSWER, "answer-2", withheld="調整中のため"),
        ),
    ),
    Block(Kind.END, "end", (generated("以上"),)),
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
        Origin.TYPED: people,
        Origin.OVERRIDE: 0,
        Origin.GENERATED: len(TEXT.strip()) - people,
    }
