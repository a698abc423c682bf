"""What was taken back, written outside the database too: a restore of yesterday's rows opens none of it again.

Say, in the transaction of the action, what is so of the row from now on:

    from foundation.ledger.notes import note

    note("link", link, nonce=link.nonce)

and name, in `settings.LEDGER`, the function that makes it so again after a restore:

    "link": "members.taken_back.link"

It gets the number of the row and what the last note about it said, changes what stands more open than that, and
returns the row, or None where nothing had to be changed. It never opens anything (docs/adr/0012).
"""
