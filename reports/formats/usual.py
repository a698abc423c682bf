"""The first style, in which a report is written where its group chose no other; what each sentence can hold."""

PARTS = "日時\n場所\n出席\n概要\n詳細\n質疑\n連絡事項：連絡事項等\n末尾：以上"
NAME = "結果報告"
TITLE = "{設置者} 第{回}回「{会議体}」結果報告"
PURPOSE = "{目的}{構成}設置した「{会議体}」について、{回の位置}の会議を開催した。"
TURNOUT = "{参加}{成果}"
REQUEST = "{期限}の開催に向けて、{課題}"
ITEM = "{番号}. {議題}"
OUTCOME, HEADING, HANDOUTS = "成果", "議題", "資料"
# What the rows put into each sentence of a style.
FIELDS = {
    "title": ("設置者", "会議体", "回"),
    "purpose": ("目的", "構成", "会議体", "回", "回の位置"),
    "turnout": ("参加", "出席数", OUTCOME),
    "request": ("期限", "課題"),
    "item_form": ("番号", HEADING, HANDOUTS),
}
