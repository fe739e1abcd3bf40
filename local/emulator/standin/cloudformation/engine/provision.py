"""Executes a step with the implementation of the resource type."""

import asyncio
from typing import Any, Protocol

from ...types import catalog, registry, validation
from ...types.handler import Existing, Outcome, Request
from ...types.placeholder import made_up_attributes
from ..model import Resource
from ..templates.dynamic_references import resolve_dynamic_references
from .custom_resources import CustomResources
from .step import ResourceFailed, Step


class Executor(Protocol):
    async def create(self, step: Step) -> Outcome: ...

    async def update(self, step: Step, old: Resource) -> Outcome: ...

    async def delete(self, step: Step) -> None: ...


class NativeResources:
    """Types with a handler: this project's, MiniStack's, or the placeholder."""

    async def create(self, step: Step) -> Outcome:
        request = _request(step)
        handler = catalog.handler_of(request.type)
        outcome = await asyncio.to_thread(handler.create, request) if handler.blocking else handler.create(request)
        return _with_all_attributes(request, outcome)

    async def update(self, step: Step, old: Resource) -> Outcome:
        request, existing = _request(step), _existing(old)
        handler = catalog.handler_of(request.type)
        if handler.blocking:
            outcome = await asyncio.to_thread(handler.update, request, existing)
        else:
            outcome = handler.update(request, existing)
        return _with_all_attributes(request, outcome)

    async def delete(self, step: Step) -> None:
        handler, existing = catalog.handler_of(step.resource.type), _existing(step.resource)
        if handler.blocking:
            await asyncio.to_thread(handler.delete, existing)
        else:
            handler.delete(existing)


special: dict[str, Executor] = {}  # types that need the engine itself
_native, _custom = NativeResources(), CustomResources()


async def read(resource: Resource) -> Existing:
    """Reads a resource that was created outside the stack."""
    handler = catalog.handler_of(resource.type)
    if handler.blocking:
        return await asyncio.to_thread(handler.read, resource.physical_id)
    return handler.read(resource.physical_id)


def _executor(resource: Resource) -> Executor:
    if resource.is_custom:
        return _custom
    return special.get(resource.type, _native)


async def create(step: Step) -> Outcome:
    return await _executor(step.resource).create(step)


async def update(step: Step, old: Resource) -> Outcome:
    return await _executor(step.resource).update(step, old)


async def delete(step: Step) -> None:
    await _executor(step.resource).delete(step)


def replacing_changes(old: Resource, new: Resource) -> list[str]:
    """The changes that require replacement. Whether a custom resource is replaced depends on its function."""
    if _executor(old) is not _native:
        return []
    schema = registry.schema_of(old.type) or {}
    before, after = (validation.coerce(it.properties, schema, schema) for it in (old, new))
    changes = registry.replacing_changes(old.type, before, after)
    for name in registry.identifier(old.type) if changes else []:
        if name in after and before.get(name) == after[name]:
            raise ResourceFailed(
                "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                f"Rename {after[name]} and update the stack again."
            )
    return changes


def _request(step: Step) -> Request:
    resource = step.resource
    properties: dict[str, Any] = resolve_dynamic_references(resource.properties)
    typed = validation.typed(resource.type, resource.logical_id, properties)
    return Request(resource.logical_id, resource.type, step.stack.name, resource.suffix, typed)


def _existing(resource: Resource) -> Existing:
    schema = registry.schema_of(resource.type) or {}
    properties = validation.coerce(resource.properties, schema, schema)
    return Existing(resource.physical_id, properties, dict(resource.attributes))


def _with_all_attributes(request: Request, outcome: Outcome) -> Outcome:
    """Handlers return the relevant attributes. Others in the schema are invented, so that GetAtt finds them."""
    given = {name: value for name, value in request.properties.items() if not isinstance(value, dict)}
    return Outcome(outcome.physical_id, {**given, **made_up_attributes(request), **outcome.attributes})
