"""The first two sections of commands of docs/operations.md, word for word, on a bare Debian 12 in a chroot.

Every line of its blocks is run as it stands there; what the text between them asks for is done by `fill-in`.
What no chroot has is stood in for: `sudo`, and `systemctl`, which starts what a unit's own lines say. Then
`look` looks.

Needs root, debootstrap and the network; PLACE=/a/folder keeps the chroot. It is no part of `make drills`, for it
takes some minutes, nearly all of them for packages.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE, ROOT = Path(__file__).parent, Path(__file__).resolve().parents[2]
SECTIONS = re.compile(r"^## (?:導入する|動作を確認する)\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OWN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
# What is typed where a command asks.
TYPED = {"--pwprompt": "the-owner-1\nthe-owner-1\n", "create_administrator": "見本\n長\nみほん\nちょう\n"}
# This machine's way to the packages.
WAY = ("resolv.conf", "hosts", "pip.conf", "ssl/certs/ca-certificates.crt", "apt/sources.list.d/debian.sources")
EXPECTED = """ready: 1
home: 200
packed: 1
masked: 1 0
plain: 301
files of others: 0
away: 503 <h1>ただいま工事中です</h1>
"""


def main() -> int:
    """Again in namespaces of its own: all that is started and mounted there ends with it."""
    if "IN_NAMESPACES" not in os.environ:
        again = ["unshare", "--mount", "--pid", "--fork", "--kill-child", sys.executable, "-m", "tools.manual.run"]
        return subprocess.run(again, cwd=ROOT, env=os.environ | {"IN_NAMESPACES": "1"}, check=False).returncode
    if place := os.environ.get("PLACE"):
        return tried(Path(place))
    with tempfile.TemporaryDirectory(prefix="dxbukai-manual.") as made:
        # It becomes the root of a machine, on which others live too.
        Path(made).chmod(0o755)
        return tried(Path(made))


def tried(place: Path) -> int:
    bare_debian(place)
    try:
        release = unpacked(place)
        for line in commands():
            follow(place, release, line)
        found = run(place, "/opt/manual/look", stdout=subprocess.PIPE).stdout
    finally:
        for mounted in ("proc", "dev"):
            subprocess.run(["umount", "--lazy", place / mounted], check=False)
    sys.stdout.write(found)
    return 0 if found == EXPECTED else 1


def commands() -> list[str]:
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    blocks = [block for section in SECTIONS.findall(manual) for block in BLOCK.findall(section)]
    return [line for block in blocks for line in block.splitlines()]


def bare_debian(place: Path) -> None:
    sources = Path("/etc/apt/sources.list.d/debian.sources")
    if not (place / "etc" / "debian_version").exists():
        mirror = re.findall(r"^URIs: (\S+)", sources.read_text(), re.MULTILINE)[:1] if sources.exists() else []
        command = ["debootstrap", "--variant=minbase", "bookworm", place, *mirror]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for name in WAY:
        if (file := Path("/etc", name)).exists():
            (place / "etc" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place / "etc" / name)
    # Debian makes its list of certificates anew as the package comes: what this machine trusts beside stays in it.
    (trusted := place / "usr/local/share/ca-certificates").mkdir(parents=True, exist_ok=True)
    shutil.copy("/etc/ssl/certs/ca-certificates.crt", trusted / "of-this-machine.crt")
    subprocess.run(["mount", "-t", "proc", "proc", place / "proc"], check=True)
    subprocess.run(["mount", "--bind", "/dev", place / "dev"], check=True)
    for name in ("sudo", "systemctl"):
        shutil.copy(HERE / name, place / "usr" / "local" / "bin" / name)
    for name in ("fill-in", "look", "../drills/sink.py"):
        (place / "opt" / "manual").mkdir(exist_ok=True)
        shutil.copy(HERE / name, place / "opt" / "manual")
    run(
        place,
        "apt-get update -qq && apt-get install -qq --yes --no-install-recommends openssl procps >/dev/null 2>&1",
    )


def unpacked(place: Path) -> str:
    """Where the newest release that was packed lies in there."""
    release = max((ROOT / "dist").glob("dxbukai-*.tar.gz"), key=lambda file: file.stat().st_mtime)
    shutil.unpack_archive(release, place / "srv", filter="data")
    return f"/srv/{release.name.removesuffix('.tar.gz')}"


def follow(place: Path, release: str, line: str) -> None:
    sys.stdout.write(f"$ {line}\n")
    sys.stdout.flush()
    if "check --deploy" in line:
        run(place, "/opt/manual/fill-in")
    typed = next((text for word, text in TYPED.items() if word in line), "")
    run(place, f"cd {release} && {line}", input=typed)
    if "apt-get install" in line:
        # Elsewhere the package does so itself.
        run(
            place, "pg_lsclusters --no-header | awk '{ print $1, $2 }' | xargs -I{} sh -c 'pg_ctlcluster {} start'"
        )


def run(place: Path, line: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """Without a terminal, so that what asks for a password reads it from here."""
    command = ["setsid", "--wait", "chroot", str(place), "sh", "-ec", line]
    environment = OWN | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=True, text=True, env=environment, **options)  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
