"""Finds the references in template values."""

import re
from collections.abc import Iterator
from typing import Any

PSEUDO = "AWS::"
PLACEHOLDER = re.compile(r"\$\{(!?)([^}]+)\}")


def references(value: Any) -> Iterator[tuple[str, str | None]]:
    """Each reference in a value: (logical ID or parameter, attribute or None)."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        yield from _own_reference(value)
        for item in value.values():
            yield from references(item)


def _own_reference(value: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    if len(value) != 1:
        return
    (name, argument) = next(iter(value.items()))
    if name == "Ref" and not argument.startswith(PSEUDO):
        yield argument, None
    elif name == "Fn::GetAtt":
        logical_id, attribute = argument.split(".", 1) if isinstance(argument, str) else argument
        if isinstance(attribute, str):
            yield logical_id, attribute
    elif name == "Fn::Sub":
        yield from _placeholders(argument)


def _placeholders(argument: Any) -> Iterator[tuple[str, str | None]]:
    text, given = (argument, {}) if isinstance(argument, str) else argument
    for escaped, name in PLACEHOLDER.findall(text):
        if escaped or name in given or name.startswith(PSEUDO):
            continue
        logical_id, _, attribute = name.strip().partition(".")
        yield logical_id, attribute or None


def imported_names(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from imported_names(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "Fn::ImportValue":
                yield item
            else:
                yield from imported_names(item)
