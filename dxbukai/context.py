from django.conf import settings
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
