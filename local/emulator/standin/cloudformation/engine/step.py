"""One step on one resource, as the code that carries it out sees it."""

import asyncio
from dataclasses import dataclass, field

from ..model import Resource, Stack


@dataclass
class Step:
    stack: Stack
    resource: Resource  # as wanted; a delete gets it as it is
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)  # another resource failed meanwhile


class ResourceFailed(Exception):
    """A step that did not succeed; `physical_id` is what the attempt may have left behind."""

    def __init__(self, reason: str, physical_id: str = ""):
        super().__init__(reason)
        self.physical_id = physical_id
