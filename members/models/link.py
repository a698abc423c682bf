from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.db.nonce import fresh_nonce
from members.models.membership import Membership
from members.states import Purpose


class PersonalLink(models.Model):
    """A person's own door into a group without a login.

    Token and code are derived from id and nonce (members/links.py) and stored nowhere; only the
    code's hash is kept, to find the row. Another nonce revokes both. A GET records nothing.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(_("用途"), max_length=10, choices=Purpose)
    nonce = models.PositiveIntegerField(db_column="generation", default=fresh_nonce, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("回答用リンク")
        constraints = [
            models.UniqueConstraint(fields=["membership", "purpose"], name="members_one_link_per_purpose")
        ]

    def __str__(self) -> str:
        return f"{self.membership} {self.get_purpose_display()}"
