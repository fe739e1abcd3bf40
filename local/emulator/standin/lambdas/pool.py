"""The execution environments of one version of a function."""

import threading
from pathlib import Path
from typing import Any

from .. import identity
from ..clock import later
from ..settings import SETTINGS
from ..unkind import options
from .environment import unpacked, variables
from .worker import Result, Worker

MOST_ENVIRONMENTS = 10  # AWS allows more, but here they share a small machine
Function = dict[str, Any]


class Pool:
    def __init__(self, function: Function):
        self.config = function["config"]
        self._code = function["code_zip"]
        self._free = threading.Semaphore(MOST_ENVIRONMENTS)
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._keys: dict[Worker, identity.Key] = {}
        self._expired: set[Worker] = set()
        self._retired = False

    def invoke(self, event: Any, request_id: str) -> Result:
        message = {"event": event, "requestId": request_id, "functionArn": self.config["FunctionArn"]}
        with self._free:
            worker = self._take()
            try:
                return worker.invoke(message, float(self.config["Timeout"]))
            finally:
                self._give_back(worker)

    def _take(self) -> Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        root = unpacked(self._code, self.config["CodeSha256"])
        key = identity.issue_key(self.config["FunctionArn"], self.config["Role"])
        worker = Worker([SETTINGS.node, str(_compile_cache())], variables(self.config, root, key))
        with self._lock:
            self._keys[worker] = key
        self._limit_keys_of(worker)
        return worker

    def _limit_keys_of(self, worker: Worker) -> None:
        """The keys of an environment are valid for longer than an invocation lasts, as they are on AWS."""
        seconds = options.current().function_key_seconds
        if seconds is not None:
            later(seconds, self._expire, worker)

    def _expire(self, worker: Worker) -> None:
        with self._lock:
            is_idle = worker in self._idle
            if is_idle:
                self._idle.remove(worker)
            elif worker in self._keys:
                self._expired.add(worker)
        if is_idle:
            self._end(worker)

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            keep = worker.is_alive and not self._retired and worker not in self._expired
            self._expired.discard(worker)
            if keep:
                self._idle.append(worker)
        if not keep:
            self._end(worker)

    def _end(self, worker: Worker) -> None:
        worker.kill()
        with self._lock:
            key = self._keys.pop(worker, None)
        if key:
            identity.void_key(key)

    def retire(self) -> None:
        """Called when the function changes or is deleted. Idle environments end now, busy ones after the invocation."""
        with self._lock:
            self._retired = True
            idle, self._idle = self._idle, []
        for worker in idle:
            self._end(worker)


def _compile_cache() -> Path:
    return SETTINGS.state / "compile-cache"
