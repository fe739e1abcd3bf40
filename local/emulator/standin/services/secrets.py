"""AWS::SecretsManager::Secret. Its Ref is the ARN (MiniStack returns the name)."""

import json
from typing import Any

from ministack.services import secretsmanager

from ..types.handler import Existing, Handler, Outcome, Request
from ..types.refusals import already_exists, refused


class Secret(Handler):
    def create(self, request: Request) -> Outcome:
        properties = request.properties
        name = properties.get("Name") or f"{request.logical_id}-{request.suffix}"
        if name in secretsmanager._secrets:
            raise already_exists(request.type, name)
        arn, _ = secretsmanager._store_new_secret(
            name,
            secret_string=_value(properties),
            description=properties.get("Description", ""),
            tags=properties.get("Tags"),
            kms_key_id=properties.get("KmsKeyId"),
        )
        return Outcome(arn, {"Id": arn, "Arn": arn})

    def update(self, request: Request, existing: Existing) -> Outcome:
        properties = request.properties
        _, record = secretsmanager._resolve(existing.physical_id)
        if record is None:
            raise refused("SecretsManager", "Secrets Manager can't find the specified secret.", 404)
        record["Description"] = properties.get("Description", "")
        record["KmsKeyId"] = properties.get("KmsKeyId")
        record["Tags"] = properties.get("Tags", [])
        if any(existing.properties.get(it) != properties.get(it) for it in ("SecretString", "GenerateSecretString")):
            body = {"SecretId": existing.physical_id, "SecretString": _value(properties)}
            secretsmanager._put_secret_value(body)
        return Outcome(existing.physical_id, existing.attributes)

    def delete(self, existing: Existing) -> None:
        name, _ = secretsmanager._resolve(existing.physical_id)
        secretsmanager._secrets.pop(name, None)


def _value(properties: dict[str, Any]) -> str | None:
    if "SecretString" in properties:
        return properties["SecretString"]
    wanted = properties.get("GenerateSecretString")
    if wanted is None:
        return None
    _, _, body = secretsmanager._get_random_password(wanted)
    password = json.loads(body)["RandomPassword"]
    if "GenerateStringKey" not in wanted:
        return password
    return json.dumps({**json.loads(wanted.get("SecretStringTemplate", "{}")), wanted["GenerateStringKey"]: password})


HANDLERS: dict[str, Handler] = {"AWS::SecretsManager::Secret": Secret()}
