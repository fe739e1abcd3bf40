"""Tracks which parts of a network are in use, since EC2 refuses to delete those."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ministack.services import ec2, lambda_svc


@dataclass(frozen=True)
class NetworkUse:
    security_groups: frozenset[str]
    subnets: frozenset[str]


def network_use(security_groups: list[str] | None, subnets: list[str] | None) -> NetworkUse:
    return NetworkUse(frozenset(security_groups or ()), frozenset(subnets or ()))


def _functions() -> Iterator[NetworkUse]:
    for function in lambda_svc._functions.values():
        vpc = function["config"].get("VpcConfig") or {}
        yield network_use(vpc.get("SecurityGroupIds"), vpc.get("SubnetIds"))


def _endpoints() -> Iterator[NetworkUse]:
    for endpoint in ec2._vpc_endpoints.values():
        yield network_use(endpoint.get("SecurityGroupIds"), endpoint.get("SubnetIds"))


USERS: list[Callable[[], Iterator[NetworkUse]]] = [_functions, _endpoints]  # MSK adds its clusters


def group_is_used(group_id: str) -> bool:
    return any(group_id in use.security_groups for users in USERS for use in users()) or _is_referred_to(group_id)


def _is_referred_to(group_id: str) -> bool:
    others = [group for group in ec2._security_groups.values() if group["GroupId"] != group_id]
    rules = [rule for group in others for key in ("IpPermissions", "IpPermissionsEgress") for rule in group[key]]
    return any(pair.get("GroupId") == group_id for rule in rules for pair in rule.get("UserIdGroupPairs", []))


def subnet_is_used(subnet_id: str) -> bool:
    return any(subnet_id in use.subnets for users in USERS for use in users())
