"""A standard data set: which columns it has, which edition it is, and which older one it takes the place of."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tablecheck.standards.field import Field
from tablecheck.standards.spelling import plain, variants


@dataclass(frozen=True)
class Standard:
    name: str
    title: str
    edition: str = ""
    present: bool = False
    supersedes: str | None = None
    file_slug: str = ""
    # In a sentence what the data set tells of, and words in the names of the sections that keep such lists.
    about: str = ""
    sections: tuple[str, ...] = ()
    # How sure the columns are, and in a sentence what of them is inferred.
    confidence: str = ""
    unsure: str = ""
    # Of people, never to be published: nothing is said of public files, nor of persons who may be told of.
    internal: bool = False
    fields: tuple[Field, ...] = ()
    # Of each where its columns are taken from: title, edition, date, publisher, address, licence.
    sources: tuple[dict[str, str], ...] = field(default=(), hash=False)

    @classmethod
    def from_json(cls, kept: dict[str, Any], name: str = "") -> "Standard":
        keys = kept.get("primaryKey", [])
        unique = {keys} if isinstance(keys, str) else set(keys) if len(keys) == 1 else set()
        fields = [
            Field.from_json({**item, "constraints": {**item.get("constraints", {}), "unique": True}})
            if item["name"] in unique
            else Field.from_json(item)
            for item in kept["fields"]
        ]
        return cls(
            name=kept.get("name") or name,
            title=kept.get("title") or kept.get("name") or name,
            edition=kept.get("edition", ""),
            present=bool(kept.get("present")),
            supersedes=kept.get("supersedes"),
            file_slug=kept.get("file_slug", ""),
            about=kept.get("about", ""),
            sections=tuple(kept.get("sections", ())),
            confidence=kept.get("confidence", ""),
            unsure=kept.get("unsure", ""),
            internal=bool(kept.get("internal")),
            fields=tuple(fields),
            sources=tuple(kept.get("sources", ())),
        )

    def field(self, name: str | None) -> Field | None:
        return self._by_name.get(name) if name else None

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {item.name: item for item in self.fields}

    @property
    def own(self) -> bool:
        """Of one section, by its own word."""
        return any(item.own for item in self.fields)

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(item.title for item in self.fields)

    @cached_property
    def spellings(self) -> dict[str, tuple[Field, bool]]:
        """Plain spelling → (field, whether it is the field's own title or name). Titles win over aliases."""
        others = variants()
        known: dict[str, tuple[Field, bool]] = {}
        for item in self.fields:
            for alias in (*item.aliases, *others.get(item.title, ())):
                known.setdefault(plain(alias), (item, False))
        for item in self.fields:
            known[plain(item.name)] = (item, True)
        for item in self.fields:
            known[plain(item.title)] = (item, True)
        return known
