"""How fast we are beside others, in one run on one machine: `python bench/run.py`. Ratios, never a timed test."""
