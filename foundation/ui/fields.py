"""Fields that count and read as people do."""

import datetime as dt
import unicodedata
from collections.abc import Sized
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki

# Before it the calendar was another, and as moments in UTC the first years cannot be stored.
EARLIEST = dt.date(1873, 1, 1)
# Nothing is planned for later, and from 9999 no next day can be reckoned.
LATEST = dt.date(2199, 12, 31)
JOINER = "\u200d"
SKIN_TONES = range(0x1F3FB, 0x1F400)
REGIONAL = range(0x1F1E6, 0x1F200)


def visible_length(text: str) -> int:
    """Characters as a reader counts them: 𠮷, が and 👨‍👩‍👧 are one each; so does the counter in portal.js."""
    count, previous, flags = 0, "", 0
    for character in text:
        flags = flags + 1 if ord(character) in REGIONAL else 0
        joined = previous == JOINER or flags == 2
        marks = unicodedata.category(character).startswith("M") or ord(character) in SKIN_TONES
        if not (joined or marks or character == JOINER):
            count += 1
        flags %= 2
        previous = character
    return count


class VisibleLength(MaxLengthValidator):
    message = _("%(limit_value)s文字以内で入力してください（現在は%(show_value)s文字です）。")

    def clean(self, x: Sized) -> int:
        return visible_length(str(x))


class ParagraphField(forms.CharField):
    """Several lines of plain text; line ends are one character, as the browser's counter has it.

    Without a `counter` where nobody writes so much by hand.
    """

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, max_length: int | None = None, counter: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.counter = counter
        self.max_length = max_length
        if max_length:
            self.validators.append(VisibleLength(max_length))

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text


class DayField(forms.DateField):
    """A day in any of the office's spellings: 2021-05-18, R3.5.18, 令和3年5月18日（火）."""

    def to_python(self, value: Any) -> dt.date | None:
        value = value.strip() if isinstance(value, str) else value
        if not value or not isinstance(value, str):
            return super().to_python(value)
        try:
            day = wareki.parse_date(value)
        except ValueError as reason:
            raise ValidationError(str(reason), code="invalid") from reason
        refuse_out_of_reach(day)
        return day


class MomentField(forms.DateTimeField):
    """A day and a time, as the browser's picker has them."""

    def to_python(self, value: Any) -> dt.datetime | None:
        moment = super().to_python(value)
        if moment:
            refuse_out_of_reach(moment.date())
        return moment


class DeadlineField(MomentField):
    """Until midnight means to some the night before, to others the night after: neither can be meant here."""

    def to_python(self, value: Any) -> dt.datetime | None:
        moment = super().to_python(value)
        if moment and moment.time() == dt.time():
            eve = wareki.short_date(moment - dt.timedelta(days=1))
            raise ValidationError(
                _(
                    "「午前0時まで」は、前日の夜までか当日の夜までか、読む方が迷います。"
                    "%sの夜までであれば、午後11時59分を入力してください。"
                )
                % eve,
                code="midnight",
            )
        return moment


def refuse_out_of_reach(day: dt.date) -> None:
    """Days that are written by a slip of the finger, and that no reckoning gets on with."""
    if day < EARLIEST:
        raise ValidationError(_("明治6年より前の日付は入力できません。年を確認してください。"), code="invalid")
    if day > LATEST:
        raise ValidationError(_("2199年より後の日付は入力できません。年を確認してください。"), code="invalid")
