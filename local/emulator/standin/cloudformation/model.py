"""The state of CloudFormation: stacks, their resources and events, change sets, exports."""

import random
import string
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from ministack.core.responses import AccountRegionScopedDict, get_account_id, get_region

from ..clock import now

STACK_TYPE = "AWS::CloudFormation::Stack"


class CloudFormationError(Exception):
    """A request that CloudFormation refuses."""

    def __init__(self, message: str, code: str = "ValidationError"):
        super().__init__(message)
        self.code = code


def random_suffix() -> str:
    return "".join(random.choices(string.ascii_uppercase + string.digits, k=12))


@dataclass
class Resource:
    """The physical resource of a logical ID."""

    logical_id: str
    type: str
    properties: dict[str, Any]
    suffix: str = field(default_factory=random_suffix)  # end of generated names; a replacement gets a new one
    physical_id: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    status: str = ""
    reason: str = ""
    changed: str = field(default_factory=now)
    depends_on: frozenset[str] = frozenset()
    deletion_policy: str = "Delete"
    update_replace_policy: str = "Delete"

    def but(self, **changes: Any) -> "Resource":
        return replace(self, changed=now(), **changes)

    def mark(self, status: str, reason: str = "") -> None:
        self.status, self.reason, self.changed = status, reason, now()

    @property
    def is_custom(self) -> bool:
        return is_custom(self.type)


def is_custom(resource_type: str) -> bool:
    return resource_type.startswith("Custom::") or resource_type == "AWS::CloudFormation::CustomResource"


@dataclass
class Desired:
    """A template with everything that is known before the deployment."""

    body: str
    template: dict[str, Any]
    parameters: dict[str, "Parameter"]
    conditions: dict[str, bool] = field(default_factory=dict)
    tags: list[dict[str, str]] = field(default_factory=list)
    imports: frozenset[str] = frozenset()

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The definitions whose condition is true."""
        defined = self.template.get("Resources", {})
        return {name: it for name, it in defined.items() if self.conditions.get(it.get("Condition"), True)}

    @property
    def outputs(self) -> dict[str, dict[str, Any]]:
        defined = self.template.get("Outputs", {})
        return {name: it for name, it in defined.items() if self.conditions.get(it.get("Condition"), True)}


@dataclass
class Parameter:
    value: Any  # a list for list types, otherwise a string
    given: str  # as sent by the caller; for an SSM parameter type, the name of the parameter
    no_echo: bool = False


NOTHING = Desired(body="{}", template={}, parameters={})


@dataclass
class Stack:
    name: str
    id: str
    status: str
    reason: str = ""
    deployed: Desired = field(default_factory=lambda: NOTHING)
    target: Desired | None = None  # while an operation runs
    resources: dict[str, Resource] = field(default_factory=dict)
    outputs: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    created: str = field(default_factory=now)
    updated: str = ""
    deleted: str = ""
    protected: bool = False
    disable_rollback: bool = False
    parent_id: str = ""
    unfinished: Any = None  # a rollback that has not completed

    @property
    def is_gone(self) -> bool:
        return self.status == "DELETE_COMPLETE"

    @property
    def imports(self) -> frozenset[str]:
        return self.deployed.imports | (self.target.imports if self.target else frozenset())

    def move_to(self, status: str, reason: str = "") -> None:
        self.status, self.reason = status, reason
        if status == "DELETE_COMPLETE":
            self.deleted = now()
        self._record(self.name, STACK_TYPE, self.id, (status, reason))

    def announce(self, resource: Resource, status: str, reason: str = "") -> None:
        """Sets the status of the resource and records an event."""
        resource.mark(status, reason)
        self.tell(resource, status, reason)

    def tell(self, resource: Resource, status: str, reason: str = "") -> None:
        """Records an event of the stack."""
        self._record(resource.logical_id, resource.type, resource.physical_id, (status, reason))

    def _record(self, logical_id: str, resource_type: str, physical_id: str, outcome: tuple[str, str]) -> None:
        self.events.append(
            {
                "StackId": self.id,
                "EventId": str(uuid.uuid4()),
                "StackName": self.name,
                "LogicalResourceId": logical_id,
                "PhysicalResourceId": physical_id,
                "ResourceType": resource_type,
                "Timestamp": now(),
                "ResourceStatus": outcome[0],
                "ResourceStatusReason": outcome[1],
            }
        )


@dataclass
class ChangeSet:
    id: str
    name: str
    stack_id: str
    stack_name: str
    kind: str
    desired: Desired
    changes: list[dict[str, Any]]
    description: str = ""
    status: str = "CREATE_COMPLETE"
    execution_status: str = "AVAILABLE"
    reason: str = ""
    created: str = field(default_factory=now)
    identifiers: dict[str, dict[str, str]] = field(default_factory=dict)  # of the resources to import


class Store:
    """All stacks of an account and region. A deleted stack stays readable by its ID, as on AWS."""

    def __init__(self) -> None:
        self._stacks = AccountRegionScopedDict()
        self.change_sets = AccountRegionScopedDict()

    def add(self, stack: Stack) -> Stack:
        self._stacks[stack.id] = stack
        return stack

    def all(self) -> list[Stack]:
        return list(self._stacks.values())

    def living(self) -> list[Stack]:
        return [stack for stack in self.all() if not stack.is_gone]

    def find(self, name_or_id: str) -> Stack | None:
        if name_or_id in self._stacks:
            return self._stacks[name_or_id]
        return next((stack for stack in self.living() if stack.name == name_or_id), None)

    def need(self, name_or_id: str) -> Stack:
        stack = self.find(name_or_id)
        if stack is None:
            raise CloudFormationError(f"Stack with id {name_or_id} does not exist")
        return stack

    def exports(self) -> dict[str, dict[str, str]]:
        """Export name -> its output, with the exporting stack."""
        found = {}
        for stack in self.living():
            for output in stack.outputs:
                if output.get("ExportName"):
                    found[output["ExportName"]] = {**output, "ExportingStackId": stack.id}
        return found

    def importers(self, export: str) -> list[Stack]:
        return [stack for stack in self.living() if export in stack.imports]


STORE = Store()


def stack_id(name: str) -> str:
    return f"arn:aws:cloudformation:{get_region()}:{get_account_id()}:stack/{name}/{uuid.uuid4()}"
