"""The definitions that are shipped: by name, by edition, by kind of data."""

import json
from functools import cache
from pathlib import Path

from tablecheck.standards.spelling import FOLDER
from tablecheck.standards.standard import Standard
from tablecheck.vocabulary import Unreadable

INTERNAL = FOLDER / "internal"


@cache
def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("[a-z]*.json")))


@cache
def internal_names() -> tuple[str, ...]:
    """Lists that a town hall keeps for itself: read by name, and never taken for data to be published."""
    return tuple(sorted(path.stem for path in INTERNAL.glob("*.json")))


@cache
def load(name: str) -> Standard:
    """One of the standards shipped with the portal."""
    if name in internal_names():
        return Standard.from_json(json.loads((INTERNAL / f"{name}.json").read_text(encoding="utf-8")), name)
    if name not in names():
        known = "、".join([*names(), *internal_names()])
        raise Unreadable("standard", f"「{name}」というデータの種類はありません。使えるのは {known} です。")
    return Standard.from_json(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")), name)


def load_schema(path: Path) -> Standard:
    """A Table Schema of the town's own."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8-sig"))
        return Standard.from_json(kept.get("schema", kept), path.stem)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable("standard", f"「{path.name}」はTable Schema（JSON）として読み込めません。") from None


@cache
def shipped() -> tuple[Standard, ...]:
    return tuple(load(name) for name in names())


@cache
def internal() -> tuple[Standard, ...]:
    return tuple(load(name) for name in internal_names())


@cache
def kinds() -> tuple[tuple[Standard, ...], ...]:
    """Each kind of data with all its editions, the present one first."""
    return tuple(tuple(_and_older(standard)) for standard in shipped() if standard.present)


def _and_older(standard: Standard) -> list[Standard]:
    return [standard, *(_and_older(load(standard.supersedes)) if standard.supersedes else ())]


def editions_of(standard: Standard) -> tuple[Standard, ...]:
    """All editions of the same kind of data; a schema of the town's own has but one."""
    return next((editions for editions in kinds() if standard in editions), (standard,))
