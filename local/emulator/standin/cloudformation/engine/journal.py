"""Records what an operation has done so far, so that it can be rolled back."""

from dataclasses import dataclass, field

from ..model import Resource


@dataclass
class Change:
    before: Resource | None  # None if the operation adds this resource
    after: Resource
    failed: bool = False

    @property
    def verb(self) -> str:
        return "CREATE" if self.before is None else "UPDATE"

    @property
    def made_another(self) -> bool:
        """Whether a new physical resource exists in addition to the previous one."""
        return self.before is not None and self.after.physical_id not in ("", self.before.physical_id)


@dataclass
class Journal:
    changes: dict[str, Change] = field(default_factory=dict)
    unchanged: dict[str, Resource] = field(default_factory=dict)  # as before; only their policies may have changed

    def note(self, before: Resource | None, after: Resource) -> Change:
        change = self.changes[after.logical_id] = Change(before, after)
        return change

    def updates(self) -> list[Change]:
        return [it for it in self.changes.values() if it.before is not None]

    def created(self) -> list[Resource]:
        """What the operation created, including what it may have created before it failed."""
        return [it.after for it in self.changes.values() if it.before is None and it.after.physical_id]

    def failures(self) -> tuple[list[str], list[str]]:
        """Logical IDs of resources that failed to create, and of those that failed to update."""
        failed = [it for it in self.changes.values() if it.failed]
        return (
            sorted(it.after.logical_id for it in failed if it.before is None),
            sorted(it.after.logical_id for it in failed if it.before is not None),
        )
