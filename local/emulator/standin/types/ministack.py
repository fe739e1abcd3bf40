"""MiniStack's own handlers, with generated names that are never reused."""

import contextvars
from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import provisioners

from .handler import Existing, Handler, Outcome, Request

_suffix = contextvars.ContextVar("suffix", default="")


def _physical_name(stack_name: str, logical_id: str, *, lowercase: bool = False, max_len: int = 128) -> str:
    """Replaces MiniStack's function, which returns the same name when a resource is replaced or re-created."""
    request = Request(logical_id, "", stack_name, _suffix.get(), {})
    name = request.generated_name(max_len)
    return name.lower() if lowercase else name


provisioners._physical_name = _physical_name

# Types without an update handler that can be created again under the same name.
CREATED_AGAIN = {
    "AWS::CloudWatch::Alarm",
    "AWS::Events::Rule",
    "AWS::KMS::Alias",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::StepFunctions::StateMachine",
}


class MinistackHandler(Handler):
    def __init__(self, entry: dict[str, Callable[..., Any]]):
        self.entry = entry

    def create(self, request: Request) -> Outcome:
        token = _suffix.set(request.suffix)
        try:
            physical_id, attributes = self.entry["create"](request.logical_id, request.properties, request.stack_name)
        finally:
            _suffix.reset(token)
        return Outcome(physical_id, attributes)

    def update(self, request: Request, existing: Existing) -> Outcome:
        if "update" in self.entry:
            return self._update(request, existing)
        return self.create(request) if request.type in CREATED_AGAIN else super().update(request, existing)

    def _update(self, request: Request, existing: Existing) -> Outcome:
        arguments = [existing.physical_id, existing.properties, request.properties, request.stack_name]
        if self.entry.get("update_with_logical_id"):
            arguments.append(request.logical_id)
        physical_id, attributes = self.entry["update"](*arguments)
        return Outcome(physical_id, {**existing.attributes, **attributes})

    def delete(self, existing: Existing) -> None:
        if "delete" in self.entry:
            self.entry["delete"](existing.physical_id, existing.properties)
