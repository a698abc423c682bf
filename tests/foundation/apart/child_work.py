"""What a child may be asked to do in these tests: `python -m tests.foundation.apart.child_work KIND PROGRESS`."""

import os
import sys
import time


def main(kind, progress):
    given = sys.stdin.buffer.read()
    if kind == "echo":
        os.write(int(progress), b"1 2\n2 2\n")
        sys.stdout.buffer.write(given[::-1])
    elif kind == "secrets":
        sys.stdout.write(str(sorted(name for name in os.environ if "DXBUKAI" in name or "DATABASE" in name)))
    elif kind == "hoard":
        len(bytearray(1 << 40))
    elif kind == "abort":
        os.abort()
    elif kind == "fill":
        sys.stdout.buffer.write(bytes(5_000_000))
    elif kind == "spin":
        while True:
            pass
    elif kind == "sleep":
        time.sleep(60)
    elif kind == "mistake":
        raise ValueError("a mistake of ours")


main(*sys.argv[1:])
