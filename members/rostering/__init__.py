"""A personnel office's list against what is registered: who is who, and what would become of each.

Nothing here writes but `writing` and `undoing`: rows and what is known become a plan, whose lines say in words
what would be done; the same rows and the same town make the same plan, by which a page that is out of date is
known.
"""
