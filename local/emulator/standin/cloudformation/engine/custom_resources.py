"""Custom resources: sends an event to the function in the service token, which responds to the URL in the event."""

import asyncio
import json
import logging
import uuid
from typing import Any

from ...settings import SETTINGS
from ...types.handler import Outcome
from ..model import Resource, Stack
from . import deliveries
from .step import ResourceFailed, Step

log = logging.getLogger("standin.cloudformation")

LONGEST_ANSWER = 4096
LONGEST_PHYSICAL_ID = 1024
ANSWERS = "/_standin/answers/"
_awaited: dict[str, asyncio.Future[bytes]] = {}


class CustomResources:
    async def create(self, step: Step) -> Outcome:
        return await _send("Create", step)

    async def update(self, step: Step, old: Resource) -> Outcome:
        if old.properties.get("ServiceToken") != step.resource.properties.get("ServiceToken"):
            raise ResourceFailed("Modifying service token is not allowed.")
        return await _send("Update", step, {"OldResourceProperties": as_delivered(old.properties)})

    async def delete(self, step: Step) -> None:
        await _send("Delete", step)


def deliver(token: str, body: bytes) -> None:
    """Called when a function sends its response. A response that is no longer expected is dropped, as on AWS."""
    answer = _awaited.pop(token, None)
    if answer is None:
        log.warning("received an unexpected custom resource response: %s", body[:200])
    elif not answer.done():
        answer.set_result(body)


def as_delivered(value: Any) -> Any:
    """Converts all numbers and booleans to strings, as they are delivered to the function."""
    if isinstance(value, dict):
        return {key: as_delivered(it) for key, it in value.items()}
    if isinstance(value, list):
        return [as_delivered(it) for it in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


async def _send(kind: str, step: Step, more: dict[str, Any] | None = None) -> Outcome:
    token = str(uuid.uuid4())
    event = {**_event(kind, step.resource, step.stack), **(more or {}), "ResponseURL": _answer_address(token)}
    answer = _awaited[token] = asyncio.get_running_loop().create_future()
    deliveries.send(event)
    try:
        body = await _first(answer, step)
    finally:
        _awaited.pop(token, None)
        deliveries.repeat(event)
    return _read(event, body)


def _event(kind: str, resource: Resource, stack: Stack) -> dict[str, Any]:
    event = {
        "RequestType": kind,
        "ServiceToken": resource.properties.get("ServiceToken", ""),
        "StackId": stack.id,
        "RequestId": str(uuid.uuid4()),
        "LogicalResourceId": resource.logical_id,
        "ResourceType": resource.type,
        "ResourceProperties": as_delivered(resource.properties),
    }
    return event if kind == "Create" else {**event, "PhysicalResourceId": resource.physical_id}


def _answer_address(token: str) -> str:
    return f"{SETTINGS.url}{ANSWERS}{token}?X-Amz-Expires=7200&X-Amz-Signature={token.replace('-', '')}"


async def _first(answer: asyncio.Future[bytes], step: Step) -> bytes | None:
    """Returns the response, or None after the timeout. A failure of another resource ends the wait."""
    cancelled = asyncio.ensure_future(step.cancelled.wait())
    try:
        await asyncio.wait({answer, cancelled}, timeout=_timeout(step.resource), return_when=asyncio.FIRST_COMPLETED)
    finally:
        cancelled.cancel()
    if answer.done():
        return answer.result()
    if step.cancelled.is_set():
        verb = "update" if step.resource.physical_id else "creation"
        raise ResourceFailed(f"Resource {verb} cancelled")
    return None


def _timeout(resource: Resource) -> float:
    asked = resource.properties.get("ServiceTimeout", SETTINGS.custom_resource_timeout)
    return min(float(asked), SETTINGS.custom_resource_timeout)


def _read(event: dict[str, Any], body: bytes | None) -> Outcome:
    if body is None:
        raise ResourceFailed(
            "CloudFormation did not receive a response from your Custom Resource. "
            f"Please check your logs for requestId [{event['RequestId']}]."
        )
    if len(body) > LONGEST_ANSWER:
        raise ResourceFailed("Response object is too long.")
    answer = _parse(body)
    for name in ("StackId", "RequestId", "LogicalResourceId"):
        if answer.get(name) != event[name]:
            raise ResourceFailed(f"Invalid response object: {name} does not match the request")
    physical_id = answer.get("PhysicalResourceId") or ""
    if answer.get("Status") != "SUCCESS":
        raise ResourceFailed(
            f"Received response status [{answer.get('Status')}] from custom resource. "
            f"Message returned: {answer.get('Reason')} (RequestId: {event['RequestId']})",
            physical_id,
        )
    if not isinstance(physical_id, str) or not 1 <= len(physical_id) <= LONGEST_PHYSICAL_ID:
        raise ResourceFailed("Invalid PhysicalResourceId")
    return Outcome(physical_id, answer.get("Data") or {})


def _parse(body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise ResourceFailed("Invalid response object: it must be a JSON object")
    return answer
