"""Replaces MiniStack's execution of functions."""

import json
import threading
import time
import uuid
from typing import Any

from ministack.services import cloudwatch_logs, lambda_svc

from ..identity import may
from . import places
from .environment import remove_unpacked
from .pool import Pool
from .worker import Worker

Function = dict[str, Any]
_pools: dict[tuple[str, str, str], Pool] = {}  # function ARN, version, revision
_lock = threading.Lock()
_execute_elsewhere = lambda_svc._execute_function


def execute(function: Function, event: Any) -> dict[str, Any]:
    """Returns what MiniStack expects: {"body", "log"} and, if the function failed, "error"."""
    config = function["config"]
    if lambda_svc._function_config_scope_mismatch(config):
        return lambda_svc._run_with_function_config_scope(config, execute, function, event)
    try:
        with places.place(function):
            return _run(function, event)
    except places.NoPlace as error:
        refusal = lambda_svc._throttle_response(str(error), "Rate Exceeded.")
        return {**refusal, "body": {**refusal["body"], "Type": "User"}}


def _run(function: Function, event: Any) -> dict[str, Any]:
    config = function["config"]
    if not str(config.get("Runtime", "")).startswith("nodejs"):
        return _execute_elsewhere(function, event)
    request_id, began = str(uuid.uuid4()), time.time()
    result = _pool_of(function).invoke(event, request_id)
    milliseconds = int((time.time() - began) * 1000)
    if _has_log_group(config):
        lambda_svc._emit_lambda_logs(function, request_id, result.log, bool(result.error), milliseconds)
    if result.error:
        return {"body": result.error, "error": True, "function_error": "Unhandled", "log": result.log}
    # MiniStack treats a string as serialized JSON
    body = json.dumps(result.value) if isinstance(result.value, str) else result.value
    return {"body": body, "log": result.log}


def _has_log_group(config: dict[str, Any]) -> bool:
    """Lambda creates the log group if it is not there and the role of the function allows that."""
    return config["LoggingConfig"]["LogGroup"] in cloudwatch_logs._log_groups or may(
        config["Role"], "logs:CreateLogGroup"
    )


def _pool_of(function: Function) -> Pool:
    config = function["config"]
    key = (config["FunctionArn"], config["Version"], config["RevisionId"])
    with _lock:
        if key not in _pools:
            _pools[key] = Pool(function)
        return _pools[key]


def retire(name: str, *_qualifier: Any, **_scope: Any) -> None:
    """Ends the environments of a function that was changed or deleted."""
    with _lock:
        keys = [it for it in _pools if it[0].rsplit(":", 1)[-1] == name]
        pools = [_pools.pop(it) for it in keys]
    for pool in pools:
        pool.retire()


def kill_all() -> None:
    for worker in list(Worker.living):
        worker.kill()
    remove_unpacked()


def install() -> None:
    lambda_svc._execute_function = execute
    lambda_svc.invalidate_worker = retire
    lambda_svc.invoke_async_with_retry = places.invoke_from_queue
