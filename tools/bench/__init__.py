"""How fast we are beside others, in one run on one machine. Ratios, never a timed test."""
