from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.models.user import User
from members.states import EntryLetter

# Wrong codes that are judged for one letter.
MOST_TRIES = 3


class EntryRequestQuerySet(models.QuerySet["EntryRequest"]):
    def open(self) -> "EntryRequestQuerySet":
        """Codes that may still be typed."""
        fresh = self.filter(
            purpose=EntryLetter.CODE, used_at=None, asked_at__gt=Now() - settings.LOGIN_CODE_LIFETIME
        )
        return fresh.filter(tries__lt=MOST_TRIES)


class EntryRequest(models.Model):
    """Somebody before the door asked for a letter to this address: a login code, or a link to choose a password.

    Whether anybody has that address is found out by the worker, so that neither the page nor its time tells. Code
    and link are derived as the letter leaves (members/entry_secrets.py) and stored nowhere.
    """

    purpose = models.CharField(_("用途"), max_length=10, choices=EntryLetter)
    address = models.EmailField(_("宛先"))
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=32, editable=False)
    asked_at = models.DateTimeField(_("請求日時"), db_default=Now())
    tries = models.PositiveSmallIntegerField(db_default=0)
    used_at = models.DateTimeField(null=True)

    objects = EntryRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("ログインの請求")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.asked_at}"
