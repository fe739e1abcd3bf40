"""Converts between the camelCase of MSK's API and the PascalCase of templates."""

import re
from typing import Any

CAPITALS = re.compile(r"^([A-Z]+(?![a-z])|[A-Z])")
MAPS = ("Tags", "ByCategory", "BySeverity")  # their keys are data
AS_IN_TEMPLATES = {"ebsStorageInfo": "EBSStorageInfo", "brokerAZDistribution": "BrokerAZDistribution"}


def to_api(value: Any) -> Any:
    """EBSStorageInfo becomes ebsStorageInfo."""
    if isinstance(value, dict):
        return {
            CAPITALS.sub(lambda found: found[0].lower(), key): it if key in MAPS else to_api(it)
            for key, it in value.items()
            if it is not None
        }
    return [to_api(it) for it in value] if isinstance(value, list) else value


def to_template(value: Any) -> Any:
    if isinstance(value, dict):
        return {AS_IN_TEMPLATES.get(key, key[:1].upper() + key[1:]): to_template(it) for key, it in value.items()}
    return [to_template(it) for it in value] if isinstance(value, list) else value
