"""What people type with the wrong width: letters and figures of addresses and numbers, never of names."""

import unicodedata
from typing import Any

from django import forms


class HalfWidth(forms.CharField):
    def to_python(self, value: Any) -> str | None:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class HalfWidthField(HalfWidth):
    pass


class HalfWidthEmailField(HalfWidth, forms.EmailField):
    pass
