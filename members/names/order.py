"""五十音順 after JIS X 4061, without ICU: a key whose code points sort as people look names up."""

import unicodedata

VOICED, HALF_VOICED = "\u3099", "\u309a"
LONG, REPEATED = "ー", "ゝ"
# Below every kana, so that a name stands before the longer one that begins with it.
END = "\u3000"

VOWELS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
    "ん": "ん",
}
VOWEL_OF = {kana: vowel for vowel, row in VOWELS.items() for kana in row}
SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
# Small ones of Ainu names are katakana only.
SMALL |= dict(zip("ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ", "くしすとぬはひふへほむらりるれろ", strict=True))
# Of two that sound alike: a long mark comes first, then a small kana, a repeat, a large one.
SIZES = {LONG: "0", "small": "1", REPEATED: "2", "large": "3"}


def sort_key(family: str, given: str) -> str:
    """What is compared first for the whole name: large kana without marks. Only then what tells はは from ばば.

    In this order: voiced marks (は ば ぱ), the size of kana, hiragana before katakana.
    """
    parts = [_levels(family), _levels(given)]
    sounds = END.join(sound for sound, *_ties in parts)
    ties = ["".join(level) for level in zip(*(ties for _sound, *ties in parts), strict=True)]
    return END.join([sounds, *ties])


def _levels(reading: str) -> tuple[str, str, str, str]:
    """Four strings of one length: the sounds, and three kinds of difference in figures."""
    sounds, voices, sizes, scripts = "", "", "", ""
    for character in unicodedata.normalize("NFD", unicodedata.normalize("NFKC", reading)):
        if character in VOICED + HALF_VOICED and sounds:
            voices = voices[:-1] + ("1" if character == VOICED else "2")
        elif unicodedata.category(character)[0] in "LN":
            hiragana = to_hiragana(character)
            sound, size = _large(hiragana, sounds[-1:])
            sounds, sizes = sounds + sound, sizes + size
            # A long mark is in both scripts the same.
            scripts += "0" if hiragana == character else "1"
            voices += "0"
    return sounds, voices, sizes, scripts


def _large(kana: str, before: str) -> tuple[str, str]:
    if kana == LONG:
        return VOWEL_OF.get(before, LONG), SIZES[LONG]
    if kana == REPEATED:
        return before or kana, SIZES[REPEATED]
    return (SMALL[kana], SIZES["small"]) if kana in SMALL else (kana, SIZES["large"])


def to_hiragana(text: str) -> str:
    """サ → さ; what has no hiragana stays."""
    return "".join(chr(ord(kana) - 0x60) if "ァ" <= kana <= "ヶ" or kana in "ヽヾ" else kana for kana in text)
