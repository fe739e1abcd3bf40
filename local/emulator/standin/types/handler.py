"""What carries out one resource type."""

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
        """A name of CloudFormation's own making; cut in front, as the suffix is what makes it unique."""
        prefix = f"{self.stack_name}-{self.logical_id}"[: longest - len(self.suffix) - 1]
        return f"{prefix}-{self.suffix}"


@dataclass(frozen=True)
class Existing:
    physical_id: str
    properties: Properties
    attributes: Properties


class Handler:
    """A type that keeps no state of its own but what CloudFormation remembers."""

    blocking = False  # such a handler runs beside the event loop, which serves the API
    importable = False  # such a handler can read what it did not make

    def create(self, request: Request) -> Outcome:
        raise NotImplementedError

    def update(self, request: Request, existing: Existing) -> Outcome:
        return Outcome(existing.physical_id, existing.attributes)

    def read(self, physical_id: str) -> Existing:
        raise NotImplementedError

    def delete(self, existing: Existing) -> None:
        """Nothing to take away."""
