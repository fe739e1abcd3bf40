"""The CloudFormation registry schemas that cfn-lint includes: one document per type, one index per Region."""

import functools
import importlib.util
import json
from pathlib import Path
from typing import Any

from ministack.core.responses import get_region

from ..settings import DEFAULT_REGION

Schema = dict[str, Any]


def _folder() -> Path:
    # Located without importing cfn-lint, which would take most of a second.
    spec = importlib.util.find_spec("cfnlint")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("cfn-lint")
    return Path(spec.origin).parent / "data" / "schemas"


FOLDER = _folder()


@functools.cache
def _index(region: str) -> dict[str, str]:
    path = FOLDER / "providers" / f"{region}.json"
    if not path.exists():
        path = FOLDER / "providers" / f"{DEFAULT_REGION}.json"
    return json.loads(path.read_text())


@functools.cache
def _document(name: str) -> Schema:
    return json.loads((FOLDER / "resources" / f"{name}.json").read_text())


def schema_of(resource_type: str) -> Schema | None:
    """The schema in the Region of the request, or None, since some types are missing in some Regions."""
    name = _index(get_region()).get(resource_type)
    return _document(name) if name else None


def _paths(schema: Schema, listing: str) -> list[tuple[str, ...]]:
    return [tuple(pointer.split("/")[2:]) for pointer in schema.get(listing) or []]


def attribute_names(resource_type: str) -> set[str]:
    return {".".join(path) for path in _paths(schema_of(resource_type) or {}, "readOnlyProperties")}


def read_only_properties(resource_type: str) -> set[str]:
    """Top-level properties that a template may not set."""
    return {path[0] for path in _paths(schema_of(resource_type) or {}, "readOnlyProperties") if len(path) == 1}


def identifier(resource_type: str) -> list[str]:
    return [path[-1] for path in _paths(schema_of(resource_type) or {}, "primaryIdentifier")]


def replacing_changes(resource_type: str, old: Any, new: Any) -> list[str]:
    """The changed properties that can only be set at creation."""
    paths = _paths(schema_of(resource_type) or {}, "createOnlyProperties")
    return ["/".join(path) for path in paths if _dig(old, path) != _dig(new, path)]


def _dig(value: Any, path: tuple[str, ...]) -> Any:
    for index, key in enumerate(path):
        if key == "*":
            return [_dig(it, path[index + 1 :]) for it in value] if isinstance(value, list) else None
        value = value.get(key) if isinstance(value, dict) else None
    return value
