"""`python -m tablecheck FILE`: the check of the upload page, without Django, a database or settings."""

import sys

from tablecheck.cli import main

if __name__ == "__main__":
    sys.exit(main())
