"""What a child may be asked to do in these tests: `python -m tests.foundation.apart.child_work KIND PROGRESS`."""

import os
import sys
import time


def echo(progress):
    os.write(progress, b"1 2\n2 2\n")
    sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])


def secrets(_progress):
    sys.stdout.write(str(sorted(name for name in os.environ if "DXBUKAI" in name or "DATABASE" in name)))


def hoard(_progress):
    len(bytearray(1 << 40))


def abort(_progress):
    os.abort()


def fill(_progress):
    sys.stdout.buffer.write(bytes(5_000_000))


def spin(_progress):
    while True:
        pass


def sleep(_progress):
    time.sleep(60)


def linger(progress):
    """Tell who one is, and stay."""
    os.write(progress, f"{os.getpid()}\n".encode())
    time.sleep(60)


def silent(progress):
    """Say that there is no more to tell, and stay."""
    os.close(progress)
    time.sleep(20)


def mistake(_progress):
    raise ValueError("a mistake of ours")


if __name__ == "__main__":
    globals()[sys.argv[1]](int(sys.argv[2]))
