"""Refuses requests to AWS services before they are carried out."""

import itertools
import threading
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from fnmatch import fnmatchcase
from typing import Any

import ministack.app as ministack
from ministack.core.responses import get_account_id, get_region

from . import failures, options, tally
from .action import action_of, caller_of, resource_of
from .options import Denied, Options, Rate

Answer = tuple[int, dict[str, str], bytes]
Handler = Callable[..., Awaitable[Answer]]
_lock = threading.Lock()
_calls: dict[str, Iterator[int]] = defaultdict(itertools.count)  # each action has its own sequence of draws


class Bucket:
    """Tokens that are taken by requests and come back at a constant rate."""

    def __init__(self, rate: Rate):
        self._rate, self._tokens, self._since = rate, rate.burst, time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._tokens = min(self._rate.burst, self._tokens + (now - self._since) * self._rate.per_second)
        self._since = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


_buckets: dict[tuple[str, ...], Bucket] = {}


def begin(wanted: Options) -> None:
    """Starts with full buckets and with the first draw of each action."""
    with _lock:
        _buckets.clear()
        _calls.clear()
        tally.clear()
        options.begin(wanted)


def install() -> None:
    for service in failures.SERVICES:
        ministack.SERVICE_HANDLERS[service] = _guarded(service, ministack.SERVICE_HANDLERS[service])


def _guarded(service: str, handler: Handler) -> Handler:
    async def handle(*request: Any) -> Answer:
        wanted = options.current()
        if wanted.deny or wanted.rates or wanted.server_errors:
            refusal = _refusal(service, wanted, request)
            if refusal:
                return refusal
        return await handler(*request)

    return handle


def _refusal(service: str, wanted: Options, request: tuple[Any, ...]) -> Answer | None:
    action = action_of(service, request)
    caller = caller_of(request)
    denied = _denial(wanted, action, caller)
    if denied:
        tally.note("denied", action)
        return failures.denied(service, (caller, action, resource_of(request)), denied.policy_type)
    with _lock:
        if _is_throttled(wanted, action):
            tally.note("throttled", action)
            return failures.throttled(service)
        if wanted.happens(wanted.server_errors, f"{action}:{next(_calls[action])}"):
            tally.note("failed", action)
            return failures.broken(service)
    return None


def _denial(wanted: Options, action: str, caller: str) -> Denied | None:
    role = caller.split("/")[1] if ":assumed-role/" in caller else ""
    applying = (it for it in wanted.deny if fnmatchcase(role, it.role))
    return next((it for it in applying if any(fnmatchcase(action, pattern) for pattern in it.actions)), None)


def _is_throttled(wanted: Options, action: str) -> bool:
    """The first rate for an action applies. Accounts and Regions have buckets of their own."""
    for rate in wanted.rates:
        if any(fnmatchcase(action, it) for it in rate.actions):
            key = (get_account_id(), get_region(), *(rate.actions if rate.is_shared else (action,)))
            return not _buckets.setdefault(key, Bucket(rate)).take()
    return False
