"""What people send, filled in as they would: every form that a role can open, and what needs words of its own."""

from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve

from tests.hostile.test_typed import opened_by
from tests.hostile.walk import Walk
from tests.test_foreign_children import AT_THE_DESK, IN_THE_REGISTER, address

ROLES = ["anonymous", "member", "desk", "staff", "administrator"]
NAMED = {"desk": AT_THE_DESK, "administrator": IN_THE_REGISTER}
# What would end the session of the one who sends, asks the person again, or only shows.
NOT_SENT = {"components", "account_logout", "account_reauthenticate", "mfa_reauthenticate", "enter_code"}
FILE = "名称\n中央公園\n".encode()


@dataclass
class Deed:
    name: str
    address: str
    fields: dict[str, str]
    files: list[str] = field(default_factory=list)

    def send(self, client):
        files = {name: SimpleUploadedFile("公園.csv", FILE) for name in self.files}
        return client.post(self.address, self.fields | files)


def deeds_of(role, world, client):
    """One of each kind: a page with a button for each of eight people sends one kind."""
    found = {}
    for form in Walk(client).forms_on(opened_by(role, world)):
        name = resolve(form.address).view_name
        if name not in NOT_SENT:
            key = (name, *sorted(form.fields))
            found.setdefault(key, Deed(name, form.address, form.fields, form.files))
    for name, (child, sent) in NAMED.get(role, {}).items():
        found[name] = Deed(name, address(name, world.own, world.own, child), sent)
    return list(found.values())
