"""What is looked for in the sections' Japanese: data, not texts of a page."""

import re

# In a standard's descriptions: references to the notes of its own document.
NOTES = re.compile(r"[（(]注[0-9]+[)）]|[（(]No\.[0-9]+[)）]")
INSTRUCTION = "を記載。"


def for_readers(description: str) -> str:
    """The standard tells a section what to write in a column; a reader wants to know what stands there."""
    return NOTES.sub("", description).replace(INSTRUCTION, "。")
