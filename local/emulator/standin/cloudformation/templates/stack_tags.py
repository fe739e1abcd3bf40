"""The tags of a stack, which CloudFormation passes on to each resource whose type has tags."""

from typing import Any

from ...types import registry

Properties = dict[str, Any]


def with_stack_tags(resource_type: str, properties: Properties, tags: list[dict[str, str]]) -> Properties:
    """Adds the stack's tags. A tag of the resource itself takes precedence."""
    schema = registry.schema_of(resource_type) or {}
    tagging = schema.get("tagging") or {}
    name = tagging.get("tagProperty", "/properties/Tags").removeprefix("/properties/")
    if not tags or not tagging.get("taggable") or name not in schema["properties"]:
        return properties
    passed_on = {it["Key"]: it["Value"] for it in tags}
    own = properties.get(name)
    if schema["properties"][name].get("type") == "object":
        return {**properties, name: {**passed_on, **(own or {})}}
    kept = own or []
    known = {it["Key"] for it in kept}
    return {
        **properties,
        name: [*kept, *({"Key": key, "Value": it} for key, it in passed_on.items() if key not in known)],
    }
