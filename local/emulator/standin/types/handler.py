"""The interface of resource type handlers."""

from dataclasses import dataclass, field
from typing import Any

Properties = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    physical_id: str
    attributes: Properties = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    logical_id: str
    type: str
    stack_name: str
    suffix: str
    properties: Properties

    def generated_name(self, longest: int = 64) -> str:
        """A name generated like in CloudFormation. The prefix is truncated, since the suffix makes the name unique."""
        prefix = f"{self.stack_name}-{self.logical_id}"[: longest - len(self.suffix) - 1]
        return f"{prefix}-{self.suffix}"


@dataclass(frozen=True)
class Existing:
    physical_id: str
    properties: Properties
    attributes: Properties


class Handler:
    """By default, a type has no state except what CloudFormation stores."""

    blocking = False  # whether it must not run on the event loop, which serves the API
    importable = False  # whether it can read resources that it did not create

    def create(self, request: Request) -> Outcome:
        raise NotImplementedError

    def update(self, request: Request, existing: Existing) -> Outcome:
        return Outcome(existing.physical_id, existing.attributes)

    def read(self, physical_id: str) -> Existing:
        raise NotImplementedError

    def delete(self, existing: Existing) -> None:
        """Nothing to delete."""
