import pytest
from django.db import InternalError
from django.http import HttpResponse

from foundation.http.readonly import ReadOnlyGets, read_only
from foundation.mail.models import Letter


def write(key="k"):
    Letter.objects.create(to_address="sato@example.jp", subject="", body="", dedupe_key=key)


def test_a_get_that_writes_is_found(client, settings):
    settings.MIDDLEWARE = ["foundation.http.readonly.ReadOnlyGets", *settings.MIDDLEWARE]
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get("/writing/")
    assert client.post("/writing/").status_code == 200


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_get_that_reads_passes(rf, method, db):
    guarded = ReadOnlyGets(lambda _: HttpResponse(Letter.objects.count()))
    assert guarded(getattr(rf, method)("/")).status_code == 200


def test_after_the_block_one_may_write_again(db):
    with read_only():
        assert Letter.objects.count() == 0
    write()
    assert Letter.objects.count() == 1
