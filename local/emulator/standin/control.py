"""The stand-in's own routes: responses of custom resources, and requests of tests."""

import json
import os
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from ministack.core.responses import request_scope

from .cloudformation.engine import deliveries
from .cloudformation.engine.custom_resources import ANSWERS, deliver
from .cloudformation.engine.step import ResourceFailed
from .msk import clusters
from .types.refusals import Refused
from .unkind import options, requests, tally

PREFIX = "/_standin/"
RESET = "/_ministack/reset"
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class Wrong(Exception):
    """A request that is answered with 400, or with 404 if there is no such route."""

    def __init__(self, message: str, status: int = 400):
        super().__init__(message)
        self.status = status


async def handle(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    path = scope["raw_path"].decode().partition("?")[0]
    status, answer = 200, {}
    try:
        answer = _route(scope["method"], path, await _body(receive))
    except Wrong as error:
        status, answer = error.status, {"error": str(error)}
    body = json.dumps(answer).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _route(method: str, path: str, body: bytes) -> Any:
    for verb, pattern, answer in ROUTES:
        found = pattern.fullmatch(path)
        if found and verb in {method, "*"}:
            return answer(body, *(unquote(it) for it in found.groups()))
    raise Wrong(f"there is no {method} {path}", 404)


def _deliver(body: bytes, token: str) -> Any:
    deliver(token, body)
    return {}


def _who(_body: bytes) -> Any:
    return {"pid": os.getpid()}


def _refuse_reset(_body: bytes) -> Any:
    raise Wrong("a reset would be incomplete; start another emulator instead, which takes about a second", 404)


def _set_state(body: bytes, cluster_arn: str) -> Any:
    """{"state": "REBOOTING_BROKER"}"""
    _, _, _, region, account, _ = cluster_arn.split(":", 5)
    try:
        with request_scope(account, region):
            clusters.set_state(cluster_arn, json.loads(body)["state"])
    except Refused as error:
        raise Wrong(error.message) from error
    return {}


def _set_unkind(body: bytes) -> Any:
    """Replaces all options."""
    try:
        requests.begin(options.read(json.loads(body)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Wrong(f"wrong options: {error}") from error
    return {}


def _tally(_body: bytes) -> Any:
    return tally.read()


def _events(_body: bytes, stack: str) -> Any:
    return deliveries.sent_to(stack)


def _send_again(_body: bytes, stack: str, number: str) -> Any:
    try:
        deliveries.send_again(stack, int(number))
    except IndexError as error:
        raise Wrong(f"'{stack}' had no event {number}") from error
    except ResourceFailed as error:
        raise Wrong(str(error)) from error
    return {}


ROUTES: tuple[tuple[str, re.Pattern[str], Callable[..., Any]], ...] = (
    ("PUT", re.compile(rf"{ANSWERS}(.+)"), _deliver),
    ("GET", re.compile(rf"{PREFIX}pid"), _who),
    ("*", re.compile(RESET), _refuse_reset),
    ("POST", re.compile(rf"{PREFIX}clusters/([^/]+)/state"), _set_state),
    ("PUT", re.compile(rf"{PREFIX}unkind"), _set_unkind),
    ("GET", re.compile(rf"{PREFIX}unkind"), _tally),
    ("GET", re.compile(rf"{PREFIX}stacks/([^/]+)/events"), _events),
    ("POST", re.compile(rf"{PREFIX}stacks/([^/]+)/events/(\d+)"), _send_again),
)


async def _body(receive: Receive) -> bytes:
    chunks = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(chunks)
