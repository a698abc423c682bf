"""Who is sent the smaller file."""

import pytest
from django.test import RequestFactory

from foundation.http.download import takes_gzip


@pytest.mark.parametrize(
    ("says", "takes"),
    [
        ("gzip", True),
        ("br, gzip", True),
        ("gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("br", False),
        ("*", False),
        ("", False),
    ],
)
def test_only_who_names_gzip_and_does_not_refuse_it_gets_it(says, takes):
    assert takes_gzip(RequestFactory().get("/", headers={"Accept-Encoding": says})) is takes
