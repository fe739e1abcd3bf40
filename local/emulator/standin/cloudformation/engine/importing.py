"""Imports existing resources into a stack. Nothing is created, and a failure leaves the resources unchanged."""

import copy

from ..model import Desired, Resource, Stack
from ..templates.dependencies import edges, in_order
from ..templates.intrinsics import Deployed, Identity, Resolver
from ..templates.stack_tags import with_stack_tags
from . import provision
from .step import Step

TAGS = "Apply stack-level tags to imported resource if applicable."


def _check_identifier(resource: Resource, identifier: dict[str, str]) -> None:
    """Where the identifier is a property, such as a name, the template must have the one of the resource."""
    for name, value in identifier.items():
        if resource.properties.get(name, value) != value:
            raise ValueError(f"The template has another {name} than the resource to import: {value}")


class Import:
    def __init__(self, stack: Stack, desired: Desired, identifiers: dict[str, dict[str, str]]):
        self.stack, self.desired, self.identifiers = stack, desired, identifiers
        self.order = edges(desired.resources)
        self.resolver = Resolver(desired, Deployed(stack.resources), Identity(stack.name, stack.id))

    def begin(self) -> None:
        self.stack.target = self.desired
        self.stack.move_to("IMPORT_IN_PROGRESS", "User Initiated")

    async def run(self) -> None:
        for logical_id in [it for it in in_order(self.order) if it in self.identifiers]:
            if not await self._import(logical_id):
                self._give_up(logical_id)
                return
        self.stack.deployed, self.stack.target = self.desired, None
        self.stack.move_to("IMPORT_COMPLETE")

    async def _import(self, logical_id: str) -> bool:
        """Reads the resource, then updates it to the properties in the template."""
        resource = self._wanted(logical_id)
        self.stack.resources[logical_id] = resource
        identifier = self.identifiers[logical_id]
        self.stack.announce(resource, "IMPORT_IN_PROGRESS", "Resource import started.")
        try:
            _check_identifier(resource, identifier)
            live = await provision.read(resource)
            self.stack.announce(resource, "IMPORT_COMPLETE", "Resource import completed.")
            self.stack.announce(resource, "UPDATE_IN_PROGRESS", TAGS)
            outcome = await provision.update(Step(self.stack, resource), resource.but(properties=live.properties))
        except Exception as error:
            self.stack.announce(resource, "IMPORT_FAILED", str(error))
            return False
        resource.attributes = outcome.attributes
        self.stack.announce(resource, "UPDATE_COMPLETE", TAGS)
        return True

    def _wanted(self, logical_id: str) -> Resource:
        definition = self.desired.resources[logical_id]
        properties = self.resolver.resolve(copy.deepcopy(definition.get("Properties", {})))
        return Resource(
            logical_id,
            definition["Type"],
            with_stack_tags(definition["Type"], properties, self.desired.tags),
            physical_id="|".join(self.identifiers[logical_id].values()),
            depends_on=self.order[logical_id],
            deletion_policy=definition["DeletionPolicy"],
            update_replace_policy=definition.get("UpdateReplacePolicy", "Delete"),
        )

    def _give_up(self, failed: str) -> None:
        reason = f"The following resource(s) failed to import: [{failed}]. "
        self.stack.move_to("IMPORT_ROLLBACK_IN_PROGRESS", reason)
        for logical_id in self.identifiers:
            self.stack.resources.pop(logical_id, None)
        self.stack.target = None
        self.stack.move_to("IMPORT_ROLLBACK_COMPLETE")
