"""What happens: every change of a meeting's rows goes through a verb in here.

Keyword-only, `by=` the person who acts; one transaction with its audit row. PermissionDenied: not this
person's to do. ValidationError: a sentence about what stands in the way.
"""
