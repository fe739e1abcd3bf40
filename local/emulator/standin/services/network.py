"""AWS::EC2::*: tags for every type, IDs that survive updates, and no deletion of resources in use."""

from typing import Any
from xml.etree import ElementTree

from ministack.core.responses import get_region
from ministack.services import ec2
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from .. import zones
from ..types.handler import Existing, Handler, Outcome, Request
from ..types.ministack import MinistackHandler
from ..types.refusals import refused
from .in_use import subnet_is_used


class NetworkHandler(MinistackHandler):
    def create(self, request: Request) -> Outcome:
        outcome = super().create(request)
        set_tags(outcome.physical_id, request)
        return outcome

    def update(self, request: Request, existing: Existing) -> Outcome:
        set_tags(existing.physical_id, request)
        return super().update(request, existing)

    def delete(self, existing: Existing) -> None:
        super().delete(existing)
        ec2._tags.pop(existing.physical_id, None)


def set_tags(resource_id: str, request: Request) -> None:
    tags = request.properties.get("Tags")
    if isinstance(tags, list):
        ec2._tags[resource_id] = tags


class Vpc(NetworkHandler):
    def delete(self, existing: Existing) -> None:
        status, _, body = ec2._delete_vpc({"VpcId": [existing.physical_id]})
        if status >= 400 and existing.physical_id in ec2._vpcs:
            raise refused("Ec2", _message(body))
        ec2._tags.pop(existing.physical_id, None)


class Subnet(NetworkHandler):
    def update(self, request: Request, existing: Existing) -> Outcome:
        subnet = ec2._subnets[existing.physical_id]
        subnet["MapPublicIpOnLaunch"] = request.properties.get("MapPublicIpOnLaunch", False)
        return super().update(request, existing)

    def delete(self, existing: Existing) -> None:
        if subnet_is_used(existing.physical_id):
            raise refused("Ec2", f"The subnet '{existing.physical_id}' has dependencies and cannot be deleted.")
        super().delete(existing)


class RouteTable(NetworkHandler):
    def delete(self, existing: Existing) -> None:
        table: dict[str, Any] = ec2._route_tables.get(existing.physical_id, {})
        if table.get("Associations"):
            raise refused("Ec2", f"The routeTable '{existing.physical_id}' has dependencies and cannot be deleted.")
        super().delete(existing)


def _message(body: bytes) -> str:
    return next((it.text or "" for it in ElementTree.fromstring(body).iter() if it.tag.endswith("Message")), "")


_SPECIAL = {"AWS::EC2::VPC": Vpc, "AWS::EC2::Subnet": Subnet, "AWS::EC2::RouteTable": RouteTable}

HANDLERS: dict[str, Handler] = {
    name: _SPECIAL.get(name, NetworkHandler)(entry)
    for name, entry in _RESOURCE_HANDLERS.items()
    if name.startswith("AWS::EC2::")
}


# --- gaps in MiniStack's EC2 API -------------------------------------------------------------------------------------

_subnet_fields = ec2._subnet_fields_xml
_describe_groups = ec2._describe_security_groups


def _subnet_fields_with_zone_id(subnet: dict[str, Any], tag: str = "item") -> str:
    end = "</availabilityZone>"
    zone_id = f"<availabilityZoneId>{zones.zone_id(subnet['AvailabilityZone'])}</availabilityZoneId>"
    return _subnet_fields(subnet, tag).replace(end, end + zone_id, 1)


def _describe_groups_by_filter(params: dict[str, list[str]]) -> Any:
    """MiniStack ignores the filter `group-id` and would return every group."""
    wanted = ec2._parse_filters(params).get("group-id", [])
    known = [it for it in wanted if it in ec2._security_groups] or wanted
    listed = {f"GroupId.{index}": [it] for index, it in enumerate(known, 1)}
    return _describe_groups({**params, **listed})


def _describe_zones(_params: dict[str, list[str]]) -> Any:
    region = get_region()
    items = "".join(
        f"<item><zoneName>{name}</zoneName><zoneState>available</zoneState><regionName>{region}</regionName>"
        f"<zoneId>{zones.zone_id(name)}</zoneId></item>"
        for name in zones.names(region)
    )
    return ec2._xml(200, "DescribeAvailabilityZonesResponse", f"<availabilityZoneInfo>{items}</availabilityZoneInfo>")


ec2._subnet_fields_xml = _subnet_fields_with_zone_id
ec2._ACTION_MAP["DescribeSecurityGroups"] = _describe_groups_by_filter
ec2._ACTION_MAP["DescribeAvailabilityZones"] = _describe_zones
