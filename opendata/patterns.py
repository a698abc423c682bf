"""What is looked for in the sections' Japanese: data, not texts of a page."""

import re

# Columns that speak of persons, whatever the standard.
PERSONS = re.compile("氏名|担当者|代表者|生年月日|年齢|性別|職員番号|個人")
# Of a facility these are the point of the standard; in a column of the section's own they may be somebody's.
CONTACTS = re.compile("名前|電話|携帯|tel|住所|メール|mail|口座|連絡先|メモ", re.IGNORECASE)
MOBILE = re.compile(r"0[789]0-?[0-9]{4}-?[0-9]{4}")
MAIL_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# In a standard's descriptions: references to the notes of its own document.
NOTES = re.compile(r"[（(]注[0-9]+[)）]|[（(]No\.[0-9]+[)）]")
INSTRUCTION = "を記載。"


def for_readers(description: str) -> str:
    """The standard tells a section what to write in a column; a reader wants to know what stands there."""
    return NOTES.sub("", description).replace(INSTRUCTION, "。")
