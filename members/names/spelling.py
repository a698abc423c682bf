"""What may stand in a name and in its reading, wherever they come from: a page, a command, a roster.

What is refused is refused in a sentence. What is right here but will be unreadable elsewhere is a doubt: whoever
typed it is asked once (`doubts`).
"""

import re
import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# NFC would replace these kanji of names (塚 神 祥 福 …) by others of the same meaning.
KEPT = r"\uf900-\ufaff\U0002f800-\U0002fa1f"
OTHERS = re.compile(rf"[^{KEPT}]+")
# Control characters, those of format and direction, lone surrogates, line separators.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Fillers that are letters to Unicode and nothing to the eye.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Marks that begin a text or pile up belong to no letter of any language.
STRAY_MARKS = re.compile(r"^[\u0300-\u036f\u3099\u309a]|[\u0300-\u036f]{4}")
# Hiragana, katakana with ・ ー and repeats, small ones of Ainu names, voiced marks that found no letter.
READING = re.compile(r"[\u3041-\u3096\u309d\u309e\u30a1-\u30fe\u31f0-\u31ff\u3099\u309a ]+")


def name_as_stored(text: str) -> str:
    """With one space between its parts and its letters composed; its kanji stay the ones that were typed."""
    composed = OTHERS.sub(lambda found: unicodedata.normalize("NFC", found[0]), _one_spaced(text))
    if unseen := next((sign for sign in composed if _is_unseen(sign)), ""):
        raise ValidationError(
            _("目に見えない文字（U+%s）が入っています。欄を空にして、入力し直してください。")
            % f"{ord(unseen):04X}",
            code="unseen",
        )
    if STRAY_MARKS.search(composed):
        raise ValidationError(
            _("文字に重ねる記号だけが入っています。文字と一緒に入力し直してください。"), code="marks"
        )
    return composed


def reading_as_stored(text: str) -> str:
    """ふりがな in hiragana or katakana: half width becomes full, anything else is refused."""
    typed = name_as_stored(text)
    reading = _one_spaced(unicodedata.normalize("NFKC", typed))
    if reading and not READING.fullmatch(reading):
        other = next(sign for sign in reading if not READING.fullmatch(sign))
        raise ValidationError(
            _("ふりがなは、ひらがなかカタカナで入力してください（「%s」は使えません）。") % other, code="reading"
        )
    return reading


def doubts(*texts: str) -> Iterator[str]:
    """Sentences about characters that many machines cannot show."""
    text = "".join(texts)
    if any(unicodedata.category(sign) == "Co" for sign in text):
        yield _("氏名に外字が入っています。外字は他の端末では表示されません。")
    if emoji := next((sign for sign in text if unicodedata.category(sign) in {"So", "Sk"}), ""):
        yield _("氏名に、文字ではない記号（%s）が入っています。") % emoji


def _one_spaced(text: str) -> str:
    """Blanks of any width between the parts become one, at the ends none; a tab is a blank to who pasted it."""
    return re.sub(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+", " ", text).strip(" ")


def _is_unseen(sign: str) -> bool:
    """Kanji younger than this Python's tables are characters all the same; U+FFFF and its like never are."""
    is_none = ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
    return is_none or unicodedata.category(sign) in UNSEEN or sign in BLANK
