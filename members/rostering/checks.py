"""What a name may hold, as far as an import looks: each answers with a sentence, or with nothing."""

import re
import unicodedata

import jaconv
from django.utils.translation import gettext as _

from foundation.ui.fields import visible_length

LONGEST_NAME = 50
# Hiragana, the long vowel, ・ and a blank, by what Unicode calls them.
OF_A_READING = ("HIRAGANA LETTER", "HIRAGANA ITERATION", "HIRAGANA VOICED ITERATION")
OF_A_READING += ("KATAKANA-HIRAGANA PROLONGED", "KATAKANA MIDDLE DOT", "SPACE")
HALF_KANA = re.compile("[\uff66-\uff9f]+")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
PICTURES = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")


def name(text: str) -> str:
    """As it was written; only marks that stand apart from their character (か + ゛) are joined to it."""
    text = " ".join(text.split())
    joins = any(unicodedata.combining(character) for character in text)
    return unicodedata.normalize("NFC", text) if joins else text


def reading(text: str) -> str:
    """In full-width hiragana, however it was typed."""
    whole = HALF_KANA.sub(lambda half: unicodedata.normalize("NFKC", half[0]), text)
    return jaconv.kata2hira(" ".join(unicodedata.normalize("NFC", whole).split()))


def wrong_with_name(text: str) -> str:
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} for character in text):
        return _(
            "氏名に、目に見えない文字（文字の並ぶ向きを変える記号など）が含まれています。入力し直してください。"
        )
    if len(text) > LONGEST_NAME:
        return _("氏名は、姓・名それぞれ50文字以内で入力してください（現在は%s文字です）。") % visible_length(text)
    return ""


def doubtful_in_name(text: str) -> str:
    if PRIVATE.search(text):
        return _("氏名に外字があります。他のパソコンでは表示されません。別の文字で入力してください。")
    if PICTURES.search(text):
        return _("氏名に絵文字があります。名簿の元の表記を確認してください。")
    return ""


def wrong_with_reading(text: str) -> str:
    if not all(unicodedata.name(character, "").startswith(OF_A_READING) for character in text):
        return _("「%s」：ふりがなは、ひらがな又はカタカナで入力してください。") % text[:20]
    if len(text) > LONGEST_NAME:
        return _("ふりがなは、姓・名それぞれ50文字以内で入力してください。")
    return ""
