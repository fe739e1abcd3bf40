"""One create or update of a stack, which deploys a new template and starts the rollback if it fails."""

import copy
from dataclasses import dataclass

from ..model import Desired, Resource, Stack
from ..templates.dependencies import edges, run_in_order
from ..templates.intrinsics import Deployed, Identity, Resolver
from ..templates.stack_tags import with_stack_tags
from . import outputs
from .attempts import Attempts
from .removal import Doomed, by_deletion_policy, remove
from .rollback import Rollback
from .step import ResourceFailed


@dataclass(frozen=True)
class Verbs:
    """The names of the stack's statuses. A nested stack is rolled back by an update."""

    running: str
    cleaning: str
    complete: str
    failed: str


CREATE = Verbs("CREATE_IN_PROGRESS", "", "CREATE_COMPLETE", "CREATE_FAILED")
UPDATE = Verbs("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED")
BACK = Verbs(
    "UPDATE_ROLLBACK_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE",
    "UPDATE_ROLLBACK_FAILED",
)


class Deployment:
    def __init__(self, stack: Stack, desired: Desired, verbs: Verbs):
        self.stack, self.desired, self.verbs = stack, desired, verbs
        self.order = edges(desired.resources)
        self.resolver = Resolver(desired, Deployed(stack.resources), Identity(stack.name, stack.id))
        self.attempts = Attempts(stack)
        self.outputs: list[dict[str, str]] = []
        self.trouble = ""  # a failure that belongs to no resource

    def begin(self) -> None:
        """The part whose result the API returns immediately."""
        self.stack.target = self.desired
        if self.verbs is CREATE:
            self.stack.deployed = self.desired
        self.stack.move_to(self.verbs.running, "User Initiated")

    async def run(self) -> None:
        if await run_in_order(self.order, self._bring_about):
            self._resolve_outputs()
        if self.trouble or self.attempts.cancelled.is_set():
            await self._fail()
        else:
            await self._finish()
        self.stack.target = None

    async def _bring_about(self, logical_id: str) -> bool:
        if self.attempts.cancelled.is_set():
            return False
        before = await self._without_leftover(logical_id)
        try:
            wanted = self._wanted(logical_id, before)
        except Exception as error:
            resource = before or Resource(logical_id, self.desired.resources[logical_id]["Type"], {})
            return self.attempts.refuse(before, resource, str(error))
        if before is None:
            return await self.attempts.create(wanted)
        if before.properties == wanted.properties and before.status != "UPDATE_FAILED":
            self.attempts.journal.unchanged[logical_id] = before
            self.stack.resources[logical_id] = wanted
            return True
        return await self.attempts.change(before, wanted)

    async def _without_leftover(self, logical_id: str) -> Resource | None:
        """The existing resource. One that an earlier operation without rollback failed to create is created again."""
        before = self.stack.resources.get(logical_id)
        if before is None or before.status != "CREATE_FAILED":
            return before
        if before.physical_id:
            await remove(self.stack, [Doomed(before)])
        del self.stack.resources[logical_id]
        return None

    def _wanted(self, logical_id: str, before: Resource | None) -> Resource:
        definition = self.desired.resources[logical_id]
        kind = definition["Type"]
        if before and before.type != kind:
            raise ResourceFailed(
                "Update of resource type is not permitted. "
                f"The new template modifies resource type of the following resources: [{logical_id}]"
            )
        properties = self.resolver.resolve(copy.deepcopy(definition.get("Properties", {})))
        given = {
            "properties": with_stack_tags(kind, properties, self.desired.tags),
            "depends_on": self.order[logical_id],
            "deletion_policy": definition.get("DeletionPolicy", "Delete"),
            "update_replace_policy": definition.get("UpdateReplacePolicy", "Delete"),
        }
        return before.but(**given) if before else Resource(logical_id, kind, **given)

    # --- the end -----------------------------------------------------------------------------------------------------

    def _resolve_outputs(self) -> None:
        try:
            self.outputs = outputs.resolve(self.stack, self.desired, self.resolver)
        except Exception as error:
            self.trouble = str(error)

    async def _finish(self) -> None:
        stack = self.stack
        removed = [it for name, it in stack.resources.items() if name not in self.order]
        stack.deployed, stack.outputs, stack.unfinished = self.desired, self.outputs, None
        if self.verbs.cleaning:
            stack.move_to(self.verbs.cleaning)
            await remove(stack, self._superseded() + by_deletion_policy(removed))
        for resource in removed:
            del stack.resources[resource.logical_id]
        stack.move_to(self.verbs.complete)

    def _superseded(self) -> list[Doomed]:
        return [
            Doomed(change.before, change.after.update_replace_policy == "Retain")
            for change in self.attempts.journal.updates()
            if change.made_another
        ]

    async def _fail(self) -> None:
        rollback = Rollback(self.stack, self.attempts.journal, is_update=self.verbs is not CREATE)
        if self.verbs is BACK or self.stack.disable_rollback:
            self.stack.unfinished = rollback
            self.stack.deployed = self.desired
            self.stack.move_to(self.verbs.failed, self._reason())
        else:
            await rollback.run(self._reason())

    def _reason(self) -> str:
        created, updated = self.attempts.journal.failures()
        parts = [
            f"The following resource(s) failed to {verb}: [{', '.join(names)}]. "
            for verb, names in (("create", created), ("update", updated))
            if names
        ]
        return "".join(parts) or self.trouble
