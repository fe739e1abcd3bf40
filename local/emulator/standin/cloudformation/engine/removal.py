"""Deletes resources in reverse order of their dependencies, except those that a policy retains."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Resource, Stack
from ..templates.dependencies import reverse, run_in_order
from . import provision
from .step import Step

RETAINED = {"Retain", "RetainExceptOnCreate"}


@dataclass(frozen=True)
class Doomed:
    resource: Resource
    spared: bool = False


def by_deletion_policy(resources: Iterable[Resource]) -> list[Doomed]:
    return [Doomed(it, it.deletion_policy in RETAINED) for it in resources]


def after_failed_creation(resources: Iterable[Resource]) -> list[Doomed]:
    """RetainExceptOnCreate does not retain what the failed operation itself has created."""
    return [Doomed(it, it.deletion_policy == "Retain") for it in resources]


async def remove(stack: Stack, doomed: list[Doomed]) -> list[Resource]:
    """Deletes resources and returns those that still exist, because they or a dependent failed to delete."""
    places: dict[str, list[int]] = {}
    for index, it in enumerate(doomed):
        places.setdefault(it.resource.logical_id, []).append(index)
    needs = {
        index: [place for name in it.resource.depends_on for place in places.get(name, [])]
        for index, it in enumerate(doomed)
    }
    left = {index: it.resource for index, it in enumerate(doomed)}

    async def delete(index: int) -> bool:
        done = await _delete(stack, doomed[index])
        if done:
            del left[index]
        return done

    await run_in_order(reverse(needs), delete)
    return list(left.values())


async def _delete(stack: Stack, doomed: Doomed) -> bool:
    resource = doomed.resource
    if doomed.spared:
        stack.tell(resource, "DELETE_SKIPPED")
        return True
    stack.announce(resource, "DELETE_IN_PROGRESS")
    try:
        await provision.delete(Step(stack, resource))
    except Exception as error:
        stack.announce(resource, "DELETE_FAILED", str(error))
        return False
    stack.announce(resource, "DELETE_COMPLETE")
    return True


async def delete_stack(stack: Stack, retained: frozenset[str] = frozenset()) -> None:
    """`retained`: logical IDs to retain, allowed only after a failed deletion."""
    stack.move_to("DELETE_IN_PROGRESS", "User Initiated")
    doomed = [
        Doomed(it, it.deletion_policy in RETAINED or it.logical_id in retained)
        for it in stack.resources.values()
        if it.physical_id
    ]
    left = await remove(stack, doomed)
    stack.resources = {it.logical_id: it for it in left}
    if left:
        failed = sorted(it.logical_id for it in left if it.status == "DELETE_FAILED")
        stack.move_to("DELETE_FAILED", f"The following resource(s) failed to delete: [{', '.join(failed)}]. ")
    else:
        stack.outputs = []
        stack.move_to("DELETE_COMPLETE")
