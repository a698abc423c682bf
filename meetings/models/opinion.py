from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import AgendaItem
from meetings.models.survey import Reply
from meetings.states import Approval


class Opinion(models.Model):
    """What a reply says in writing of one item; of what was left open there is no row."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="opinions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="opinions")
    approval = models.CharField(_("賛否"), max_length=5, choices=Approval, blank=True)
    text = models.TextField(_("意見"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("議題への賛否と意見")
        constraints = [
            models.UniqueConstraint(fields=["reply", "item"], name="meetings_opinion_once"),
            models.CheckConstraint(
                condition=~Q(approval="") | ~Q(text=""), name="meetings_opinion_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.get_approval_display() or self.text[:50]
