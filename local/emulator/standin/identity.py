"""The access keys of functions and their permissions on brokers: one key per process, one policy file per role."""

import json
import os
import re
import secrets
import string
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ministack.services import iam, sts

from .settings import SETTINGS

Statement = dict[str, Any]
ALPHABET = string.ascii_uppercase + "234567"
FOR_KAFKA = re.compile(r"kafka-cluster:|kafka[^:]*[*?]|\*", re.IGNORECASE)
_lock = threading.RLock()


@dataclass(frozen=True)
class Key:
    id: str
    secret: str
    token: str
    principal: str


_keys: dict[str, Key] = {}
_issued: set[str] = set()  # including revoked keys; other lines of the file belong to others
_written_roles: set[str] = set()


def issue_key(function_arn: str, role_arn: str) -> Key:
    account, role, function = role_arn.split(":")[4], role_arn.rsplit("/", 1)[-1], function_arn.split(":")[6]
    key = Key(
        id="ASIA" + "".join(secrets.choice(ALPHABET) for _ in range(16)),
        secret=secrets.token_urlsafe(30),
        token=secrets.token_urlsafe(240),
        principal=f"arn:aws:sts::{account}:assumed-role/{role}/{function}",
    )
    with _lock:
        _keys[key.id] = key
        _issued.add(key.id)
    sts._sessions[key.id] = {
        "Arn": key.principal,
        "UserId": f"{iam._roles.get(role, {}).get('RoleId', 'AROA')}:{function}",
        "SecretAccessKey": key.secret,
    }
    write_files()
    return key


def void_key(key: Key) -> None:
    with _lock:
        _keys.pop(key.id, None)
    sts._sessions.pop(key.id, None)
    write_files()


def forget_all() -> None:
    with _lock:
        _keys.clear()
    write_files()


# --- the files that brokers read for each request --------------------------------------------------------------------


def write_files() -> None:
    """Called after everything that may have changed keys, roles or policies, since it is cheap."""
    if SETTINGS.shared is None:
        return
    with _lock:
        _write_keys(SETTINGS.shared / "iam.properties")
        _write_policies(SETTINGS.shared / "iam-policies")


def _write_keys(path: Path) -> None:
    present = path.read_text().splitlines() if path.exists() else []
    foreign = [line for line in present if line.partition("=")[0] not in _issued]
    own = [f"{key.id}={key.secret}|{key.principal}|{key.token}" for key in _keys.values()]
    _write(path, "".join(f"{line}\n" for line in [*foreign, *own]))


def _write_policies(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    roles = dict(iam._roles.items())
    for name, role in roles.items():
        document = {"Version": "2012-10-17", "Statement": list(kafka_statements(role))}
        _write(folder / f"{name}.json", json.dumps(document, indent=1))
    for gone in _written_roles - roles.keys():
        (folder / f"{gone}.json").unlink(missing_ok=True)
    _written_roles.clear()
    _written_roles.update(roles)


def _write(path: Path, text: str) -> None:
    if path.exists() and path.read_text() == text:
        return
    part = path.with_name(f".{path.name}.part")
    part.touch(mode=0o600)
    part.write_text(text)
    os.replace(part, path)  # a broker never reads a partially written file


def kafka_statements(role: dict[str, Any]) -> Iterator[Statement]:
    """The statements that may apply to Kafka. Others may use features that the brokers' authorizer does not model."""
    for document in [*role["InlinePolicies"].values(), *_attached(role)]:
        parsed = json.loads(document) if isinstance(document, str) else document
        for statement in _listed(parsed.get("Statement", [])):
            if "NotAction" in statement or any(FOR_KAFKA.match(it) for it in _listed(statement.get("Action", []))):
                yield statement


def _attached(role: dict[str, Any]) -> Iterator[str]:
    for arn in role["AttachedPolicies"]:
        policy = iam._lookup_policy(arn) or {}
        yield from (it["Document"] for it in policy.get("Versions", {}).values() if it.get("IsDefaultVersion"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# --- IAM's own API also changes policies -----------------------------------------------------------------------------


def install() -> None:
    handle = iam.handle_request

    async def handle_request(*arguments: Any, **named: Any) -> Any:
        answer = await handle(*arguments, **named)
        write_files()
        return answer

    iam.handle_request = handle_request
    write_files()
