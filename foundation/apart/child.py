"""`python -m foundation.apart.child ALLOWANCE MODULE …`: takes the limits upon itself, then becomes the module.

Written into the process itself, for a limit set between fork and exec is unsafe in a server with threads.
"""

import json
import os
import resource
import runpy
import sys

# Neither 0 (done) nor 1 (a mistake of ours, with its traceback).
OUT_OF_MEMORY = 77
NICE = 10


def limit(what: int, most: int, grace: int = 0) -> None:
    """As low as asked, unless the machine has set a lower one already."""
    _soft, hard = resource.getrlimit(what)
    lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (lowest, lowest + grace if hard == resource.RLIM_INFINITY else hard))


def main() -> None:
    allowance, module, *arguments = sys.argv[1:]
    limits = json.loads(allowance)
    # Whoever waits for a page comes first.
    os.nice(NICE)
    limit(resource.RLIMIT_CORE, 0)
    # The soft limit's signal says what it died of, the hard one's does not.
    limit(resource.RLIMIT_CPU, limits["cpu_seconds"], grace=1)
    limit(resource.RLIMIT_FSIZE, limits["disk"])
    # macOS takes this limit and does not keep it; there the clock alone stands guard.
    limit(resource.RLIMIT_AS, limits["memory"])
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


if __name__ == "__main__":
    main()
