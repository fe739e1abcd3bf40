"""Access keys, the accounts they belong to, and their permissions on brokers: one policy file per role.

Each process of a function has a key, and each assumed role.
"""

import json
import os
import re
import secrets
import string
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import ministack.app as ministack
from ministack.core.responses import get_region, request_scope
from ministack.services import iam, sts

from .settings import SETTINGS

Statement = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]
ALPHABET = string.ascii_uppercase + "234567"
SESSION_TOKEN = re.compile(rb"SessionToken\W+([^<\"]+)")
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
    sts._sessions[key.id] = {
        "Arn": key.principal,
        "UserId": f"{iam._roles.get(role, {}).get('RoleId', 'AROA')}:{function}",
        "SecretAccessKey": key.secret,
    }
    _make_known(key)
    return key


def _make_known(key: Key) -> None:
    with _lock:
        _keys[key.id] = key
        _issued.add(key.id)
    write_files()


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
    roles = {}
    for (account, name), role in iam._roles.to_dict().items():
        with request_scope(account, get_region()):
            roles[name] = {"Version": "2012-10-17", "Statement": list(kafka_statements(role))}
    for name, document in roles.items():
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
    for statement in _statements(role):
        if "NotAction" in statement or any(FOR_KAFKA.match(it) for it in _listed(statement.get("Action", []))):
            yield statement


def may(role_arn: str, action: str) -> bool:
    """Whether a role may do something to any resource. Conditions are not read."""
    role = iam._roles.get(role_arn.rsplit("/", 1)[-1])
    effects = {it["Effect"] for it in _statements(role) if _covers(it, action)} if role else set()
    return effects == {"Allow"}


def _statements(role: dict[str, Any]) -> Iterator[Statement]:
    for document in [*role["InlinePolicies"].values(), *_attached(role)]:
        parsed = json.loads(document) if isinstance(document, str) else document
        yield from _listed(parsed.get("Statement", []))


def _covers(statement: Statement, action: str) -> bool:
    patterns = _listed(statement.get("Action", statement.get("NotAction", [])))
    is_listed = any(fnmatchcase(action.lower(), it.lower()) for it in patterns)
    return is_listed == ("Action" in statement)


def _attached(role: dict[str, Any]) -> Iterator[str]:
    for arn in role["AttachedPolicies"]:
        # MiniStack has the service roles' policies of AWS under another path than AWS
        policy = iam._lookup_policy(arn) or iam._lookup_policy(arn.replace(":policy/service-role/", ":policy/")) or {}
        yield from (it["Document"] for it in policy.get("Versions", {}).values() if it.get("IsDefaultVersion"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# --- the APIs of IAM and STS -----------------------------------------------------------------------------------------


def install() -> None:
    iam.handle_request = _writing_files(iam.handle_request)
    sts.handle_request = _noting_keys(sts.handle_request)
    ministack.set_request_account_id = _with_account_of_key(ministack.set_request_account_id)
    write_files()


def _writing_files(handle: Callable[..., Any]) -> Callable[..., Any]:
    """IAM's own API also changes policies."""

    async def handle_request(*arguments: Any, **named: Any) -> Any:
        answer = await handle(*arguments, **named)
        write_files()
        return answer

    return handle_request


def _noting_keys(handle: Callable[..., Any]) -> Callable[..., Any]:
    """The brokers know the key of an assumed role too."""

    async def handle_request(*arguments: Any, **named: Any) -> Any:
        before = set(sts._sessions)
        answer: Answer = await handle(*arguments, **named)
        for key_id in sts._sessions.keys() - before:
            session, token = sts._sessions[key_id], SESSION_TOKEN.search(answer[2])
            if "Arn" in session and token:
                _make_known(Key(key_id, session["SecretAccessKey"], token[1].decode(), session["Arn"]))
        return answer

    return handle_request


def _with_account_of_key(select: Callable[[str], None]) -> Callable[[str], None]:
    """The key of a role belongs to the account of the role. MiniStack knows only keys that are an account number."""

    def set_request_account_id(key_id: str) -> None:
        arn = sts._sessions.get(key_id, {}).get("Arn")
        select(arn.split(":")[4] if arn else key_id)

    return set_request_account_id
