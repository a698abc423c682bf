from django.conf import settings

from members.models import Municipality


def portal(request):
    """Lazily: error pages that never name the town hall must not need the database."""
    return {"portal": Portal()}


class Portal:
    mode = settings.MODE
    is_demo = settings.MODE == "demo"

    @property
    def municipality(self):
        return Municipality.objects.first()
