"""`{{resolve:…}}`: values that CloudFormation fetches from SSM Parameter Store or Secrets Manager."""

import json
import re
from typing import Any

from ministack.services import secretsmanager, ssm

from ..engine.step import ResourceFailed

REFERENCE = re.compile(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]+)\}\}")


def resolve_dynamic_references(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: resolve_dynamic_references(it) for key, it in value.items()}
    if isinstance(value, list):
        return [resolve_dynamic_references(it) for it in value]
    return REFERENCE.sub(_fetch, value) if isinstance(value, str) else value


def _fetch(found: re.Match[str]) -> str:
    service, reference = found.groups()
    return _secret(reference) if service == "secretsmanager" else _parameter(reference)


def _parameter(reference: str) -> str:
    name = reference.split(":")[0]
    value = ssm.resolve_parameter_value(name)
    if value is None:
        raise ResourceFailed(f"Parameter {name} not found.")
    return value


def _secret(reference: str) -> str:
    # secret-id:SecretString:json-key:version-stage:version-id, where the ID may be an ARN, which contains colons
    secret_id, _, rest = reference.partition(":SecretString")
    secret = secretsmanager.resolve_secret_string(secret_id)
    if secret is None:
        raise ResourceFailed(f"Secrets Manager can't find the specified secret: {secret_id}")
    key = rest.lstrip(":").split(":")[0]
    return str(json.loads(secret)[key]) if key else secret
