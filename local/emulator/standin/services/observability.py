"""Log groups and alarms."""

import time
from typing import Any

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch, cloudwatch_logs
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from ..types.handler import Existing, Handler, Outcome, Request
from ..types.ministack import MinistackHandler
from ..types.refusals import already_exists, refused

Alarm = dict[str, Any]


class LogGroup(Handler):
    importable = True

    def create(self, request: Request) -> Outcome:
        name = request.properties.get("LogGroupName") or request.generated_name(512)
        if name in cloudwatch_logs._log_groups:
            raise already_exists(request.type, name)
        cloudwatch_logs._log_groups[name] = {
            "arn": cloudwatch_logs._make_group_arn(name),
            "creationTime": int(time.time() * 1000),
            "retentionInDays": None,
            "tags": {},
            "streams": {},
            "subscriptionFilters": {},
        }
        self._set(name, request)
        return Outcome(name, self._attributes(name))

    def _attributes(self, name: str) -> dict[str, Any]:
        arn = f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{name}:*"
        return {"Arn": arn, "LogGroupName": name}

    def read(self, physical_id: str) -> Existing:
        if physical_id not in cloudwatch_logs._log_groups:
            raise refused("CloudWatchLogs", f"The log group {physical_id} does not exist.", 404)
        retention = cloudwatch_logs._log_groups[physical_id]["retentionInDays"]
        properties = {"LogGroupName": physical_id, "RetentionInDays": retention}
        return Existing(physical_id, properties, self._attributes(physical_id))

    def update(self, request: Request, existing: Existing) -> Outcome:
        self._set(existing.physical_id, request)
        return Outcome(existing.physical_id, self._attributes(existing.physical_id))

    def _set(self, name: str, request: Request) -> None:
        group = cloudwatch_logs._log_groups[name]
        group["retentionInDays"] = request.properties.get("RetentionInDays")
        group["tags"] = {it["Key"]: it["Value"] for it in request.properties.get("Tags", [])}

    def delete(self, existing: Existing) -> None:
        cloudwatch_logs._log_groups.pop(existing.physical_id, None)


class MetricAlarm(MinistackHandler):
    """MiniStack refuses alarms on expressions. Here, they are stored and returned, but not evaluated."""

    def create(self, request: Request) -> Outcome:
        queries = request.properties.get("Metrics")
        if not queries:
            return super().create(request)
        check_queries(queries)
        return self._expression(request, queries, request.properties.get("AlarmName") or request.generated_name(255))

    def update(self, request: Request, existing: Existing) -> Outcome:
        named = {**request.properties, "AlarmName": existing.physical_id}
        return self.create(Request(request.logical_id, request.type, request.stack_name, request.suffix, named))

    def _expression(self, request: Request, queries: list[Alarm], name: str) -> Outcome:
        arn = f"arn:aws:cloudwatch:{get_region()}:{get_account_id()}:alarm:{name}"
        given = {key: value for key, value in request.properties.items() if key != "Tags"}
        cloudwatch._alarms[name] = {
            "ActionsEnabled": True,
            "AlarmActions": [],
            "OKActions": [],
            "InsufficientDataActions": [],
            **given,
            "AlarmName": name,
            "AlarmArn": arn,
            "Metrics": queries,
            "StateValue": "INSUFFICIENT_DATA",
            "StateReason": "Unchecked: Initial alarm creation",
            "StateUpdatedTimestamp": int(time.time()),
            "AlarmConfigurationUpdatedTimestamp": int(time.time()),
        }
        return Outcome(name, {"Arn": arn})


def check_queries(queries: list[Alarm]) -> None:
    ids = [it["Id"] for it in queries]
    if len(ids) != len(set(ids)):
        raise refused("CloudWatch", "The values for parameter id in class MetricDataQuery must be unique.")
    if sum(it.get("ReturnData", True) for it in queries) != 1:
        raise refused("CloudWatch", "Exactly one element of the metrics list should return data.")


class CompositeAlarm(Handler):
    def create(self, request: Request) -> Outcome:
        return self._put(request, request.properties.get("AlarmName") or request.generated_name(255))

    def update(self, request: Request, existing: Existing) -> Outcome:
        return self._put(request, existing.physical_id)

    def _put(self, request: Request, name: str) -> Outcome:
        cloudwatch._put_composite_alarm({}, {**request.properties, "AlarmName": name}, is_cbor=False, is_json=True)
        return Outcome(name, {"Arn": cloudwatch._composite_alarms[name]["AlarmArn"]})

    def delete(self, existing: Existing) -> None:
        cloudwatch._composite_alarms.pop(existing.physical_id, None)


HANDLERS: dict[str, Handler] = {
    "AWS::Logs::LogGroup": LogGroup(),
    "AWS::CloudWatch::Alarm": MetricAlarm(_RESOURCE_HANDLERS["AWS::CloudWatch::Alarm"]),
    "AWS::CloudWatch::CompositeAlarm": CompositeAlarm(),
}


# MiniStack evaluates each alarm when a data point arrives, and expects the alarm to have a metric name.
_evaluate = cloudwatch._evaluate_alarm


def _evaluate_plain_alarm(alarm: Alarm) -> None:
    if "Metrics" not in alarm:
        _evaluate(alarm)


cloudwatch._evaluate_alarm = _evaluate_plain_alarm
