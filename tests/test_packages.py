"""What a server consists of: each package pinned by its hashes, listed, and needed there."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

from tests.repository import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT, WHEEL = PYPROJECT["project"], PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
EXTRAS_OF_A_SERVER = ["s3", "sso", "sentry", "metrics"]


def blocks():
    """Each package with its hashes."""
    lines = re.sub(r"^\s*#.*\n", "", LOCK, flags=re.MULTILINE)
    return re.split(r"\n(?=\S)", lines.strip())


def names(requirements):
    return {Requirement(text).name.lower().replace("_", "-") for text in requirements}


# ASVS V15.1.2
def test_every_package_is_pinned_by_version_and_hash_and_comes_from_the_registry():
    loose = [
        block
        for block in blocks()
        if not re.match(r"[a-z0-9-]+==\S+.*--hash=sha256:[0-9a-f]{64}", block, re.DOTALL)
    ]
    assert (loose, len(blocks()) > 20) == ([], True)
    assert [word for word in ("--index-url", "--find-links", "git+", "http") if word in LOCK] == []
    assert "--require-hashes" in (ROOT / "tools" / "scripts" / "setup").read_text()


# ASVS V15.1.2
def test_the_bill_of_materials_names_them_all(tmp_path):
    """Slow: as `make sbom` makes it."""
    program = str(Path(sys.executable).parent / "cyclonedx-py")
    command = [program, "requirements", "requirements.lock", "--output-file", str(tmp_path / "sbom.json")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    bill = json.loads((tmp_path / "sbom.json").read_text())
    pinned = [re.match(r"([a-z0-9-]+)==([^\s;]+)", block).groups() for block in blocks()]
    assert sorted((part["name"], part["version"]) for part in bill["components"]) == sorted(pinned)


# ASVS V15.2.3
def test_a_server_gets_no_tool_of_the_workshop_and_no_demo():
    extras = PROJECT["optional-dependencies"]
    workshop = names([*extras["dev"], *extras["demo"]]) - names(PROJECT["dependencies"])
    pinned = {re.match(r"[a-z0-9-]+", block)[0] for block in blocks()}
    assert (pinned & workshop, names(PROJECT["dependencies"]) - pinned) == (set(), set())


def test_what_a_server_may_add_is_pinned_beside_what_it_needs():
    """`requirements-extras.lock` names what `requirements.lock` does, and the packages of the four extras."""
    pinned = (ROOT / "requirements-extras.lock").read_text()
    extras = PROJECT["optional-dependencies"]
    asked = names([text for extra in EXTRAS_OF_A_SERVER for text in extras[extra]])
    asked |= {re.match(r"[a-z0-9-]+", block)[0] for block in blocks()}
    found = set(re.findall(r"^([a-z0-9-]+)==", pinned, re.MULTILINE))
    assert (set(extras) - {*EXTRAS_OF_A_SERVER, "demo", "dev"}, asked - found) == (set(), set())
