"""Rolls an operation back: restores updated resources and deletes new ones."""

from ..model import CloudFormationError, Resource, Stack
from ..templates.dependencies import run_in_order
from . import provision
from .journal import Change, Journal
from .removal import Doomed, after_failed_creation, remove
from .step import Step


class Rollback:
    def __init__(self, stack: Stack, journal: Journal, *, is_update: bool):
        self.stack, self.journal, self.is_update = stack, journal, is_update
        self.previous = stack.deployed
        self.undone: set[str] = set()
        self.given_up: set[str] = set()  # skipped by the caller: treated as rolled back
        self.junk: list[Resource] = []  # physical resources created by a replacement

    def begin(self, reason: str = "User Initiated") -> None:
        self.stack.move_to("UPDATE_ROLLBACK_IN_PROGRESS" if self.is_update else "ROLLBACK_IN_PROGRESS", reason)

    async def run(self, reason: str) -> None:
        self.begin(reason if self.is_update else f"{reason}Rollback requested by user.")
        await self.proceed()

    async def proceed(self) -> None:
        await (self._undo_update() if self.is_update else self._undo_creation())

    async def _undo_creation(self) -> None:
        stack = self.stack
        left = await remove(stack, after_failed_creation(self.journal.created()))
        stack.resources = {it.logical_id: it for it in left}
        stack.unfinished = None
        if left:
            names = ", ".join(sorted(it.logical_id for it in left))
            stack.move_to("ROLLBACK_FAILED", f"The following resource(s) failed to delete: [{names}]. ")
        else:
            stack.move_to("ROLLBACK_COMPLETE")

    async def _undo_update(self) -> None:
        stack, changes = self.stack, {it.after.logical_id: it for it in self.journal.updates()}
        stack.resources.update(self.journal.unchanged)
        order = {name: it.before.depends_on for name, it in changes.items() if it.before}
        if not await run_in_order(order, lambda name: self._undo_once(changes[name])):
            stack.unfinished = self
            failed = sorted(set(order) - self.undone)
            stack.move_to(
                "UPDATE_ROLLBACK_FAILED", f"The following resource(s) failed to update: [{', '.join(failed)}]. "
            )
            return
        stack.unfinished, stack.deployed = None, self.previous
        stack.move_to("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        replacements = [Doomed(it) for it in self.junk]  # a deletion policy does not apply to replacements
        await remove(stack, replacements + after_failed_creation(self.journal.created()))
        for name in (it.after.logical_id for it in self.journal.changes.values() if it.before is None):
            stack.resources.pop(name, None)
        stack.move_to("UPDATE_ROLLBACK_COMPLETE")

    async def _undo_once(self, change: Change) -> bool:
        """A continued rollback skips what is already rolled back."""
        name = change.after.logical_id
        if name in self.undone or await self._undo(change):
            self.undone.add(name)
        return name in self.undone

    async def _undo(self, change: Change) -> bool:
        before, after = change.before, change.after
        if before is None:
            return True
        if after.logical_id in self.given_up:
            self._restore(before.but(physical_id=after.physical_id))
            return True
        self.stack.announce(after, "UPDATE_IN_PROGRESS")
        if needs_update_back(change):
            return await self._update_back(before, after)
        if change.made_another:
            self.junk.append(after)
        self._restore(before)
        return True

    async def _update_back(self, before: Resource, after: Resource) -> bool:
        wanted = before.but(physical_id=after.physical_id)
        try:
            outcome = await provision.update(Step(self.stack, wanted), after)
        except Exception as error:
            self.stack.announce(after, "UPDATE_FAILED", str(error))
            return False
        if outcome.physical_id != after.physical_id:
            self.junk.append(after)
        wanted.physical_id, wanted.attributes = outcome.physical_id, outcome.attributes
        self._restore(wanted)
        return True

    def skip(self, logical_ids: list[str]) -> None:
        left = {it.after.logical_id for it in self.journal.updates()} - self.undone
        if wrong := sorted(set(logical_ids) - left):
            raise CloudFormationError(f"ResourcesToSkip [{', '.join(wrong)}] did not fail to roll back.")
        self.given_up.update(logical_ids)

    def _restore(self, resource: Resource) -> None:
        self.stack.resources[resource.logical_id] = resource
        self.stack.announce(resource, "UPDATE_COMPLETE")


def needs_update_back(change: Change) -> bool:
    """A custom resource gets the old properties even if its update failed. A handler that failed changed nothing."""
    if change.after is change.before:  # it was refused before anything was attempted
        return False
    return change.after.is_custom or not (change.failed or change.made_another)
