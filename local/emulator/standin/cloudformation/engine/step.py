"""One step on one resource, as seen by the code that executes it."""

import asyncio
from dataclasses import dataclass, field

from ..model import Resource, Stack


@dataclass
class Step:
    stack: Stack
    resource: Resource  # desired state, or current state for a delete
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)  # set if another resource fails meanwhile


class ResourceFailed(Exception):
    """A step that failed. `physical_id` is the resource that the attempt may have left behind."""

    def __init__(self, reason: str, physical_id: str = ""):
        super().__init__(reason)
        self.physical_id = physical_id
