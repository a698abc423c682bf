import re
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from foundation.db.versioned import Versioned
from members import usual
from members.models.words import Words, word
from members.states import Licence

# Where the town has given it no name.
NEUTRAL_PORTAL = _("会議と公開データのポータル")
# Digits of a telephone number that can be dialled from anywhere.
WHOLE_NUMBER = 9
# The version of a town that was never entered: a page that shows none says so.
UNREGISTERED = 0


class Municipality(Versioned, Words):
    """The one town hall of this installation, be it of a city, a town, a village, a ward or a union of these.

    Its words are those that the next group begins with.
    """

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
    self_word = models.CharField(
        _("文章での自称"),
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text=_("方針などの文章で使う言葉。例：本市、本町、本村、本区、本組合"),
    )
    portal_name = models.CharField(
        _("このサイトの名称"),
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text=_("画面の上部とメールの件名に表示します。例：DX推進部会ポータル"),
    )
    bodies_word = word(
        _("会議体の総称"), usual.BODIES, _("画面の上部の案内などで使います。例：部会、審議会等、部会・審議会")
    )
    main_phone = models.CharField(
        _("代表電話"),
        max_length=50,
        blank=True,
        default="",
        db_default="",
        help_text=_("庁外の方には、この番号に続けて各課の内線番号を御案内します。例：0000-00-0000"),
    )
    contact_section = models.CharField(_("問い合わせ先の課"), max_length=100, blank=True)
    contact_phone = models.CharField(_("電話番号"), max_length=50, blank=True)
    contact_email = models.EmailField(_("メールアドレス"), blank=True)
    licence = models.CharField(
        _("既定のライセンス"),
        max_length=20,
        choices=Licence,
        default=Licence.CC_BY_4,
        help_text=_("公開した結果報告・会議録と、新しく登録する公開データに表示します。"),
    )

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

    def clean(self) -> None:
        super().clean()
        self.bodies_word = self.bodies_word.strip() or usual.BODIES

    @property
    def portal(self) -> str:
        """What this site is called, on every page and in every email."""
        return self.portal_name or str(NEUTRAL_PORTAL)

    def phone(self, number: str) -> str:
        """0000-00-0000（代表） 内線 2345: what somebody outside can dial; a whole number stands alone."""
        if not self.main_phone or len(re.sub(r"\D", "", number)) >= WHOLE_NUMBER:
            return number
        return f"{usual.MAIN_NUMBER.format(number=self.main_phone)} {number}".strip()


def town_beside() -> Subquery:
    """The town's row, in a query that a page makes anyway; `town_of()` has the town of it.

    Without its boundary, which may be long, and stands on no page.
    """
    fields = [field.attname for field in Municipality._meta.concrete_fields if field.attname != "boundary"]
    return Subquery(Municipality.objects.values(row=JSONObject(**{name: name for name in fields}))[:1])


def town_of(row: dict[str, Any] | None) -> Municipality | None:
    """A town as the database has it."""
    if row is None:
        return None
    names = [field.attname for field in Municipality._meta.concrete_fields if field.attname in row]
    return Municipality.from_db(None, names, [row[name] for name in names])
