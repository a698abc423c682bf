from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext, gettext_lazy as _

from foundation.db.constraints import both_or_neither
from foundation.db.versioned import Versioned
from meetings.models.meeting import AgendaItem, Meeting
from meetings.states import KNOWN, MaterialAudience, MaterialKind
from members.models import Anybody, Membership

FOLDER = "materials"


class MaterialQuerySet(models.QuerySet["Material"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=False)


class Material(Versioned):
    """What is read at a meeting: its place in the list and its readers. What it is, its newest version says."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="materials")
    # Without its item it stays a material of the meeting.
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("議題"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="materials",
    )
    order = models.PositiveSmallIntegerField(_("順番"))
    title = models.CharField(_("資料名"), max_length=100)
    audience = models.CharField(
        _("見られる人"), max_length=5, choices=MaterialAudience, default=MaterialAudience.GROUP
    )
    # The presenter who brought it, and may replace it; nobody where the desk did.
    offered_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="materials", editable=False
    )
    withdrawn_at = models.DateTimeField(_("取り下げた日時"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("会議資料")
        ordering = ["meeting_id", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="meetings_material_order_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            both_or_neither(
                "withdrawn_at",
                "withdrawn_by",
                name="meetings_material_withdrawn_by_somebody",
                message=_("取り下げた人と日時は、そろえて記録してください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MaterialVersionQuerySet(models.QuerySet["MaterialVersion"]):
    def newest(self) -> Self:
        newer = self.filter(material=OuterRef("material"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer))

    def for_people(self) -> Self:
        """What the meeting's people read: of what was not taken away the newest, in the order of the list."""
        shown = self.newest().filter(material__withdrawn_at=None, material__audience=MaterialAudience.GROUP)
        return shown.select_related("material__item").order_by("material__meeting", "material__order")

    def readable_by(self, user: Anybody) -> Self:
        """Of meetings that their people know of."""
        meetings = Meeting.objects.visible_to(user).filter(state__in=KNOWN)
        return self.for_people().filter(material__meeting__in=meetings)


class MaterialVersion(models.Model):
    """As it was given once: a file, an address, or the word that it comes on paper. Another is a new version."""

    # Told by handouts(): which it is of those that its people read.
    place = 0
    # Told by the page on which it stands: where its reader finds it.
    address = ""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版"))
    kind = models.CharField(_("形式"), max_length=5, choices=MaterialKind)
    file = models.FileField(_("ファイル"), upload_to=f"{FOLDER}/", max_length=200, blank=True)
    # As its sender called it.
    name = models.CharField(_("ファイル名"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("大きさ"), default=0)
    url = models.URLField(_("アドレス"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("登録日時"), db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MaterialVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("会議資料の版")
        ordering = ["material", "number"]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="meetings_material_version_unique"),
            models.CheckConstraint(
                condition=Q(kind=MaterialKind.FILE) & ~Q(file="") & ~Q(sha256="") & Q(url="")
                | Q(kind=MaterialKind.LINK) & ~Q(url="") & Q(file="", sha256="")
                | Q(kind=MaterialKind.PAPER) & Q(file="", sha256="", url=""),
                name="meetings_material_is_one_thing",
                violation_error_message=_("ファイル、リンク、紙のうち、いずれか一つにしてください。"),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(title)s 第%(number)s版") % {"title": self.material.title, "number": self.number}

    @property
    def label(self) -> str:
        """資料1, as it is called in the room."""
        return gettext("資料%s") % self.place if self.place else ""

    @property
    def listed(self) -> str:
        """資料1　施設の一覧, as a list of what there is has it."""
        words = f"{self.label}　{self.material.title}"
        return gettext("%s（当日、紙で配布します）") % words if self.kind == MaterialKind.PAPER else words

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""

    @property
    def stored(self) -> str:
        """Under which name it lies in the storage."""
        return self.file.name or ""

    @property
    def is_file(self) -> bool:
        return self.kind == MaterialKind.FILE

    @property
    def is_link(self) -> bool:
        return self.kind == MaterialKind.LINK


def handouts(meeting: Meeting) -> list[MaterialVersion]:
    """What the meeting's people read, each under its number; in one query, anew each time."""
    found = list(MaterialVersion.objects.for_people().filter(material__meeting=meeting))
    for place, version in enumerate(found, start=1):
        version.place = place
    return found
