"""What machines look for at fixed addresses: which pages a crawler leaves alone, and whom to tell of a hole."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from foundation.http import PERSONAL_PATH
from members.models import Municipality

PLAIN = "text/plain; charset=utf-8"
# RFC 9116 wants a day on which what it says is looked at again, less than a year ahead.
LIVES = timedelta(days=180)


@login_not_required  # crawlers have no login
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What is public may be found; a door with a key in its address, and those behind a login, may not."""
    closed = [PERSONAL_PATH, "/accounts/", "/manage/", "/data/mine/", "/data/review/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@login_not_required  # whoever found a hole has no login
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """The town's own contact; a town that has entered none says nothing here."""
    town = Municipality.objects.first()
    ways = _ways(town) if town else []
    if not ways:
        raise Http404
    today = datetime.combine(timezone.localdate(), time(), timezone.get_current_timezone())
    lines = [
        *(f"Contact: {way}" for way in ways),
        f"Expires: {(today + LIVES).isoformat()}",
        "Preferred-Languages: ja",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


def _ways(town: Municipality) -> list[str]:
    dialled = town.main_phone or town.contact_phone
    number = "".join(letter for letter in dialled if letter.isascii() and letter.isdigit())
    mail = [f"mailto:{town.contact_email}"] if town.contact_email else []
    # Without the leading 0 of the country itself; an extension cannot be dialled from outside.
    phone = [f"tel:+81-{number[1:]}"] if number.startswith("0") and len(number) in {10, 11} else []
    return mail + phone
