from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext, gettext_lazy as _

from foundation.calendar import wareki
from foundation.db.constraints import both_or_neither
from foundation.db.versioned import Versioned
from meetings.models.meeting import AgendaItem, Meeting
from meetings.states import KNOWN, ConsentWay, MaterialAudience, MaterialKind
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

    def for_people_ever(self) -> Self:
        """Each version of what the meeting's people read, in the order of the list."""
        shown = self.filter(material__withdrawn_at=None, material__audience=MaterialAudience.GROUP)
        return shown.select_related("material__item").order_by("material__meeting", "material__order")

    def for_people(self) -> Self:
        """What the meeting's people read: of what was not taken away the newest."""
        return self.newest().for_people_ever()

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
    # The same: what was said last of whether citizens may read it, where that is said, and where it is replaced.
    said: "MaterialConsent | None" = None
    consent_url = ""
    replace_url = ""

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
    # As long as it stands beside the report of its meeting, for everybody who reads that.
    public_since = models.DateTimeField(_("公開した日時"), null=True, editable=False)

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


class MaterialConsent(models.Model):
    """What was said of whether citizens may read a version. What was said last holds; each word of it is kept."""

    version = models.ForeignKey(MaterialVersion, on_delete=models.PROTECT, related_name="consents")
    consents = models.BooleanField(_("公開への同意"))
    # Who presents it and said so here; else the desk writes down who told it so, and how.
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="material_consents"
    )
    name = models.CharField(_("同意した方（同意しない方）"), max_length=100, blank=True)
    given_on = models.DateField(_("確認した日"))
    way = models.CharField(_("確認の方法"), max_length=5, choices=ConsentWay)
    how = models.CharField(_("どのように確認したか"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("記録した日時"), db_default=Now())
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("会議資料の公開への同意")
        ordering = ["version", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way=ConsentWay.NOTED, membership=None) & ~Q(name="") & ~Q(how="")
                | ~Q(way=ConsentWay.NOTED) & Q(membership__isnull=False, name="", how=""),
                name="meetings_consent_says_whose_and_how",
                violation_error_message=_("同意した方と、どのように確認したかを入力してください。"),
            ),
        ]

    def __str__(self) -> str:
        return gettext("公開に同意") if self.consents else gettext("公開に同意しない")

    @property
    def told(self) -> str:
        """公開に同意（例田花子、令和3年5月18日（火）、電話）"""
        day = wareki.date(self.given_on)
        return gettext("%(said)s（%(who)s、%(day)s、%(way)s）") % {
            "said": self,
            "who": self.who,
            "day": day,
            "way": self.how or self.get_way_display(),
        }

    @property
    def who(self) -> str:
        return self.name or str(self.membership.user if self.membership else "")


def handouts(meeting: Meeting) -> list[MaterialVersion]:
    """What the meeting's people read, each under its number; in one query, anew each time."""
    return _numbered(MaterialVersion.objects.for_people().filter(material__meeting=meeting))


def of_the_day(meeting: Meeting) -> list[MaterialVersion]:
    """The same as it lay there at the end of the meeting; what was brought afterwards, as it was brought first.

    Before a meeting is over these are the newest ones.
    """
    rows = MaterialVersion.objects.for_people_ever().filter(material__meeting=meeting)
    found = []
    for _material, each in groupby(rows.order_by("material__order", "number"), attrgetter("material_id")):
        first, *later = each
        until = meeting.held_to
        found.append([first, *(one for one in later if until is None or one.made_at <= until)][-1])
    return _numbered(found)


def _numbered(found: Iterable[MaterialVersion]) -> list[MaterialVersion]:
    versions = list(found)
    for place, version in enumerate(versions, start=1):
        version.place = place
    return versions


def said_of(versions: Iterable[MaterialVersion]) -> dict[int, MaterialConsent]:
    """What was said last of each, by the version; in one query."""
    rows = MaterialConsent.objects.filter(version__in=[version.pk for version in versions])
    return {row.version_id: row for row in rows.select_related("membership__user").order_by("id")}


def for_citizens(meeting: Meeting) -> list[MaterialVersion]:
    """What stands beside the report once it is published: files of the day, of which who presents them said yes.

    A page elsewhere may be another tomorrow, and what came on paper is not here.
    """
    files = [version for version in of_the_day(meeting) if version.is_file]
    said = said_of(files)
    return [version for version in files if version.pk in said and said[version.pk].consents]
