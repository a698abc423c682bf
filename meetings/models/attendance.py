"""What an answer (who will come) and the roll (who came) promise alike."""

from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _

from foundation.calendar import wareki
from meetings.states import Mode


class Attendance(models.Model):
    mode = models.CharField(_("出欠"), max_length=8, choices=Mode)
    is_substitute = models.BooleanField(_("代理の方が出席する（代理出席）"), default=False)
    substitute_name = models.CharField(_("代理の方の氏名"), max_length=100, blank=True)
    substitute_title = models.CharField(_("代理の方の職名"), max_length=100, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(is_substitute=False) | ~Q(mode=Mode.ABSENT),
                name="%(app_label)s_%(class)s_substitute_is_present",
                violation_error_message=_("代理出席は、会場で出席又はオンラインで出席のときだけ選べます。"),
            ),
            models.CheckConstraint(
                condition=Q(is_substitute=False) | ~Q(substitute_name=""),
                name="%(app_label)s_%(class)s_substitute_has_name",
                violation_error_message=_("代理で出席する方の氏名を入力してください。"),
            ),
            models.CheckConstraint(
                condition=Q(is_substitute=True) | Q(substitute_name="", substitute_title=""),
                name="%(app_label)s_%(class)s_no_stray_substitute",
                violation_error_message=_("代理の方の氏名・職名は、代理出席のときだけ入力してください。"),
            ),
        ]


def attended(arrived: time | None, left: time | None) -> str:
    """From when until when somebody was there who came late or left early."""
    since = gettext("%sから") % wareki.time(arrived) if arrived else ""
    until = gettext("%sまで") % wareki.time(left) if left else ""
    return f"{since}{until}"
