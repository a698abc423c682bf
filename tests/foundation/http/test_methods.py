"""What is not read and not posted is refused before anybody looks at it."""

import pytest


# ASVS V13.4.4
@pytest.mark.parametrize("method", ["options", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["/public/", "/for-members/", "/no-such-page/"])
def test_a_method_that_no_page_has_is_refused_everywhere(client, address, method):
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
