"""The product's settings, with the public pages kept as in production: tests keep none.

The test client's own host is known here, so that no test environment is set up: it would note each template
that is drawn and copy what it was given, which no page does outside of tests.
"""

from dxbukai.settings import *  # noqa: F403
from dxbukai.settings import ALLOWED_HOSTS, CACHES

CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
