"""The rules of a change set that imports existing resources into a stack.

@see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html
"""

from typing import Any

from ...types import catalog, registry
from ..model import STORE, CloudFormationError, Desired, Stack
from ..templates.changes import Difference

Identifiers = dict[str, dict[str, str]]  # logical ID -> identifier of the resource


def identifiers(request: dict[str, Any], desired: Desired) -> Identifiers:
    """The resources to import by logical ID. Refuses what CloudFormation refuses immediately."""
    listed = {it["LogicalResourceId"]: it for it in request.get("ResourcesToImport") or []}
    if not listed:
        raise CloudFormationError("ResourcesToImport must be specified for a change set of type IMPORT.")
    absent = sorted(listed.keys() - desired.resources.keys())
    if absent:
        raise CloudFormationError(f"Resources [{', '.join(absent)}] to import are not in the template.")
    for it in listed.values():
        _check_kind(it, desired.resources[it["LogicalResourceId"]]["Type"])
    # @see github.com/aws-quickstart/quickstart-awx/issues/38
    unsafe = sorted(name for name in listed if "DeletionPolicy" not in desired.resources[name])
    if unsafe:
        raise CloudFormationError(
            f"The following resources to import [{', '.join(unsafe)}] "
            "must have DeletionPolicy attribute specified in the template."
        )
    return {name: it["ResourceIdentifier"] for name, it in listed.items()}


def _check_kind(listed: dict[str, Any], kind: str) -> None:
    if listed["ResourceType"] != kind:
        raise CloudFormationError(f"[{listed['LogicalResourceId']}] is a {kind}, not a {listed['ResourceType']}.")
    if not catalog.handler_of(kind).importable:
        raise CloudFormationError(f"ResourceTypes [{kind}] are not supported for Import")
    if sorted(listed["ResourceIdentifier"]) != sorted(registry.identifier(kind)):
        raise CloudFormationError(f"A {kind} is identified by [{', '.join(registry.identifier(kind))}].")


def check(stack: Stack, found: Identifiers, difference: Difference) -> None:
    """Nothing else may change, and no stack may own the imported resources yet."""
    changed = sorted(
        it["ResourceChange"]["LogicalResourceId"]
        for it in difference.changes
        if it["ResourceChange"]["LogicalResourceId"] not in found or it["ResourceChange"]["Action"] != "Add"
    )
    if changed:
        raise CloudFormationError(
            f"You have modified resources [{', '.join(changed)}] in your template that are not being imported. "
            "Update, create or delete operations cannot be executed during import operations."
        )
    if difference.outputs:  # @see github.com/awslabs/aws-security-assessment-solution/issues/6
        raise CloudFormationError("As part of the import operation, you cannot modify or add [Outputs]")
    for identifier in found.values():
        owner = _owner("|".join(identifier.values()))
        if owner:
            raise CloudFormationError(f"Resource {'|'.join(identifier.values())} already exists in stack {owner.id}")


def _owner(physical_id: str) -> Stack | None:
    for stack in STORE.living():
        if any(it.physical_id == physical_id for it in stack.resources.values()):
            return stack
    return None
