from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from members.states import Licence

# The version of a town that was never entered: a page that shows none says so.
UNREGISTERED = 0


class Municipality(Versioned):
    """The one town hall of this installation."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("団体名"), max_length=50)
    prefecture = models.CharField(_("都道府県"), max_length=10)
    code = models.CharField(
        _("全国地方公共団体コード"),
        max_length=6,
        help_text=_("検査数字を含む6桁"),
        validators=[RegexValidator(r"^\d{6}$", _("6桁の数字で入力してください。"))],
    )
    boundary = models.JSONField(
        _("行政区域"),
        null=True,
        blank=True,
        help_text=_("GeoJSON。緯度・経度が区域外かどうかの確認に使います。"),
    )
    contact_section = models.CharField(_("問い合わせ先の課"), max_length=100, blank=True)
    contact_phone = models.CharField(_("電話番号"), max_length=50, blank=True)
    contact_email = models.EmailField(_("メールアドレス"), blank=True)
    licence = models.CharField(_("既定のライセンス"), max_length=20, choices=Licence, default=Licence.CC_BY_4)

    class Meta:
        verbose_name = _("団体")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="members_one_municipality"),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{6}$"),
                name="members_municipality_code",
                violation_error_message=_("全国地方公共団体コードは6桁の数字です。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
