"""Errors in the shapes of the services.

Sources: the pages "Common errors" of each service's API reference; for EC2,
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html; for the text of a denial,
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

Answer = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True)
class Failure:
    status: int
    code: str
    message: str = ""
    more: dict[str, str] = field(default_factory=dict)


def _query(failure: Failure) -> Answer:
    kind = "Receiver" if failure.status >= 500 else "Sender"
    content = f"<Type>{kind}</Type><Code>{failure.code}</Code><Message>{escape(failure.message)}</Message>"
    xml = f"<ErrorResponse><Error>{content}</Error><RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>"
    return failure.status, {"Content-Type": "text/xml"}, xml.encode()


def _ec2(failure: Failure) -> Answer:
    content = f"<Code>{failure.code}</Code><Message>{escape(failure.message)}</Message>"
    xml = f"<Response><Errors><Error>{content}</Error></Errors><RequestID>{uuid.uuid4()}</RequestID></Response>"
    return failure.status, {"Content-Type": "text/xml"}, xml.encode()


def _json(failure: Failure) -> Answer:
    headers = {"Content-Type": "application/json", "x-amzn-errortype": failure.code}
    body = {"__type": failure.code, "message": failure.message, **failure.more}
    return failure.status, headers, json.dumps(body).encode()


@dataclass(frozen=True)
class Service:
    render: Callable[[Failure], Answer]
    throttled: Failure
    broken: Failure
    denied: Failure


SERVICES = {
    "cloudformation": Service(
        _query,
        throttled=Failure(400, "Throttling", "Rate exceeded"),
        broken=Failure(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server."),
        denied=Failure(403, "AccessDenied"),
    ),
    "ec2": Service(
        _ec2,
        throttled=Failure(503, "RequestLimitExceeded", "Request limit exceeded."),
        broken=Failure(500, "InternalError", "An internal error has occurred"),
        denied=Failure(403, "UnauthorizedOperation", "You are not authorized to perform this operation. "),
    ),
    "kafka": Service(
        _json,
        throttled=Failure(429, "TooManyRequestsException", "Too Many Requests"),
        broken=Failure(500, "InternalServerErrorException", "Internal Server Error"),
        denied=Failure(403, "AccessDeniedException"),
    ),
    "secretsmanager": Service(
        _json,
        throttled=Failure(400, "ThrottlingException", "Rate exceeded"),
        broken=Failure(500, "InternalServiceError", "An error occurred on the server side."),
        denied=Failure(400, "AccessDeniedException"),
    ),
    "lambda": Service(
        _json,
        throttled=Failure(
            429, "TooManyRequestsException", "Rate exceeded", {"Reason": "CallerRateLimitExceeded", "Type": "User"}
        ),
        broken=Failure(500, "ServiceException", "An error occurred and the request cannot be processed."),
        denied=Failure(403, "AccessDeniedException"),
    ),
}


def throttled(service: str) -> Answer:
    return SERVICES[service].render(SERVICES[service].throttled)


def broken(service: str) -> Answer:
    return SERVICES[service].render(SERVICES[service].broken)


def denied(service: str, request: tuple[str, str, str], policy_type: str) -> Answer:
    caller, action, resource = request
    form = SERVICES[service].denied
    because = f"with an explicit deny in {'an' if policy_type[0] == 'i' else 'a'} {policy_type}"
    message = f"User: {caller} is not authorized to perform: {action} on resource: {resource} {because}"
    return SERVICES[service].render(Failure(form.status, form.code, form.message + message))
