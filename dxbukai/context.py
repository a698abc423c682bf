from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from members.models import Municipality


def portal(request):
    return {"portal": Portal(request)}


class Portal:
    """What every page knows of its house. Asked lazily: an error page must not need the database."""

    mode = settings.MODE

    def __init__(self, request):
        self.request = request

    @cached_property
    def municipality(self):
        return Municipality.objects.first()

    @cached_property
    def nav(self):
        places = [(_("部会"), reverse("meetings:groups")), (_("公開データ"), reverse("opendata:catalogue"))]
        return [{"label": label, "url": url, "current": self.request.path == url} for label, url in places]
