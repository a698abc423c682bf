import os
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from foundation.http.wsgi import HeadsOnly, RefuseOtherEncodings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
application: WSGIApplication = HeadsOnly(RefuseOtherEncodings(get_wsgi_application()))
if settings.METRICS:
    from foundation.http.metrics import Measured

    application = Measured(application)
