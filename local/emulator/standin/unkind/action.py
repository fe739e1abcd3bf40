"""Who asks for what: the IAM action of a request, its caller and its resource."""

import re
from typing import Any
from urllib.parse import parse_qs, unquote_plus

import ministack.app as ministack
from ministack.core.responses import get_account_id
from ministack.core.router import extract_access_key_id
from ministack.services import sts

from ..msk import api as msk

Request = tuple[Any, ...]  # method, path, headers, body, query
LAMBDA = (
    ("POST", re.compile(r"/[\d-]+/functions/[^/]+/invocations"), "InvokeFunction"),
    ("GET", re.compile(r"/[\d-]+/functions/[^/]+/configuration"), "GetFunctionConfiguration"),
)
ARN = re.compile(
    r"arn:[\w-]+:lambda:[\w-]+:\d+:function:[\w-]+|arn:[\w-]+:[\w-]+:[\w-]*:\d*:[^/\"&\s]+(?:/[^/\"&\s]+){0,2}"
)


def action_of(service: str, request: Request) -> str:
    method, path, headers, body, query = request
    if service == "kafka":
        return f"kafka:{msk.operation(method, path)}"
    if service == "lambda":
        known = (name for verb, pattern, name in LAMBDA if verb == method and pattern.fullmatch(path))
        return f"lambda:{next(known, '') or ministack._ct_event_name(service, method, path, headers, query)}"
    target = headers.get("x-amz-target", "").rpartition(".")[2]
    return f"{service}:{target or (query.get('Action') or parse_qs(body.decode()).get('Action') or [''])[0]}"


def caller_of(request: Request) -> str:
    session = sts._sessions.get(extract_access_key_id(request[2], request[4]), {})
    return session.get("Arn", f"arn:aws:iam::{get_account_id()}:root")


def resource_of(request: Request) -> str:
    found = ARN.search(f"{unquote_plus(request[1])} {unquote_plus(request[3].decode())}")
    return found[0] if found else "*"
