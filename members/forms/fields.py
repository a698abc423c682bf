"""Names and readings as they are stored; addresses and numbers with the half width that was meant."""

import unicodedata
from typing import Any

from django import forms

from foundation.mail import addresses
from members import names


class HalfWidth(forms.CharField):
    def to_python(self, value: Any) -> str | None:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class HalfWidthField(HalfWidth):
    pass


class AddressField(forms.EmailField):
    """An email address, judged in the same words on every page."""

    default_validators = [addresses.refuse_wrong]

    def to_python(self, value: Any) -> str | None:
        return super().to_python(addresses.half_width(value) if isinstance(value, str) else value)


class DeliveryAddressField(AddressField):
    """One to which emails only go: also one that no standard allows, as carriers gave them out."""

    default_validators = [addresses.refuse_undeliverable]


class NameField(forms.CharField):
    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return names.name_as_stored(text) if text else text


class ReadingField(forms.CharField):
    """In hiragana or katakana."""

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return names.reading_as_stored(text) if text else text
