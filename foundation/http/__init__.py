"""What every request passes: hostile text, a lost login, a database that is away, headers of private pages."""

# A person's own pages. Who holds such an address acts as that person: it is masked in logs, stored nowhere.
PERSONAL_PATH = "/a/"
# Likewise who holds the address at which a password is chosen.
RESET_PATH = "/accounts/password/reset/key/"
