import os

from django.core.wsgi import get_wsgi_application

from foundation.http.wsgi import RefuseOtherEncodings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dxbukai.settings")
application = RefuseOtherEncodings(get_wsgi_application())
