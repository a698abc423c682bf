"""The attendance survey: sections that know their fields, their part of a reply, their words and their columns.

The page, the receipt, the conflict page, the tally and the revisions loop over the sections and ask no kind: a new
kind of section is a new file in sections/, its key in meetings.states.SectionKind and its line in the registry.
"""
