from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property

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

    # Pages of the lower floors lead up to their group's pages through the roof only.

    @property
    def group_url(self):
        return self._of_group("meetings:group")

    @property
    def desk_url(self):
        return self._of_group("meetings:desk")

    def _of_group(self, name):
        return reverse(name, args=[self.request.resolver_match.kwargs["slug"]])
