import os

from django.core.wsgi import get_wsgi_application

from foundation.http.wsgi import HeadsOnly, RefuseOtherEncodings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
application = HeadsOnly(RefuseOtherEncodings(get_wsgi_application()))
