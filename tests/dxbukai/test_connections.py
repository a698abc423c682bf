"""A server that shows another house's certificate, or none at all, is told nothing: no password and no letter."""

import datetime as dt
import re
import socket
import ssl
import threading

import psycopg2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dxbukai.connections import encrypted
from foundation.jobs.outcomes import NotNow
from foundation.mail.delivery import SmtpDelivery
from tests.repository import name, python_files

MOMENT = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """Two authorities that sign themselves for localhost: the one the portal trusts, and the one it meets."""
    folder = tmp_path_factory.mktemp("certificates")
    return {who: written(folder, who) for who in ("ours", "theirs")}


def written(folder, who):
    key, today = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, who)])
    builder = x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(today - MOMENT).not_valid_after(today + MOMENT)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / f"{who}.pem"
    path.write_bytes(pem + private)
    return path


class Server:
    """Takes one visitor, says `lines` one after the other, each after it was asked; `heard` is what came."""

    def __init__(self, lines, certificate=None):
        self.lines, self.certificate, self.heard = lines, certificate, []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        line, _address = self.listening.accept()
        line.settimeout(5)
        try:
            for said in self.lines:
                if said.startswith(b"220 first"):
                    line.sendall(said)
                    continue
                self.heard.append(line.recv(4096))
                line.sendall(said)
            if self.certificate:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.certificate)
                line = context.wrap_socket(line, server_side=True)
            self.heard.append(line.recv(4096))
        except OSError:
            self.heard.append(b"")
        finally:
            line.close()
            self.listening.close()

    def told(self):
        self.thread.join(5)
        return b"".join(self.heard)


# ASVS V12.3.2, V12.3.4
def test_a_database_with_another_houses_certificate_gets_no_word(certificates):
    server = Server([b"S"], certificates["theirs"])
    url = encrypted(f"postgres://dxbukai:the-password@db.example.jp:{server.port}/dxbukai", production=True)
    with pytest.raises(psycopg2.OperationalError, match="certificate verify failed"):
        psycopg2.connect(url, hostaddr="127.0.0.1", host="localhost", sslrootcert=certificates["ours"])
    assert b"dxbukai" not in server.told()


# ASVS V12.3.2, V12.3.4
def test_a_database_with_the_certificate_that_is_trusted_is_spoken_to(certificates):
    """So that the refusal above is one of the certificate."""
    server = Server([b"S"], certificates["theirs"])
    url = encrypted(f"postgres://dxbukai:the-password@db.example.jp:{server.port}/dxbukai", production=True)
    with pytest.raises(psycopg2.OperationalError, match="EOF detected"):
        psycopg2.connect(url, hostaddr="127.0.0.1", host="localhost", sslrootcert=certificates["theirs"])
    assert b"dxbukai" in server.told()


@pytest.mark.parametrize(
    ("hosts", "mode"),
    [
        ("/run/postgresql,/run/other", ""),
        ("db1.example.jp,db2.example.jp", "&sslmode=verify-full"),
        ("/run/postgresql,db2.example.jp", "&sslmode=verify-full"),
    ],
)
def test_of_several_databases_none_elsewhere_is_spoken_to_openly(hosts, mode):
    url = f"postgres:///dxbukai?host={hosts}&target_session_attrs=read-write"
    assert encrypted(url, production=True) == url + mode


# ASVS V12.3.1
def test_a_database_without_tls_gets_no_word(certificates):
    server = Server([b"N"])
    url = encrypted(f"postgres://dxbukai:the-password@db.example.jp:{server.port}/dxbukai", production=True)
    with pytest.raises(psycopg2.OperationalError, match="does not support SSL"):
        psycopg2.connect(url, hostaddr="127.0.0.1", host="localhost", sslrootcert=certificates["ours"])
    assert b"dxbukai" not in server.told()


# ASVS V12.3.1, V12.3.2
def test_a_mail_server_that_speaks_tls_from_the_start_shows_its_certificate_first(settings, certificates):
    """Port 465."""
    server = Server([], certificates["theirs"])
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_SSL = "localhost", server.port, True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "dxbukai", "the-password"
    with pytest.raises(NotNow, match="certificate verify failed"):
        SmtpDelivery().open()
    assert server.told() == b""


GREETING, READY = b"220 first\r\n", b"220 go on\r\n"


# ASVS V12.3.1, V12.3.2
@pytest.mark.parametrize(
    ("lines", "certificate", "why"),
    [
        pytest.param(
            [GREETING, b"250-here\r\n250 STARTTLS\r\n", READY],
            "theirs",
            "certificate verify failed",
            id="another house's certificate",
        ),
        pytest.param([GREETING, b"250 here\r\n"], None, "STARTTLS extension not supported", id="no TLS"),
    ],
)
def test_a_mail_server_with_no_certificate_of_its_own_gets_no_letter(
    settings, certificates, lines, certificate, why
):
    server = Server(lines, certificates.get(certificate))
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "localhost", server.port, True
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "dxbukai", "the-password"
    with pytest.raises(NotNow, match=why):
        SmtpDelivery().open()
    assert re.findall(rb"AUTH|MAIL|dxbukai", server.told()) == []


# ASVS V12.3.2
def test_nothing_of_ours_asks_for_less():
    weaker = re.compile(r"verify=False|CERT_NONE|_create_unverified_context|check_hostname\s*=\s*False")
    assert [(name(path), found) for path in python_files() for found in weaker.findall(path.read_text())] == []
