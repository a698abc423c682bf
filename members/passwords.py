"""What somebody who knows the town hall would try first, or who has a list of what leaked elsewhere."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.db import clock
from members.breached import folded, is_breached
from members.models import Municipality, User, WorkingGroup
from members.models.words import WORDS as WORDS_OF_GROUPS

# Characters that must be left when the words of the house are taken out.
LEFT = 8
# The portal's own, and those of any town hall; docs/security.md lists them.
WORDS = [
    "推進",
    "部会",
    "委員会",
    "審議会",
    "ポータル",
    "会議",
    "役所",
    "市役所",
    "町役場",
    "村役場",
    "県庁",
    "事務局",
    "職員",
    "管理者",
    "行政",
    "パスワード",
    "ログイン",
    "dxbukai",
    "bukai",
    "dx",
    "portal",
    "city",
    "town",
    "vill",
    "pref",
    "office",
    "admin",
    "administrator",
    "password",
    "passwd",
    "login",
    "user",
    "welcome",
]


class NoWordsOfTheHouse:
    """A password is more than the town's name, the group's and a year: what remains without them must be enough.

    Such a word among others is welcome: 「見本市の川辺で鴨を数えた」 has enough besides.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        left = folded(password)
        for word in sorted(words_of_the_house(), key=len, reverse=True):
            left = left.replace(word, "")
        if not has_enough(left):
            raise ValidationError(self.get_help_text(), code="password_of_the_house")

    def get_help_text(self) -> str:
        return _(
            "団体や会議の名前、サービスの名前、数字など、推測されやすいものを除くと%(left)d文字に足りません。"
            "関係のない言葉を足してください。"
        ) % {"left": LEFT}


def has_enough(left: str) -> bool:
    """Letters, and different ones."""
    return len(re.sub(r"[\W\d_]", "", left)) >= LEFT and len(set(left)) >= LEFT // 2


class NotBreached:
    def validate(self, password: str, user: User | None = None) -> None:
        if is_breached(password):
            raise ValidationError(self.get_help_text(), code="password_breached")

    def get_help_text(self) -> str:
        return _(
            "過去に他のサービスから流出したパスワードの一覧にあるため、使えません。別のパスワードを考えてください。"
        )


def words_of_the_house() -> set[str]:
    """Of two letters at least; of an address its parts."""
    named = [*WORDS, *re.split(r"\W", urlsplit(settings.SITE_URL).hostname or "")]
    for town in Municipality.objects.values_list("name", "prefecture", "portal_name", "body_word"):
        named += [*town, *(re.sub("[都道府県市区町村]$", "", name) for name in town[:2])]
    for group in WorkingGroup.objects.values_list("name", "slug", "parent_body", *WORDS_OF_GROUPS):
        named += [group[0], *group[1].split("-"), *group[2:]]
    return {word for word in map(folded, named) if len(word) > 1}


class ResetTokens(PasswordResetTokenGenerator):
    """A link to choose a password is made by one host and asked for at another: its time is the database's."""

    def _now(self) -> datetime:
        return timezone.make_naive(clock.now())
