"""What hashes, signs, closes and draws: by which means, how strong, and that docs/protection.md names it all."""

import ast
import re

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, identify_hasher
from django.contrib.auth.tokens import default_token_generator
from django.core.signing import Signer
from django.utils.crypto import salted_hmac

from members import sso
from tests.members.logins import login, who
from tests.repository import ROOT, name, python_files

DOCUMENT = ROOT / "docs" / "protection.md"
MEANS = {
    "hashlib",
    "hmac",
    "secrets",
    "django.core.signing",
    "django.utils.crypto",
    "cryptography.fernet",
    "jwt",
}
# Whatever else could do the same, of the standard library or as a package.
OTHERS = r"crypt|ssl|Crypto\w*|nacl|bcrypt|argon2|passlib|rsa|ecdsa|jose|cryptography\.hazmat.*"


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(tree, pattern):
    """As they are written."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [ast.unparse(node) for node in nodes if re.fullmatch(pattern, ast.unparse(node.func))]


@pytest.fixture(scope="module")
def sources():
    return {name(path): ast.parse(path.read_text()) for path in python_files()}


# ASVS V11.1.2, V11.2.1
def test_the_document_names_every_module_that_hashes_signs_closes_or_draws(sources):
    """Each of them by Python, Django, cryptography or PyJWT; nothing of this kind is our own."""
    found = {path: set(imports(tree)) for path, tree in sources.items()}
    assert [path for path, names in found.items() if any(re.fullmatch(OTHERS, one) for one in names)] == []
    listed = set(re.findall(r"`((?!tests/)[a-z_]+/[a-z_/]+\.py)`", section("Inventory")))
    assert listed == {path for path, names in found.items() if names & MEANS}


def section(title):
    return DOCUMENT.read_text().partition(f"## {title}\n")[2].partition("\n## ")[0]


# ASVS V11.4.1, V11.4.3
def test_whatever_is_hashed_or_signed_is_so_with_sha_256(sources):
    hashes = {name for tree in sources.values() for name in re.findall(r"hashlib\.(\w+)", ast.unparse(tree))}
    assert hashes == {"sha256", "file_digest"}
    digested = [
        call for tree in sources.values() for call in calls(tree, r"hashlib\.file_digest|hmac\.new|salted_hmac")
    ]
    assert [call for call in digested if not re.search(r"'sha256'\)$|hashlib\.sha256\)$", call)] == []
    assert len(digested) == 10


# ASVS V11.4.1, V11.4.3
def test_what_django_signs_for_us_is_signed_with_sha_256():
    assert (Signer().algorithm, default_token_generator.algorithm) == ("sha256", "sha256")
    assert Signer(key="x").signature("said") != salted_hmac("said", "x").hexdigest()


# ASVS V9.1.2
def test_tokens_of_the_towns_login_are_judged_by_named_algorithms_of_public_keys():
    """None that is no signature, and none whose key both sides would have to keep."""
    assert {re.sub(r"\d+", "", one) for one in sso.ALGORITHMS} == {"RS", "PS", "ES"}
    assert {int(re.sub(r"\D+", "", one)) for one in sso.ALGORITHMS} == {256, 384, 512}


# ASVS V11.4.2
def test_passwords_are_stored_slowly_and_salted(known, tanaka):
    tanaka.set_password("桜の下で三毛猫が眠る 2026")
    stored = [person.password.split("$") for person in (known, tanaka)]
    assert {algorithm for algorithm, *_rest in stored} == {"pbkdf2_sha256"}
    assert {int(rounds) for _algorithm, rounds, *_rest in stored} == {PBKDF2PasswordHasher.iterations}
    assert PBKDF2PasswordHasher.iterations >= 600_000
    assert stored[0][2] != stored[1][2]


# ASVS V11.2.2
def test_a_password_that_was_stored_more_weakly_is_stored_anew_at_the_next_login(client, known):
    """So that a stronger way needs nobody to choose another password."""
    known.password = PBKDF2PasswordHasher().encode("桜の下で三毛猫が眠る 2026", "a-salt-of-years-ago", 1000)
    known.save()
    login(client)
    assert who(client) == str(known.pk)
    known.refresh_from_db()
    assert identify_hasher(known.password).decode(known.password)["iterations"] == PBKDF2PasswordHasher.iterations


def test_chance_that_anybody_could_foresee_guards_nothing(sources):
    """`random` spreads the load of tries; what must not be guessed comes from the operating system."""
    assert [path for path, tree in sources.items() if "random" in set(imports(tree))] == [
        "foundation/jobs/queue.py"
    ]


def test_what_must_not_be_guessed_is_drawn_so_long(sources):
    """128 bits and more; a nonce of links is public, and what a person types is shorter (docs/security.md)."""
    drawn = {
        (path, call) for path, tree in sources.items() for call in calls(tree, r"secrets\.\w+|get_random_string")
    }
    assert {(path, call) for path, call in drawn if "compare_digest" not in call} == {
        ("dxbukai/keys.py", "secrets.token_urlsafe(50)"),
        ("foundation/db/nonce.py", "secrets.randbelow(MOST)"),
        ("members/entry.py", "secrets.token_hex(16)"),
        ("members/sso.py", "get_random_string(32)"),
    }
