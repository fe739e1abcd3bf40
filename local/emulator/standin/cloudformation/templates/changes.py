"""Computes a change set: compares two templates after applying their parameters and conditions."""

from dataclasses import dataclass
from typing import Any

from ...types import registry
from ..model import Desired, Stack, is_custom
from .dependencies import edges, in_order
from .intrinsics import Identity, Resolver, Undeployed
from .references import references
from .stack_tags import with_stack_tags

Change = dict[str, Any]
UNFINISHED = {"CREATE_FAILED", "UPDATE_FAILED"}  # then even the same template is a change
COMPARED = ("Type", "Properties", "DeletionPolicy", "UpdateReplacePolicy", "Metadata")


@dataclass(frozen=True)
class Difference:
    changes: list[Change]
    outputs: bool
    elsewhere: bool

    @property
    def is_empty(self) -> bool:
        return not (self.changes or self.outputs or self.elsewhere)


def compare(stack: Stack, desired: Desired) -> Difference:
    identity = Identity(stack.name, stack.id)
    old, new = _existing(_resolved(stack.deployed, identity), stack), _resolved(desired, identity)
    changes: dict[str, Change] = {}
    for logical_id in sorted(old.keys() | new.keys()):
        change = _change(logical_id, (old.get(logical_id), new.get(logical_id)), stack)
        if change:
            changes[logical_id] = change
    _add_dependents(changes, new, desired)
    outputs = _outputs(stack.deployed, identity) != _outputs(desired, identity)
    elsewhere = stack.deployed.tags != desired.tags or stack.status in UNFINISHED
    listed = [{"Type": "Resource", "ResourceChange": changes[it]} for it in sorted(changes)]
    return Difference(listed, outputs, elsewhere)


def _existing(resolved: dict[str, Any], stack: Stack) -> dict[str, Any]:
    """Without those that an operation without rollback failed to create."""
    there = {name for name, it in stack.resources.items() if it.status != "CREATE_FAILED"}
    return {name: it for name, it in resolved.items() if name in there}


def _resolved(desired: Desired, identity: Identity) -> dict[str, dict[str, Any]]:
    resolver = Resolver(desired, Undeployed(), identity)
    return {
        logical_id: {
            **{key: definition.get(key) for key in COMPARED},
            "Properties": with_stack_tags(
                definition["Type"], resolver.resolve(definition.get("Properties", {})), desired.tags
            ),
        }
        for logical_id, definition in desired.resources.items()
    }


def _outputs(desired: Desired, identity: Identity) -> Any:
    resolver = Resolver(desired, Undeployed(), identity)
    return {name: resolver.resolve(definition) for name, definition in desired.outputs.items()}


def _change(logical_id: str, sides: tuple[Any, Any], stack: Stack) -> Change | None:
    old, new = sides
    if old == new:
        return None
    change: Change = {"LogicalResourceId": logical_id, "ResourceType": (new or old)["Type"], "Scope": [], "Details": []}
    existing = stack.resources.get(logical_id)
    if existing:
        change["PhysicalResourceId"] = existing.physical_id
    if old is None:
        return {"Action": "Add", **change}
    if new is None:
        kept = (old["DeletionPolicy"] or "Delete").startswith("Retain")
        return {"Action": "Remove", "PolicyAction": "Retain" if kept else "Delete", **change}
    return {"Action": "Modify", **change, **_modification(old, new)}


def _modification(old: dict[str, Any], new: dict[str, Any]) -> Change:
    kind, before, after = new["Type"], old["Properties"], new["Properties"]
    replacing = {path.split("/")[0] for path in registry.replacing_changes(kind, before, after)}
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    unsure = is_custom(kind)
    return {
        "Replacement": "True" if replacing else "Conditional" if unsure else "False",
        "Scope": [key for key in COMPARED if old[key] != new[key]],
        "Details": [_detail(key, "Always" if key in replacing else "Never") for key in changed],
    }


def _detail(key: str, recreation: str, evaluation: str = "Static") -> Change:
    return {
        "Target": {"Attribute": "Properties", "Name": key, "RequiresRecreation": recreation},
        "Evaluation": evaluation,
        "ChangeSource": "DirectModification" if evaluation == "Static" else "ResourceReference",
    }


def _add_dependents(changes: dict[str, Change], new: dict[str, Any], desired: Desired) -> None:
    """A resource that refers to a changed one may change too, which is known only during deployment."""
    for logical_id in in_order(edges(desired.resources)):
        if logical_id in changes:
            continue
        moving = _moving_properties(desired.resources[logical_id], changes)
        if moving:
            kind = new[logical_id]["Type"]
            frozen = {it.split("/")[0] for it in registry.replacing_changes(kind, dict.fromkeys(moving, 0), {})}
            changes[logical_id] = {
                "Action": "Modify",
                "LogicalResourceId": logical_id,
                "ResourceType": kind,
                "Replacement": "Conditional" if frozen or is_custom(kind) else "False",
                "Scope": ["Properties"],
                "Details": [_detail(it, "Conditionally" if it in frozen else "Never", "Dynamic") for it in moving],
            }


def _moving_properties(definition: dict[str, Any], changes: dict[str, Change]) -> list[str]:
    return sorted(
        key
        for key, value in definition.get("Properties", {}).items()
        if any(_moves(changes.get(target), attribute) for target, attribute in references(value))
    )


def _moves(change: Change | None, attribute: str | None) -> bool:
    if change is None or change["Action"] != "Modify":
        return False
    return attribute is not None or change["Replacement"] != "False"
