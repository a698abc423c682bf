"""A scanner for tests: it knows one virus, the one that was made for trying (eicar.org)."""

# In two halves, so that no file of ours is one.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*").encode()
SAYS = "stdin: Win.Test.EICAR_HDB-1 FOUND"
KNOWS_ONE = f"""
if grep -qF '{EICAR[:40].decode()}'; then
  echo '{SAYS}'
  exit 1
fi
"""


def write(folder, script=KNOWS_ONE, name="scan"):
    """The command of one that does this with its stdin."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}")
    program.chmod(0o700)
    return [str(program)]
