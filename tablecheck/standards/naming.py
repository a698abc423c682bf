"""Whether a column says what each row is called."""

import re

# A title that ends so names the row, unless it speaks of its town, its owner or whom to ask.
NAMES = re.compile(r"(名|名称|名前|氏名)(（[^）]*）|\([^)]*\))?$")
OF_OTHERS = re.compile(
    "団体名|都道府県名|市区?町村名|法人|連絡先|問合せ先|担当|所管|部署|課名|町名|建物名|添付|ファイル"
)


def names_the_row(title: str) -> bool:
    return bool(NAMES.search(title)) and not OF_OTHERS.search(title)
