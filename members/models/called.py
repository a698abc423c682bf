from typing import Any

from members import names
from members.states import Channel


class Called:
    """How somebody is called and reached, by the columns of a person: a person, or a line of a list with them."""

    # Text, which in a person is a field of the model.
    family_name: Any
    given_name: Any
    family_kana: Any
    given_kana: Any
    display_family_name: Any
    display_given_name: Any
    display_family_kana: Any
    display_given_kana: Any
    email: Any
    delivery_email: Any
    channel: Any

    def __str__(self) -> str:
        return names.spaced(self)

    @property
    def shown_family_name(self) -> str:
        return self.display_family_name or self.family_name

    @property
    def shown_given_name(self) -> str:
        return self.display_given_name or self.given_name

    @property
    def shown_family_kana(self) -> str:
        return self.display_family_kana if self.display_family_name else self.family_kana

    @property
    def shown_given_kana(self) -> str:
        return self.display_given_kana if self.display_given_name else self.given_kana

    @property
    def kana(self) -> str:
        """The reading of the name that is shown."""
        return f"{self.shown_family_kana} {self.shown_given_kana}".strip()

    @property
    def address(self) -> str:
        """Where emails go; empty if the person gets slips of paper."""
        return (self.delivery_email or self.email or "") if self.channel == Channel.MAIL else ""
