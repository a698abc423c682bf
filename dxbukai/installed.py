"""Where the program's own files lie and where it writes: in a checkout, or installed from a wheel."""

from pathlib import Path

from environs import Env

ROOF = Path(__file__).resolve().parent
# A wheel carries templates/ and static/ there (pyproject.toml).
INSIDE = ROOF / "shipped"
FROM_WHEEL = INSIDE.is_dir()
SHIPPED = INSIDE if FROM_WHEEL else ROOF.parent
OF_A_SERVER = Path("/var/lib/dxbukai")


def var(env: Env, *, production: bool) -> Path:
    """Never beside an installed program, which belongs to somebody else and goes with the next release."""
    if named := env.str("DXBUKAI_VAR", ""):
        return Path(named)
    if not FROM_WHEEL:
        return SHIPPED / "var"
    return OF_A_SERVER if production else Path.home() / ".local" / "share" / "dxbukai"
