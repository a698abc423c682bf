"""What a name may hold, as an import says it: a sentence, or nothing. The rules are those of every name."""

from collections.abc import Callable

import jaconv
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.ui.fields import visible_length
from members import names

LONGEST_NAME = 50


def name(text: str) -> str:
    """As it will be stored; what cannot be stays as it came, and is said."""
    return _stored(names.name_as_stored, text)[0]


def reading(text: str) -> str:
    """In full-width hiragana, however it was typed."""
    return jaconv.kata2hira(_stored(names.reading_as_stored, text)[0])


def wrong_with_name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        return _("氏名は、姓・名それぞれ50文字以内で入力してください（現在は%s文字です）。") % visible_length(text)
    return _stored(names.name_as_stored, text)[1]


def doubtful_in_name(text: str) -> str:
    return next(names.doubts(text), "")


def wrong_with_reading(text: str) -> str:
    if len(text) > LONGEST_NAME:
        return _("ふりがなは、姓・名それぞれ50文字以内で入力してください。")
    return _stored(names.reading_as_stored, text)[1]


def _stored(rule: Callable[[str], str], text: str) -> tuple[str, str]:
    """The text by the rule, and what the rule refused about it."""
    try:
        return rule(text), ""
    except ValidationError as refusal:
        return text, refusal.messages[0]
