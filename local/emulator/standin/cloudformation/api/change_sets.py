"""Actions on change sets."""

import uuid
from typing import Any

from ministack.core.responses import get_account_id, get_region

from ..engine.deployment import CREATE, UPDATE
from ..model import STORE, ChangeSet, CloudFormationError, Desired, Stack
from ..templates.changes import compare
from . import imports
from .stacks import bring_in, deploy, desired_by, new_stack, updatable_stack, wants

Request = dict[str, Any]
NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."


def create_change_set(request: Request) -> Request:
    name, kind = request["ChangeSetName"], request.get("ChangeSetType", "UPDATE")
    stack = _stack_for(kind, request["StackName"])
    if _find(name, stack.id):
        raise CloudFormationError(f"ChangeSet {name} already exists", "AlreadyExistsException")
    desired = desired_by(request, stack)
    identifiers = imports.identifiers(request, desired) if kind == "IMPORT" else {}
    change_set = _change_set(name, kind, (stack, desired, identifiers))
    if not stack.events:
        stack.move_to("REVIEW_IN_PROGRESS", "User Initiated")
    STORE.add(stack)
    change_set.description = request.get("Description", "")
    STORE.change_sets[change_set.id] = change_set
    return {"Id": change_set.id, "StackId": stack.id}


def _stack_for(kind: str, name: str) -> Stack:
    """An import creates the stack if it does not exist."""
    is_new = kind == "CREATE" or (kind == "IMPORT" and STORE.find(name) is None)
    return (new_stack if is_new else updatable_stack)(name)


def _change_set(name: str, kind: str, plan: tuple[Stack, Desired, imports.Identifiers]) -> ChangeSet:
    stack, desired, identifiers = plan
    difference = compare(stack, desired)
    if identifiers:
        imports.check(stack, identifiers, difference)
        for it in difference.changes:
            it["ResourceChange"]["Action"] = "Import"
    identity = f"arn:aws:cloudformation:{get_region()}:{get_account_id()}:changeSet/{name}/{uuid.uuid4()}"
    change_set = ChangeSet(identity, name, stack.id, stack.name, kind, desired, difference.changes)
    change_set.identifiers = identifiers
    absent = sorted(desired.imports - STORE.exports().keys())
    if absent:
        _spoil(change_set, f"No export named {absent[0]} found.")
    elif difference.is_empty:
        _spoil(change_set, NO_CHANGES)
    return change_set


def _spoil(change_set: ChangeSet, reason: str) -> None:
    change_set.status, change_set.execution_status, change_set.reason = "FAILED", "UNAVAILABLE", reason


def _find(name: str, stack_name_or_id: str) -> ChangeSet | None:
    if name in STORE.change_sets:
        return STORE.change_sets[name]
    for change_set in STORE.change_sets.values():
        if change_set.name == name and stack_name_or_id in (change_set.stack_name, change_set.stack_id):
            return change_set
    return None


def need(request: Request) -> ChangeSet:
    change_set = _find(request["ChangeSetName"], request.get("StackName", ""))
    if change_set is None:
        raise CloudFormationError(f"ChangeSet [{request['ChangeSetName']}] does not exist", "ChangeSetNotFound")
    return change_set


def describe_change_set(request: Request) -> Request:
    change_set = need(request)
    return {
        **_summary(change_set),
        "Parameters": [
            {"ParameterKey": name, "ParameterValue": it.given} for name, it in change_set.desired.parameters.items()
        ],
        "Changes": change_set.changes,
        "Tags": change_set.desired.tags,
    }


def _summary(change_set: ChangeSet) -> Request:
    return {
        "ChangeSetId": change_set.id,
        "ChangeSetName": change_set.name,
        "StackId": change_set.stack_id,
        "StackName": change_set.stack_name,
        "Description": change_set.description or None,
        "Status": change_set.status,
        "StatusReason": change_set.reason or None,
        "ExecutionStatus": change_set.execution_status,
        "CreationTime": change_set.created,
    }


def execute_change_set(request: Request) -> Request:
    change_set = need(request)
    if change_set.execution_status != "AVAILABLE":
        raise CloudFormationError(
            f"ChangeSet [{change_set.id}] cannot be executed in its current status of [{change_set.status}]",
            "InvalidChangeSetStatus",
        )
    stack = STORE.need(change_set.stack_id)
    if stack.status != "REVIEW_IN_PROGRESS":
        updatable_stack(stack.id)
    stack.disable_rollback = wants(request, "DisableRollback")
    for other in [it for it in STORE.change_sets.values() if it.stack_id == stack.id]:
        STORE.change_sets.pop(other.id)  # they were compared with a template that the stack no longer has
    if change_set.kind == "IMPORT":
        bring_in(stack, change_set.desired, change_set.identifiers)
    else:
        deploy(stack, change_set.desired, CREATE if change_set.kind == "CREATE" else UPDATE)
    return {}


def delete_change_set(request: Request) -> Request:
    change_set = _find(request["ChangeSetName"], request.get("StackName", ""))
    if change_set:
        STORE.change_sets.pop(change_set.id)
    return {}


def list_change_sets(request: Request) -> Request:
    stack = STORE.need(request["StackName"])
    return {"Summaries": [_summary(it) for it in STORE.change_sets.values() if it.stack_id == stack.id]}


ACTIONS = {
    "CreateChangeSet": create_change_set,
    "DescribeChangeSet": describe_change_set,
    "ExecuteChangeSet": execute_change_set,
    "DeleteChangeSet": delete_change_set,
    "ListChangeSets": list_change_sets,
}
