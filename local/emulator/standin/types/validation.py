"""Validates properties against their registry schema, with CloudFormation's messages, and converts their types."""

import functools
import re
from collections.abc import Iterator
from typing import Any

import regex  # supports the \\p{..} classes that the schemas use
from jsonschema import Draft7Validator, ValidationError, validators

from .registry import Schema, read_only_properties, schema_of


class PropertiesRefused(ValueError):
    """The schema does not allow these properties."""


def typed(resource_type: str, logical_id: str, properties: dict[str, Any]) -> dict[str, Any]:
    schema = schema_of(resource_type)
    if schema is None:
        return properties
    coerced = coerce(properties, schema, schema)
    complaints = [*_complaints(resource_type, coerced), *_read_only(resource_type, coerced)]
    if complaints:
        raise PropertiesRefused(
            f"Properties validation failed for resource {logical_id} with message:\n[{', '.join(complaints)}]"
        )
    return coerced


def _complaints(resource_type: str, properties: dict[str, Any]) -> Iterator[str]:
    errors = _validator(resource_type).iter_errors(properties)
    for error in sorted(errors, key=lambda it: [str(part) for part in it.path]):
        place = "#" + "".join(f"/{part}" for part in error.path)
        yield f"{place}: {_message(error)}"


def _message(error: ValidationError) -> str:
    missing = re.fullmatch(r"'(.+)' is a required property", error.message)
    return f"required key [{missing[1]}] not found" if missing else error.message


def _read_only(resource_type: str, properties: dict[str, Any]) -> Iterator[str]:
    for name in sorted(read_only_properties(resource_type) & set(properties)):
        yield f"#: read-only property [{name}] is not permitted"


# --- the validator: JSON Schema with ECMA patterns and CloudFormation's wording --------------------------------------


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Schema) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not regex.search(pattern, instance):
        yield ValidationError(f"string [{instance}] does not match pattern {pattern}")


def _pattern_properties(validator: Any, patterns: Schema, instance: Any, _schema: Schema) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    for pattern, schema in patterns.items():
        for key in (it for it in instance if regex.search(pattern, it)):
            yield from validator.descend(instance[key], schema, path=key)


def _additional_properties(_validator: Any, allowed: Any, instance: Any, schema: Schema) -> Iterator[ValidationError]:
    if allowed is not False or not isinstance(instance, dict):
        return
    patterns = schema.get("patternProperties", {})
    for key in instance:
        if key not in schema.get("properties", {}) and not any(regex.search(it, key) for it in patterns):
            yield ValidationError(f"extraneous key [{key}] is not permitted")


_RegistryValidator = validators.extend(
    Draft7Validator,
    {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
    },
)


@functools.cache
def _validator_of(identity: int, resource_type: str) -> Any:
    return _RegistryValidator(schema_of(resource_type))


def _validator(resource_type: str) -> Any:
    return _validator_of(id(schema_of(resource_type)), resource_type)


# --- coercion: CloudFormation accepts "3" as number and true as a string ---------------------------------------------


def coerce(value: Any, schema: Any, root: Schema) -> Any:
    schema = _dereferenced(schema, root)
    if isinstance(value, dict):
        named, patterned = schema.get("properties", {}), next(iter(schema.get("patternProperties", {}).values()), {})
        return {key: coerce(it, named.get(key, patterned), root) for key, it in value.items()}
    if isinstance(value, list):
        return [coerce(it, schema.get("items", {}), root) for it in value]
    kind = schema.get("type")
    return _as_kind(value, set(kind) if isinstance(kind, list) else {kind})


def _dereferenced(schema: Any, root: Schema) -> Schema:
    while isinstance(schema, dict) and "$ref" in schema:
        target: Any = root
        for part in schema["$ref"].lstrip("#/").split("/"):
            target = target.get(part, {})
        schema = target
    return schema if isinstance(schema, dict) else {}


def _as_kind(value: Any, kinds: set[str]) -> Any:
    if not isinstance(value, str):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return text if kinds == {"string"} else value
    if "string" in kinds:
        return value
    if "integer" in kinds and re.fullmatch(r"-?\d+", value):
        return int(value)
    if "number" in kinds and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value)
    return value == "true" if "boolean" in kinds and value in ("true", "false") else value
