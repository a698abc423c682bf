import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from dxbukai import asking
from foundation.db.prepared import prepared
from members import usual
from members.licences import TERMS, Terms
from members.models import Municipality, User
from members.models.municipality import NEUTRAL_PORTAL
from members.policy import can_administrate
from members.states import Licence

DESK = re.compile(r"/groups/(?P<slug>[-\w]+)/desk/")


@prepared
def _town() -> QuerySet[Municipality]:
    return Municipality.objects.defer("boundary")


def portal(request: HttpRequest) -> "dict[str, PortalContext]":
    return {"portal": PortalContext(request)}


class PortalContext:
    """What every page knows of its house. Asked lazily: an error page must not need the database."""

    mode = settings.MODE

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def sso(self) -> str:
        """What the town's own login is called, where there is one."""
        return settings.OIDC_NAME if settings.OIDC_ISSUER else ""

    @cached_property
    def municipality(self) -> Municipality | None:
        if hasattr(self.request, "town"):
            return self.request.town
        return next(iter(_town().run()), None)

    @property
    def terms(self) -> Terms | None:
        """Under which what the town publishes may be used."""
        return TERMS[Licence(self.municipality.licence)] if self.municipality else None

    @property
    def name(self) -> str:
        return self.municipality.portal if self.municipality else str(NEUTRAL_PORTAL)

    @property
    def bodies(self) -> str:
        """What the town calls all of them: 部会, 審議会等."""
        return self.municipality.bodies_word if self.municipality else usual.BODIES

    @property
    def login_place(self) -> str:
        return _("%sのログイン") % self.name

    @property
    def mail_is_held(self) -> bool:
        return settings.MAIL_DELIVERY == "hold"

    @property
    def version(self) -> str:
        """Which release runs, for those who are logged in: a stranger need not know for what to look."""
        user = getattr(self.request, "user", AnonymousUser())
        return settings.VERSION if user.is_authenticated else ""

    @cached_property
    def nav(self) -> list[dict[str, Any]]:
        """The places of the house: what depends on the person was loaded with them."""
        user = getattr(self.request, "user", AnonymousUser())
        places = [(_("ホーム"), reverse("home")), (self.bodies, reverse("groups"))]
        places.append((_("公開データ"), reverse("opendata:catalogue")))
        if slug := getattr(user, "desk_slug", ""):
            # Whoever runs several desks stays at the one they are at.
            at = DESK.match(self.request.path)
            places.append((_("事務局"), reverse("desk", args=[at["slug"] if at else slug])))
        if can_administrate(user):
            places.append((_("管理"), reverse("members:manage")))
        here = nearest(self.request.path, [url for _label, url in places])
        return [{"label": label, "url": url, "current": url == here} for label, url in places]

    # Pages of the lower floors lead up to those above through the roof only.

    @property
    def group_url(self) -> str:
        return self._of_group("group")

    @property
    def desk_url(self) -> str:
        return self._of_group("desk")

    @property
    def ask_url(self) -> str:
        """From somebody's sheet to the box for a question to them, while there is one for whoever reads."""
        match = self.request.resolver_match
        assert match, "asked on the page of a sheet"
        user = self.request.user
        return asking.ask_url(user, sheet=match.kwargs["pk"]) if isinstance(user, User) else ""

    @property
    def archives_url(self) -> str:
        return self._of_group("retention:archives")

    @property
    def retention_url(self) -> str:
        return reverse("retention:overview")

    @property
    def statements_url(self) -> str:
        return reverse("statements:overview")

    def _of_group(self, name: str) -> str:
        match = self.request.resolver_match
        assert match, "asked on pages of a group"
        return reverse(name, args=[match.kwargs["slug"]])


def nearest(path: str, urls: Iterable[str]) -> str:
    """The place that a page belongs to; the front door only stands for itself."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")
