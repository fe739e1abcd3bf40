"""Delivers the events of custom resources, some of them more than once.

CloudFormation invokes the function asynchronously, and Lambda's queue is eventually consistent: a function may receive
the same event several times (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
"""

from collections import defaultdict
from contextlib import suppress
from typing import Any

from ministack.core.responses import request_scope
from ministack.services import lambda_svc

from ...unkind import options, tally
from .step import ResourceFailed

Event = dict[str, Any]
_sent: dict[str, list[Event]] = defaultdict(list)  # by stack ID


def send(event: Event) -> None:
    """Delivers a new event, once or twice."""
    _invoke(event)
    _sent[event["StackId"]].append(event)
    wanted = options.current()
    if wanted.happens(wanted.events_twice, f"twice:{_name(event)}"):
        _invoke_copy("twice", event)


def repeat(event: Event) -> None:
    """Called when CloudFormation no longer waits for the event. Delivers it once more, or an older one."""
    wanted, name = options.current(), _name(event)
    of_resource = [it for it in _sent[event["StackId"]] if it["LogicalResourceId"] == event["LogicalResourceId"]]
    older = of_resource[: of_resource.index(event)]
    if wanted.happens(wanted.events_again, f"again:{name}"):
        _invoke_copy("again", event)
    if older and wanted.happens(wanted.events_older, f"older:{name}"):
        _invoke_copy("older", wanted.dice(f"which:{name}").choice(older))


def _invoke_copy(kind: str, event: Event) -> None:
    tally.note(kind, event["LogicalResourceId"])
    with suppress(ResourceFailed):  # Lambda drops the events of a function that was deleted
        _invoke(event)


def _name(event: Event) -> str:
    """The same in each run, unlike the IDs: stack name, logical ID, and the event's number for this resource."""
    logical_id = event["LogicalResourceId"]
    number = sum(it["LogicalResourceId"] == logical_id for it in _sent[event["StackId"]])
    return f"{event['StackId'].split('/')[1]}/{logical_id}/{number}"


def _invoke(event: Event) -> None:
    """Invokes asynchronously, as CloudFormation does. Lambda retries a function that throws."""
    function, config, _ = lambda_svc._get_func_record_for_ref(event["ServiceToken"])
    if not function or not config:
        raise ResourceFailed(f"Function not found: {event['ServiceToken']} (Service: Lambda, Status Code: 404)")
    lambda_svc.invoke_async_with_retry(lambda_svc._execution_record_for_config(function, config), event)


# --- requests of tests -----------------------------------------------------------------------------------------------


def sent_to(stack: str) -> list[Event]:
    """The events of a stack in order. Of several stacks with this name, the latest counts."""
    found = [events for stack_id, events in _sent.items() if stack in {stack_id, stack_id.split("/")[1]}]
    return found[-1] if found else []


def send_again(stack: str, number: int) -> None:
    """Delivers a copy of the event with this number, counted from 0, whatever the stack does now."""
    event = sent_to(stack)[number]
    _, _, _, region, account, *_ = event["ServiceToken"].split(":")
    with request_scope(account, region):
        _invoke(event)
