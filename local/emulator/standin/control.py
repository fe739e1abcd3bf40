"""The stand-in's own routes: responses of custom resources, and requests of tests."""

import json
import os
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from ministack.core.responses import request_scope

from .cloudformation.engine.custom_resources import ANSWERS, deliver
from .msk import clusters
from .types.refusals import Refused

PREFIX = "/_standin/"
WHO = f"{PREFIX}pid"
RESET = "/_ministack/reset"
CLUSTERS = f"{PREFIX}clusters/"
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def handle(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    path = scope["raw_path"].decode().partition("?")[0]
    status, answer = _route(scope["method"], path, await _body(receive))
    body = json.dumps(answer).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _route(method: str, path: str, body: bytes) -> tuple[int, Any]:
    if method == "PUT" and path.startswith(ANSWERS):
        deliver(path.removeprefix(ANSWERS), body)
        return 200, {}
    if method == "GET" and path == WHO:
        return 200, {"pid": os.getpid()}
    if path == RESET:
        return 404, {"error": "a reset would be incomplete; start another emulator instead, which takes about a second"}
    if method == "POST" and path.startswith(CLUSTERS) and path.endswith("/state"):
        return _set_state(unquote(path.removeprefix(CLUSTERS).removesuffix("/state")), body)
    return 404, {"error": f"there is no {method} {path}"}


def _set_state(cluster_arn: str, body: bytes) -> tuple[int, Any]:
    """POST /_standin/clusters/<URL-encoded ARN>/state {"state": "REBOOTING_BROKER"}"""
    _, _, _, region, account, _ = cluster_arn.split(":", 5)
    try:
        with request_scope(account, region):
            clusters.set_state(cluster_arn, json.loads(body)["state"])
    except Refused as error:
        return 400, {"error": error.message}
    return 200, {}


async def _body(receive: Receive) -> bytes:
    chunks = []
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(chunks)
