"""What people type with the wrong width: letters and figures of addresses and numbers, never of names."""

import unicodedata

from django import forms


class HalfWidth:
    def to_python(self, value):
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class HalfWidthField(HalfWidth, forms.CharField):
    pass


class HalfWidthEmailField(HalfWidth, forms.EmailField):
    pass
