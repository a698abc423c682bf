import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

# As Django names a collected file: base.09569f169a20.css.
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+\Z)")


class StaticFiles(WhiteNoiseMiddleware):
    """While hosts are upgraded one by one, a page of one release asks another for a style that is unknown there.

    Files of releases before stay where they were collected. In place of one of a release to come this one's own
    goes out, which is nearly the same and is kept for a minute only: a page without any style would be worse.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.path_info
        if asked.startswith(self.static_prefix) and asked not in self.files:
            own = self.files.get(HASH.sub("", asked))
            if own is not None:
                return self.serve(own, request)
        return super().__call__(request)
