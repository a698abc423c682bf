"""The product's settings, with the public pages kept as in production: tests keep none."""

from dxbukai.settings import *  # noqa: F403
from dxbukai.settings import CACHES

CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
