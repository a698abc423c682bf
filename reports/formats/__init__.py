"""The result report as a tree of blocks, and the formats made from that one tree. Knows nothing of Django."""
