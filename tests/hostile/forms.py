"""The forms of a page as a browser would find them, filled in as a person would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from tests.hostile.strings import FREE

# What a person would type, by the type of the control.
PLAUSIBLE = {
    "date": "2026-12-01",
    "datetime-local": "2026-12-01T10:00",
    "time": "10:00",
    "number": "1",
    "email": "new@example.jp",
    "url": "https://example.jp/",
}


@dataclass
class Form:
    """`page` shows it, `address` takes it; `fields` are name → value as a person would send them, and of which
    `kinds` their controls are.
    """

    page: str
    address: str
    fields: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    # What the choice above does not ask for: not seen, and neither judged nor kept.
    unasked: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)

    @property
    def words(self):
        """Those in which anything may be said; the others ask for a day, a number, a choice."""
        return [name for name in self.fields if self.kinds.get(name) in FREE]

    @property
    def key(self):
        return (self.address, *sorted(self.fields), *self.files)

    def __str__(self):
        return f"{self.address} ({', '.join([*self.fields, *self.files])})"


@dataclass
class _Branch:
    """A choice with what it asks further: how many there are to choose from, and which of them is chosen."""

    places: int = 0
    chosen: int | None = None

    def take(self, tag, attributes):
        if tag == "option" or attributes.get("type") in {"radio", "checkbox"}:
            self.places += 1
            if attributes.keys() & {"checked", "selected"}:
                self.chosen = self.places


class _Reader(HTMLParser):
    def __init__(self, page, text):
        super().__init__()
        self.page, self.found, self.form, self.select = page, [], None, ""
        # Of each open box: the choice that it holds, whether what is in it is asked, or nothing.
        self.boxes = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "div":
            self.boxes.append(self.box(attributes))
        if tag == "form":
            self.form = Form(self.page, urljoin(self.page, attributes.get("action") or ""))
            if attributes.get("method", "").lower() == "post":
                self.found.append(self.form)
        elif self.form is not None:
            self.take(tag, attributes)

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag == "div":
            self.boxes.pop()

    def box(self, attributes):
        if attributes.get("class") == "dads-branch":
            return _Branch()
        if attributes.get("class") == "dads-when":
            branch = next(box for box in reversed(self.boxes) if isinstance(box, _Branch))
            return str(branch.chosen) in attributes["data-when"].split()
        return None

    def take(self, tag, attributes):
        told = next((box for box in reversed(self.boxes) if box is not None), None)
        if isinstance(told, _Branch):
            told.take(tag, attributes)
        elif told is False:
            self.form.unasked.add(attributes.get("name"))
        kind = tag if tag == "textarea" else attributes.get("type", "text")
        name, value, fields = attributes.get("name"), attributes.get("value"), self.form.fields
        if tag == "select":
            self.select = name
        elif tag == "option":
            fields[self.select] = fields.get(self.select) or value or ""
            self.form.kinds[self.select] = tag
        elif name and kind == "file":
            self.form.files.append(name)
        elif name and tag in {"input", "textarea"} and name != "csrfmiddlewaretoken":
            chosen = "checked" in attributes or name not in fields or kind not in {"radio", "checkbox"}
            fields |= {name: value or PLAUSIBLE.get(kind, "一")} if chosen else {}
            self.form.kinds[name] = kind


def forms_in(page, response):
    """Those that are posted."""
    if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
        return []
    return _Reader(page, response.content.decode()).found
