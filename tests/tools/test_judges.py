"""The judges begin: their demo has a place of its own, which is chosen before any settings are read."""

import os
import subprocess
import sys


def test_what_starts_the_judges_demo_needs_no_settings():
    """Slow: a process of its own."""
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    begun = [sys.executable, "-c", "import tools.judges.run, tools.drills.stop"]
    subprocess.run(begun, env=bare, check=True)
