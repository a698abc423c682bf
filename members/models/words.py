from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from members import usual
from members.states import Category, Office

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OFFICES = {Office.CHAIR: "chair_word", Office.VICE_CHAIR: "vice_chair_word", Office.ACTING: "acting_word"}
CATEGORIES = {Category.MEMBER: "member_word", Category.EXPERT: "expert_word"}
WORDS = list(usual.WORDS)


def word(label: "StrOrPromise", usual: str, help_text: "StrOrPromise") -> "models.CharField[str, str]":
    return models.CharField(label, max_length=20, blank=True, default=usual, db_default=usual, help_text=help_text)


class Words(models.Model):
    """What a body calls itself and its people: 部会メンバー and 部会長 here, 委員 and 会長 there.

    The town holds those that its next group begins with, each group its own. No page, email or report has them
    from anywhere else.
    """

    body_word = word(_("会議体の呼び方"), usual.WORDS["body_word"], _("例：部会、審議会、委員会、協議会"))
    member_word = word(_("構成員の呼び方"), usual.WORDS["member_word"], _("例：部会メンバー、委員"))
    expert_word = word(
        _("庁外から参加する方の呼び方"), usual.WORDS["expert_word"], _("例：外部有識者、学識経験者、アドバイザー")
    )
    chair_word = word(_("長の呼び方"), usual.WORDS["chair_word"], _("例：部会長、会長、委員長"))
    vice_chair_word = word(_("副の呼び方"), usual.WORDS["vice_chair_word"], _("例：副部会長、副会長"))
    acting_word = word(
        _("職務を代理する方の呼び方"), usual.WORDS["acting_word"], _("例：職務代理者、会長職務代理者")
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Where nothing was entered, the neutral word."""
        super().clean()
        for field in self._meta.fields:
            if field.name in WORDS:
                setattr(self, field.name, getattr(self, field.name).strip() or field.get_default())

    def category(self, value: str) -> "StrOrPromise":
        """委員, 外部有識者, 事務局"""
        return self._own(CATEGORIES, value) or (Category(value).label if value else "")

    def office(self, value: str) -> "StrOrPromise":
        """会長"""
        return self._own(OFFICES, value)

    @property
    def categories(self) -> "list[tuple[str, StrOrPromise]]":
        """What a form lets choose."""
        return [(value, self.category(value)) for value in Category.values]

    @property
    def offices(self) -> "list[tuple[str, StrOrPromise]]":
        return [(value, self.office(value)) for value in Office.values]

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in WORDS}

    def _own(self, names: "dict[Category, str] | dict[Office, str]", value: str) -> str:
        name = {str(key): name for key, name in names.items()}.get(str(value))
        return getattr(self, name) if name else ""
