import secrets

# What a positive integer holds.
MOST = 2**31 - 1


def fresh_nonce() -> int:
    """Never given before, to no row of this number: after a restore a new row may have the number of one that is
    forgotten, whose secret somebody else still holds.
    """
    return secrets.randbelow(MOST) + 1
