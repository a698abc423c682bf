import pytest

from foundation.http.wsgi import RefuseOtherEncodings

BOUNDARY = "multipart/form-data; boundary=B"


def part(value, *, name=b"text", more=b""):
    return (
        b'--B\r\nContent-Disposition: form-data; name="'
        + name
        + b'"'
        + more
        + b"\r\n\r\n"
        + value
        + b"\r\n--B--\r\n"
    )


@pytest.mark.parametrize(
    "address",
    [
        "/echo/?q=%00",
        "/echo/?q=%ED%A0%80",  # half a surrogate pair
        "/echo/?q=%FF",
        "/echo/?%00=q",
        "/echo/%00/",
        "/echo/%ED%A0%80/",
        "/nowhere/%00",
    ],
)
def test_an_address_that_is_no_text_is_refused(client, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("body", [b"text=%00", b"text=%ED%A0%80", b"text=\xff", b"%00=text", b"text=\0"])
def test_a_form_field_that_is_no_text_is_refused(client, body):
    assert client.generic("POST", "/echo/", body, "application/x-www-form-urlencoded").status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        part(b"\0"),
        part(b"\xed\xa0\x80"),
        part(b"\xff"),
        part(b"AA==", more=b"\r\nContent-Transfer-Encoding: base64"),
        part(b"text", name=b"na\0me"),
        b"--B\r\nContent-Dispo",
        b"",
    ],
)
def test_a_multipart_field_that_is_no_text_is_refused_or_empty(client, body):
    response = client.generic("POST", "/echo/", body, BOUNDARY)
    assert response.status_code == 400 or response.json()["post"] == {}


@pytest.mark.parametrize("cookie", ['"abcdefgh\\000"', "abcdefgh\0"])
def test_a_cookie_with_nul_never_reaches_the_database(client, cookie):
    assert client.get("/for-members/", HTTP_COOKIE=f"sessionid={cookie}").status_code == 400


@pytest.mark.parametrize("declared", ["charset=base64", "charset=utf-16", "charset=nothing", "charset*=foo''x"])
def test_other_encodings_are_refused_before_django_believes_them(rf, declared):
    environ = rf.get("/").environ | {"CONTENT_TYPE": f"{BOUNDARY}; {declared}"}
    said = []
    RefuseOtherEncodings(None)(environ, lambda *answer: said.append(answer[0]))
    assert said == ["400 Bad Request"]


@pytest.mark.parametrize("kind", ["", BOUNDARY, f"{BOUNDARY}; charset=UTF-8", "application/json"])
def test_our_own_encoding_passes(rf, kind):
    environ = rf.get("/").environ | {"CONTENT_TYPE": kind}
    assert RefuseOtherEncodings(lambda *_: "the page")(environ, None) == "the page"


class Broken:
    def read(self, size=None):
        raise OSError("the visitor has gone")

    def readline(self, size=None):
        raise OSError("the visitor has gone")

    def close(self):
        """As a stream must."""


@pytest.mark.parametrize("kind", [BOUNDARY, "application/x-www-form-urlencoded"])
def test_a_form_that_breaks_off_is_refused(client, kind):
    assert client.generic("POST", "/echo/", b"a=1", kind, **{"wsgi.input": Broken()}).status_code == 400


def test_a_length_that_is_no_number_is_refused(client):
    assert client.post("/echo/", {"text": "本文"}, CONTENT_LENGTH="many").status_code == 400


# ASVS V5.2.1
def test_what_is_far_over_the_limit_is_not_even_read(client, settings):
    length = 4 * settings.MAX_UPLOAD_BYTES + 1
    page = client.generic("POST", "/echo/", b"", BOUNDARY, CONTENT_LENGTH=length, **{"wsgi.input": Broken()})

    assert page.status_code == 413
    assert "50MBまで" in page.content.decode()


def test_the_page_says_what_to_do(client):
    response = client.get("/echo/?q=%00")
    assert "使えない文字が含まれているか" in response.content.decode()


# ASVS V1.1.1
@pytest.mark.parametrize("text", ["髙𠮷①㈱～−", "👨‍👩‍👧", "\ufffd", "%00", "%2541", "&amp;lt;", "a+b c"])
def test_every_text_arrives_as_it_was_typed(client, text):
    assert client.get("/echo/", {"q": text}).json()["get"] == {"q": text}
    assert client.post("/echo/", {"q": text}).json()["post"] == {"q": [text]}


def test_an_address_may_be_japanese(client):
    assert client.get("/echo/髙𠮷①㈱～−/").json()["path"] == "髙𠮷①㈱～−"


def test_an_upload_passes_with_its_japanese_name(client):
    file = "公衆トイレ一覧.csv"
    body = part(b"\0\xff bytes", name=b"file", more=f'; filename="{file}"'.encode())
    assert client.generic("POST", "/echo/", body, BOUNDARY).json()["files"] == {"file": file}
