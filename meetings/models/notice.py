from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.calendar import wareki
from foundation.db.versioned import Versioned
from meetings.models.meeting import Meeting
from meetings.states import NoticeStyle

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Notice(Versioned):
    """The call as a paper of the office: what people typed of it. Day, place and agenda are the meeting's.

    A 通知 has number, date, sender and 記 … 以上; a 事務連絡 has none of the number and no seal to leave out.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="notice")
    style = models.CharField(_("形式"), max_length=6, choices=NoticeStyle, default=NoticeStyle.MEMO)
    number = models.CharField(
        _("文書番号"), max_length=50, blank=True, help_text=_("例：行経第12号。事務連絡には付けません。")
    )
    dated_on = models.DateField(
        _("発出日"), null=True, blank=True, help_text=_("空欄のときは、通知を送る日になります。")
    )
    addressee = models.CharField(
        _("宛名"),
        max_length=100,
        blank=True,
        help_text=_("控えと起案に使う文書の宛名です。メールと紙には、お一人ずつの氏名を入れます。"),
    )
    sender = models.CharField(_("発信者"), max_length=100, blank=True, help_text=_("例：見本市行政経営本部長"))
    seal_omitted = models.BooleanField(_("「公印省略」と記載する"), default=True, db_default=True)
    title = models.CharField(_("件名"), max_length=100, blank=True)
    body = models.TextField(_("本文"), max_length=1000, blank=True)
    remarks = models.TextField(
        _("その他"),
        max_length=1000,
        blank=True,
        help_text=_("1行に一つずつ。記書き（事務連絡では末尾）に載せます。"),
    )
    copies = models.CharField(
        _("写しの送付先"),
        max_length=50,
        blank=True,
        help_text=_("例：所属長。文書の末尾に「写し：所属長」と載せます。"),
    )

    class Meta:
        verbose_name = _("開催通知の文面")
        constraints = [
            models.CheckConstraint(
                condition=Q(number="") | Q(style=NoticeStyle.FORMAL),
                name="meetings_memo_has_no_number",
                violation_error_message=_(
                    "事務連絡には文書番号を付けません。番号を付けるときは、形式を「通知」にしてください。"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_formal(self) -> bool:
        return self.style == NoticeStyle.FORMAL

    @property
    def subject(self) -> str:
        """第2回DX推進部会の開催について（通知）"""
        title = self.title or usual_title(self.meeting)
        return str(_("%s（通知）") % title) if self.is_formal else title

    @property
    def dated(self) -> str:
        """令和8年11月29日"""
        return wareki.plain_date(self.dated_on) if self.dated_on else ""

    @property
    def words(self) -> str:
        return self.body or usual_body(self.meeting)

    @property
    def remark_lines(self) -> list[str]:
        return [line.strip() for line in self.remarks.splitlines() if line.strip()]

    @property
    def signed(self) -> "StrOrPromise":
        """Who calls: named by the desk, or its office."""
        return self.sender or _("%(body)s %(group)s 事務局") % {
            "body": self.meeting.group.parent_body,
            "group": self.meeting.group,
        }

    @property
    def says_no_seal(self) -> bool:
        return self.is_formal and self.seal_omitted


def usual_title(meeting: Meeting) -> str:
    if meeting.is_written:
        return str(_("%sの書面による開催について") % meeting)
    return str(_("%sの開催について") % meeting)


def usual_body(meeting: Meeting) -> str:
    if meeting.is_written:
        asked = _("%sを次のとおり書面により開催しますので、資料を御覧の上、議題への賛否と御意見をお寄せください。")
        return str(asked % meeting)
    return str(_("%sを次のとおり開催しますので、御出席くださいますようお願いします。") % meeting)
