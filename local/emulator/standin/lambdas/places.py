"""Concurrent executions: each invocation takes a place in its account and Region until it ends.

Sources: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html (1,000, and less for new accounts:
users report 10), https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

import contextvars
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ministack.services import lambda_svc

from ..unkind import options, tally

Function = dict[str, Any]
FIRST_WAIT, LONGEST_WAIT = 1.0, 300.0
EVENT_AGE = 21600
_running: Counter[str] = Counter()  # function ARN without a qualifier
_lock = threading.Lock()
_is_from_queue = contextvars.ContextVar("is_from_queue", default=False)
_invoke_asynchronously = lambda_svc.invoke_async_with_retry


class NoPlace(Exception):
    """The invocation is throttled. The message is the reason that Lambda gives."""


@contextmanager
def place(function: Function) -> Iterator[None]:
    arn = ":".join(function["config"]["FunctionArn"].split(":")[:7])
    if _is_from_queue.get():
        _wait_in_queue(function, arn)
    else:
        _take(arn)
    try:
        yield
    finally:
        with _lock:
            _running[arn] -= 1


def invoke_from_queue(function: Function, event: Any) -> None:
    """An asynchronous invocation. It is tried again if it finds no place, which is not a failure of the function."""

    def invoke() -> None:
        _is_from_queue.set(True)
        _invoke_asynchronously(function, event)

    contextvars.copy_context().run(invoke)


def _wait_in_queue(function: Function, arn: str) -> None:
    """The interval doubles, with jitter: otherwise all events of a full queue would come back at the same moment."""
    asked = (function.get("event_invoke_config") or {}).get("MaximumEventAgeInSeconds", EVENT_AGE)
    deadline, wait = time.monotonic() + float(asked), FIRST_WAIT
    while True:
        try:
            return _take(arn)
        except NoPlace:
            pause = wait * random.uniform(0.5, 1)
            if time.monotonic() + pause > deadline:
                raise
        time.sleep(pause)
        wait = min(2 * wait, LONGEST_WAIT)


def _take(arn: str) -> None:
    with _lock:
        limit = options.current().concurrent_executions
        reason = None if limit is None else _shortage(arn, limit)
        if reason:
            tally.note("withoutPlace", arn.rpartition(":")[2])
            raise NoPlace(reason)
        _running[arn] += 1


def _shortage(arn: str, limit: int) -> str | None:
    """Reserved places are taken from those that the other functions share."""
    scope = arn.rpartition(":function:")[0]
    functions = {it["config"]["FunctionArn"]: it.get("concurrency") for it in lambda_svc._functions.values()}
    reserved = {it: places for it, places in functions.items() if places is not None}
    if arn in reserved:
        return "ReservedFunctionConcurrentInvocationLimitExceeded" if _running[arn] >= reserved[arn] else None
    sharing = [it for it in _running if it.startswith(f"{scope}:") and it not in reserved]
    free = limit - sum(reserved.values()) - sum(_running[it] for it in sharing)
    return None if free > 0 else "ConcurrentInvocationLimitExceeded"
