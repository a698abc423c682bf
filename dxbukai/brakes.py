"""How often what may be done, by whom and from where. docs/security.md tells why; foundation counts.

A whole town hall stands behind one network address: limits per address are wide. One stranger at one address
reaches the tight limits of account and address together long before the wide ones of the account.
"""

LIMITS = {
    # Wrong passwords.
    "log_in": "5/5m/account+address 30/h/account+address 60/m/address 200/h/account",
    # Letters with a code or with a link to choose a password.
    "ask_for_code": "3/m/account+address 10/h/account+address 60/m/address 60/h/account",
    "ask_for_reset": "3/m/account+address 10/h/account+address 60/m/address 60/h/account",
    # Codes typed in: of a login (three for each letter besides), and of a personal link.
    "try_code": "60/m/address",
    "enter_code": "60/m/address",
    # Whatever is sent: a draft goes off a second after the last key.
    "post_unknown": "120/m/address",
    "post_by_link": "120/m/link",
    "post": "600/m/person",
    # What was typed while the login ran out, up to 100,000 characters each, until the night.
    "keep": "30/h/address",
    # Each is read in a child with an allowance of memory and time.
    "upload": "60/h/person",
}
