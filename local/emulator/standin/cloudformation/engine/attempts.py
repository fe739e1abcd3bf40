"""Creates and updates single resources. Each attempt is recorded in the journal and in the stack's events."""

import asyncio

from ..model import Resource, Stack, random_suffix
from . import provision
from .journal import Change, Journal
from .step import ResourceFailed, Step

REPLACING = "Requested update requires the creation of a new physical resource; hence creating one."


class Attempts:
    """All attempts of one operation. The first failure cancels the others."""

    def __init__(self, stack: Stack):
        self.stack = stack
        self.journal = Journal()
        self.cancelled = asyncio.Event()

    async def create(self, resource: Resource) -> bool:
        self.stack.announce(resource, "CREATE_IN_PROGRESS")
        return await self._create(self._begin(None, resource))

    async def change(self, before: Resource, wanted: Resource) -> bool:
        """Updates in place, or replaces the resource if a changed property can only be set at creation."""
        try:
            replaced = provision.replacing_changes(before, wanted)
        except ResourceFailed as error:
            return self.refuse(before, before, str(error))
        self.stack.announce(wanted, "UPDATE_IN_PROGRESS", REPLACING if replaced else "")
        change = self._begin(before, wanted)
        if replaced:
            wanted.suffix, wanted.physical_id, wanted.attributes = random_suffix(), "", {}
            return await self._create(change)
        return await self._update(change, before)

    def refuse(self, before: Resource | None, resource: Resource, reason: str) -> bool:
        """A failure before anything was attempted."""
        return self._fail(self.journal.note(before, resource), reason)

    def _begin(self, before: Resource | None, resource: Resource) -> Change:
        self.stack.resources[resource.logical_id] = resource
        return self.journal.note(before, resource)

    async def _create(self, change: Change) -> bool:
        resource = change.after
        try:
            outcome = await provision.create(Step(self.stack, resource, self.cancelled))
        except Exception as error:
            resource.physical_id = self._left_behind(resource, error)
            return self._fail(change, str(error))
        resource.physical_id, resource.attributes = outcome.physical_id, outcome.attributes
        if change.before is None:
            self.stack.announce(resource, "CREATE_IN_PROGRESS", "Resource creation Initiated")
        return self._end(change)

    def _left_behind(self, resource: Resource, error: Exception) -> str:
        """A custom resource that failed gets a Delete, with an invented ID if needed: it may have created something."""
        told = getattr(error, "physical_id", "")
        if told or not resource.is_custom:
            return told
        return f"{self.stack.name}-{resource.logical_id}-{resource.suffix}"

    async def _update(self, change: Change, before: Resource) -> bool:
        resource = change.after
        try:
            outcome = await provision.update(Step(self.stack, resource, self.cancelled), before)
        except Exception as error:
            resource.physical_id = getattr(error, "physical_id", "") or before.physical_id
            return self._fail(change, str(error))
        resource.physical_id, resource.attributes = outcome.physical_id, outcome.attributes
        if change.made_another:
            self.stack.announce(resource, "UPDATE_IN_PROGRESS", REPLACING)
        return self._end(change)

    def _end(self, change: Change) -> bool:
        if self.cancelled.is_set():  # it could not be stopped, so it is rolled back like the others
            noun = "creation" if change.before is None else "update"
            self.stack.announce(change.after, f"{change.verb}_FAILED", f"Resource {noun} cancelled")
            return False
        self.stack.announce(change.after, f"{change.verb}_COMPLETE")
        return True

    def _fail(self, change: Change, reason: str) -> bool:
        change.failed = True
        self.stack.announce(change.after, f"{change.verb}_FAILED", reason)
        self.cancelled.set()
        return False
