"""Actions that change stacks."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from ..engine import outputs
from ..engine.deployment import CREATE, UPDATE, Deployment, Verbs
from ..engine.importing import Import
from ..engine.removal import delete_stack as remove_stack
from ..engine.rollback import Rollback
from ..model import NOTHING, STORE, CloudFormationError, Desired, Stack, now, stack_id
from ..templates.changes import compare
from ..templates.parameters import Given
from ..templates.template import prepare
from .sources import template_at

Request = dict[str, Any]
UPDATABLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "CREATE_FAILED", "UPDATE_FAILED"} | {
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_COMPLETE",
}
log = logging.getLogger("standin.cloudformation")
_running: set[asyncio.Task[None]] = set()  # the event loop keeps only weak references to tasks


def start(operation: Coroutine[Any, Any, None]) -> None:
    task = asyncio.get_running_loop().create_task(operation)
    _running.add(task)
    task.add_done_callback(_ended)


def _ended(task: asyncio.Task[None]) -> None:
    _running.discard(task)
    if task.exception():
        log.error("internal error of the stand-in; the stack stays in its current status", exc_info=task.exception())


def wants(request: Request, flag: str) -> bool:
    return request.get(flag, "false") == "true"


def new_stack(name: str) -> Stack:
    existing = STORE.find(name)
    if existing and existing.status != "REVIEW_IN_PROGRESS":
        raise CloudFormationError(f"Stack [{name}] already exists", "AlreadyExistsException")
    return existing or Stack(name, stack_id(name), "REVIEW_IN_PROGRESS")


def updatable_stack(name: str) -> Stack:
    stack = STORE.find(name)
    if stack is None or stack.is_gone:
        raise CloudFormationError(f"Stack [{name}] does not exist")
    if stack.status not in UPDATABLE:
        raise CloudFormationError(f"Stack:{stack.id} is in {stack.status} state and can not be updated.")
    return stack


def desired_by(request: Request, stack: Stack) -> Desired:
    given = {
        it["ParameterKey"]: Given(it.get("ParameterValue", ""), it.get("UsePreviousValue") == "true")
        for it in request.get("Parameters") or []
    }
    tags = (request["Tags"] or []) if "Tags" in request else stack.deployed.tags  # an empty list is sent as ""
    return replace(prepare(_body(request, stack), given, stack), tags=tags)


def _body(request: Request, stack: Stack) -> str:
    if request.get("TemplateBody"):
        return request["TemplateBody"]
    if request.get("TemplateURL"):
        return template_at(request["TemplateURL"])
    if wants(request, "UsePreviousTemplate") and stack.deployed is not NOTHING:
        return stack.deployed.body
    raise CloudFormationError("Either Template URL or Template Body must be specified.")


def deploy(stack: Stack, desired: Desired, verbs: Verbs) -> None:
    stack.updated = now()
    deployment = Deployment(stack, desired, verbs)
    deployment.begin()
    start(deployment.run())


def bring_in(stack: Stack, desired: Desired, identifiers: dict[str, dict[str, str]]) -> None:
    stack.updated = now()
    operation = Import(stack, desired, identifiers)
    operation.begin()
    start(operation.run())


def create_stack(request: Request) -> Request:
    stack = new_stack(request["StackName"])
    desired = desired_by(request, stack)
    STORE.add(stack)
    stack.disable_rollback = wants(request, "DisableRollback") or request.get("OnFailure") == "DO_NOTHING"
    stack.protected = wants(request, "EnableTerminationProtection")
    deploy(stack, desired, CREATE)
    return {"StackId": stack.id}


def update_stack(request: Request) -> Request:
    stack = updatable_stack(request["StackName"])
    desired = desired_by(request, stack)
    if compare(stack, desired).is_empty:
        raise CloudFormationError("No updates are to be performed.")
    stack.disable_rollback = wants(request, "DisableRollback")
    deploy(stack, desired, UPDATE)
    return {"StackId": stack.id}


def delete_stack(request: Request) -> Request:
    stack = STORE.find(request["StackName"])
    if stack is None or stack.is_gone:
        return {}  # deleting a stack that does not exist succeeds
    if stack.protected:
        raise CloudFormationError(f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
    retained = request.get("RetainResources") or []
    if retained and stack.status != "DELETE_FAILED":
        raise CloudFormationError(
            "Invalid operation on stack. Deletion with retain resources is allowed only in DELETE_FAILED state."
        )
    outputs.refuse_if_any_imported(stack)
    for change_set in [it for it in STORE.change_sets.values() if it.stack_id == stack.id]:
        STORE.change_sets.pop(change_set.id)
    start(remove_stack(stack, frozenset(retained)))
    return {}


def continue_update_rollback(request: Request) -> Request:
    rollback = _unfinished(request, "UPDATE_ROLLBACK_FAILED")
    rollback.skip(request.get("ResourcesToSkip") or [])
    rollback.begin()
    start(rollback.proceed())
    return {}


def rollback_stack(request: Request) -> Request:
    rollback = _unfinished(request, "CREATE_FAILED", "UPDATE_FAILED")
    rollback.begin()
    start(rollback.proceed())
    return {"StackId": rollback.stack.id}


def _unfinished(request: Request, *statuses: str) -> Rollback:
    stack = STORE.need(request["StackName"])
    if stack.status not in statuses or stack.unfinished is None:
        raise CloudFormationError(
            f"Stack:{stack.id} is in {stack.status} state and can not be rolled back from {' or '.join(statuses)}."
        )
    return stack.unfinished


def update_termination_protection(request: Request) -> Request:
    stack = STORE.need(request["StackName"])
    stack.protected = wants(request, "EnableTerminationProtection")
    return {"StackId": stack.id}


def set_stack_policy(request: Request) -> Request:
    STORE.need(request["StackName"])
    return {}


ACTIONS = {
    "CreateStack": create_stack,
    "UpdateStack": update_stack,
    "DeleteStack": delete_stack,
    "ContinueUpdateRollback": continue_update_rollback,
    "RollbackStack": rollback_stack,
    "UpdateTerminationProtection": update_termination_protection,
    "SetStackPolicy": set_stack_policy,
}
