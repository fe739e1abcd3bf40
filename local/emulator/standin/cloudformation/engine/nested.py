"""Nested stacks: separate stacks that the parent stack creates, updates and deletes."""

from dataclasses import replace

from ...types.handler import Outcome
from ..api.sources import template_at
from ..model import STACK_TYPE, STORE, Desired, Resource, Stack, stack_id
from ..templates.parameters import Given
from ..templates.template import prepare
from . import provision
from .deployment import BACK, CREATE, UPDATE, Deployment, Verbs
from .removal import delete_stack
from .step import ResourceFailed, Step


class NestedStacks:
    async def create(self, step: Step) -> Outcome:
        name = f"{step.stack.name}-{step.resource.logical_id}-{step.resource.suffix}"
        child = STORE.add(Stack(name, stack_id(name), "REVIEW_IN_PROGRESS", parent_id=step.stack.id))
        child.disable_rollback = True  # the parent deletes it when it rolls back
        return await _deploy(child, step, CREATE)

    async def update(self, step: Step, _old: Resource) -> Outcome:
        child = STORE.need(step.resource.physical_id)
        child.disable_rollback = False
        return await _deploy(child, step, BACK if "ROLLBACK" in step.stack.status else UPDATE)

    async def delete(self, step: Step) -> None:
        child = STORE.find(step.resource.physical_id)
        if child is None or child.is_gone:
            return
        await delete_stack(child)
        if not child.is_gone:
            raise ResourceFailed(f"Embedded stack {child.id} was not successfully deleted: {child.reason}")


async def _deploy(child: Stack, step: Step, verbs: Verbs) -> Outcome:
    deployment = Deployment(child, _desired(child, step), verbs)
    deployment.begin()
    await deployment.run()
    if child.status != verbs.complete:
        verb = "created" if verbs is CREATE else "updated"
        raise ResourceFailed(f"Embedded stack {child.id} was not successfully {verb}: {child.reason}", child.id)
    return Outcome(child.id, {f"Outputs.{it['OutputKey']}": it["OutputValue"] for it in child.outputs})


def _desired(child: Stack, step: Step) -> Desired:
    properties = step.resource.properties
    given = {
        name: Given(",".join(value) if isinstance(value, list) else str(value))
        for name, value in properties.get("Parameters", {}).items()
    }
    return replace(prepare(template_at(properties["TemplateURL"]), given, child), tags=properties.get("Tags") or [])


def install() -> None:
    provision.special[STACK_TYPE] = NestedStacks()
