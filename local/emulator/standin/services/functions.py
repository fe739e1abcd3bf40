"""AWS::Lambda::Function on MiniStack's Lambda."""

from typing import Any

from ministack.services import ec2, lambda_svc
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from ..types.handler import Existing, Handler, Outcome, Request
from ..types.ministack import MinistackHandler
from ..types.refusals import already_exists, refused

# Set by other resources or the API. MiniStack's own update creates the function again and would lose these.
SET_BY_OTHERS = ("versions", "next_version", "policy", "aliases", "event_invoke_config", "event_invoke_configs")


class Function(MinistackHandler):
    def create(self, request: Request) -> Outcome:
        name = request.properties.get("FunctionName")
        if name and name in lambda_svc._functions:
            raise already_exists(request.type, name)
        return self._put(request)

    def update(self, request: Request, existing: Existing) -> Outcome:
        before = lambda_svc._functions[existing.physical_id]
        named = {**request.properties, "FunctionName": existing.physical_id}
        outcome = self._put(Request(request.logical_id, request.type, request.stack_name, request.suffix, named))
        after = lambda_svc._functions[existing.physical_id]
        after.update({key: before[key] for key in SET_BY_OTHERS})
        return outcome

    def _put(self, request: Request) -> Outcome:
        properties = request.properties
        vpc = _vpc_config(properties.get("VpcConfig"))
        outcome = super().create(request)
        function = lambda_svc._functions[outcome.physical_id]
        if function["code_zip"] is None:
            lambda_svc._functions.pop(outcome.physical_id)
            raise refused("Lambda", "Error occurred while GetObject. S3 Error Code: NoSuchKey.")
        config = function["config"]
        config["VpcConfig"] = vpc
        config["LoggingConfig"] = _logging_config(config, properties.get("LoggingConfig"))
        function["concurrency"] = properties.get("ReservedConcurrentExecutions")
        return outcome

    def delete(self, existing: Existing) -> None:
        super().delete(existing)
        lambda_svc.invalidate_worker(existing.physical_id)


def _vpc_config(given: dict[str, Any] | None) -> dict[str, Any]:
    config = {"SubnetIds": [], "SecurityGroupIds": [], **(given or {})}
    absent = [it for it in config["SubnetIds"] if it not in ec2._subnets]
    if absent:
        raise refused("Lambda", f"The subnet ID '{absent[0]}' does not exist")
    vpcs = [ec2._subnets[it]["VpcId"] for it in config["SubnetIds"]]
    return {**config, "VpcId": vpcs[0] if vpcs else ""}


def _logging_config(config: dict[str, Any], given: dict[str, Any] | None) -> dict[str, Any]:
    return {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{config['FunctionName']}", **(given or {})}


HANDLERS: dict[str, Handler] = {"AWS::Lambda::Function": Function(_RESOURCE_HANDLERS["AWS::Lambda::Function"])}
