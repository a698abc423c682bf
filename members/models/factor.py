from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class GraceLogin(models.Model):
    """A login without a second factor by somebody who must have one: there are only so many (settings).

    They stay when a factor is set up, so that nobody gains more of them by removing it again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grace_logins")
    at = models.DateTimeField(_("日時"), db_default=Now())

    class Meta:
        verbose_name = _("二段階認証なしのログイン")

    def __str__(self) -> str:
        return str(self.user)
