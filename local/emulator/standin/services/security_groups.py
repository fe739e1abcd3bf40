"""Security groups and their rules, inline or as separate resources. The EC2 API returns both."""

import uuid
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from ministack.core.responses import get_account_id
from ministack.services import ec2

from ..types.handler import Existing, Handler, Outcome, Request
from ..types.refusals import already_exists, refused
from .in_use import group_is_used
from .network import set_tags

Rule = dict[str, Any]
INGRESS, EGRESS = "IpPermissions", "IpPermissionsEgress"
PEERS = (
    ("IpRanges", "CidrIp", ("CidrIp",)),
    ("Ipv6Ranges", "CidrIpv6", ("CidrIpv6",)),
    ("UserIdGroupPairs", "GroupId", ("SourceSecurityGroupId", "DestinationSecurityGroupId")),
    ("PrefixListIds", "PrefixListId", ("SourcePrefixListId", "DestinationPrefixListId")),
)
IMPLIED = "_implied_egress"  # marks the default rule that allows all outbound traffic
ANYWHERE = {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}


def permission(properties: Rule) -> Rule:
    """A rule in the format of the EC2 API, with its own ID."""
    rule: Rule = {"IpProtocol": str(properties["IpProtocol"]), "SecurityGroupRuleId": new_rule_id()}
    for key in ("FromPort", "ToPort"):
        if key in properties:
            rule[key] = int(properties[key])
    if properties.get("Description"):
        rule["Description"] = properties["Description"]
    for listing, field, names in PEERS:
        rule[listing] = [_peer(field, properties[name]) for name in names if name in properties]
    return rule


def _peer(field: str, value: str) -> Rule:
    if field != "GroupId":
        return {field: value}
    if value not in ec2._security_groups:
        raise refused("Ec2", f"The security group '{value}' does not exist")
    return {field: value, "UserId": get_account_id()}


def new_rule_id() -> str:
    return f"sgr-{uuid.uuid4().hex[:17]}"


def group_of(group_id: str) -> Rule:
    if group_id not in ec2._security_groups:
        raise refused("Ec2", f"The security group '{group_id}' does not exist")
    return ec2._security_groups[group_id]


def duplicate_of(group: Rule, side: str, rule: Rule) -> str | None:
    """EC2's sentence about a rule that the group has already, whatever its description."""
    present = {it for other in group[side] for it in _described(other)}
    twice = next((it for it in _described(rule) if it in present), None)
    return twice and f'the specified rule "{twice}" already exists'


def _described(rule: Rule) -> list[str]:
    """A rule has a part for each peer, as EC2 describes it: `peer: sg-1, TCP, from port: 80, to port: 80, ALLOW`."""
    protocol = rule["IpProtocol"]
    if protocol == "-1":
        traffic = "ALL"
    elif protocol in ("tcp", "udp", "icmp", "icmpv6"):
        traffic = f"{protocol.upper()}, from port: {rule.get('FromPort', -1)}, to port: {rule.get('ToPort', -1)}"
    else:
        traffic = f"protocol: {protocol}"
    peers = [peer[field] for listing, field, _ in PEERS for peer in rule.get(listing, []) if field in peer]
    return [f"peer: {peer}, {traffic}, ALLOW" for peer in peers]


def add_rule(group_id: str, side: str, rule: Rule) -> None:
    group = group_of(group_id)
    if twice := duplicate_of(group, side, rule):
        raise refused("Ec2", twice, handler_error="AlreadyExists")
    group[side].append(rule)


def remove_rule(group_id: str, side: str, matching: Rule) -> None:
    group = ec2._security_groups.get(group_id)
    if group:
        group[side] = [it for it in group[side] if not ec2._rules_match(matching, it)]


class SecurityGroup(Handler):
    importable = True

    def create(self, request: Request) -> Outcome:
        properties = request.properties
        name = properties.get("GroupName") or request.generated_name(255)
        vpc_id = properties.get("VpcId", ec2._DEFAULT_VPC_ID)
        if any(it["GroupName"] == name and it["VpcId"] == vpc_id for it in ec2._security_groups.values()):
            raise already_exists(request.type, name)
        group_id = ec2._new_sg_id()
        ec2._security_groups[group_id] = {
            "GroupId": group_id,
            "GroupName": name,
            "Description": properties["GroupDescription"],
            "VpcId": vpc_id,
            "OwnerId": get_account_id(),
            INGRESS: [],
            EGRESS: [],
            IMPLIED: not properties.get("SecurityGroupEgress"),
        }
        for side, rules in inline_rules(properties).items():
            for rule in rules:
                add_rule(group_id, side, permission(rule))
        set_tags(group_id, request)
        return Outcome(group_id, self._attributes(group_id))

    def _attributes(self, group_id: str) -> Rule:
        return {"GroupId": group_id, "Id": group_id, "VpcId": group_of(group_id)["VpcId"]}

    def read(self, physical_id: str) -> Existing:
        group = group_of(physical_id)
        properties = {
            "GroupName": group["GroupName"],
            "GroupDescription": group["Description"],
            "VpcId": group["VpcId"],
            "SecurityGroupIngress": [_as_property(it) for it in group[INGRESS]],
            "SecurityGroupEgress": [_as_property(it) for it in group[EGRESS]],
        }
        return Existing(physical_id, properties, self._attributes(physical_id))

    def update(self, request: Request, existing: Existing) -> Outcome:
        """Updates only the inline rules. Those of other resources are kept."""
        old, new = inline_rules(existing.properties), inline_rules(request.properties)
        for side in (INGRESS, EGRESS):
            for rule in (it for it in old[side] if it not in new[side]):
                remove_rule(existing.physical_id, side, permission(rule))
            for rule in (it for it in new[side] if it not in old[side]):
                add_rule(existing.physical_id, side, permission(rule))
        set_tags(existing.physical_id, request)
        return Outcome(existing.physical_id, self._attributes(existing.physical_id))

    def delete(self, existing: Existing) -> None:
        if group_is_used(existing.physical_id):
            raise refused("Ec2", f"resource {existing.physical_id} has a dependent object")
        ec2._security_groups.pop(existing.physical_id, None)
        ec2._tags.pop(existing.physical_id, None)


def _as_property(rule: Rule) -> Rule:
    """A rule in the format of a template. Inline rules of templates have one peer."""
    shown = {key: rule[key] for key in ("IpProtocol", "FromPort", "ToPort", "Description") if key in rule}
    peers = {names[0]: it[field] for listing, field, names in PEERS for it in rule.get(listing, []) if field in it}
    return {**shown, **peers}


def inline_rules(properties: Rule) -> dict[str, list[Rule]]:
    return {
        INGRESS: properties.get("SecurityGroupIngress") or [],
        EGRESS: properties.get("SecurityGroupEgress") or [ANYWHERE],
    }


class SecurityGroupRule(Handler):
    """AWS::EC2::SecurityGroupIngress and -Egress."""

    def __init__(self, side: str):
        self.side = side

    def create(self, request: Request) -> Outcome:
        group_id, rule = request.properties["GroupId"], permission(request.properties)
        if self.side == EGRESS and group_of(group_id).pop(IMPLIED, False):
            remove_rule(group_id, EGRESS, permission(ANYWHERE))  # as CloudFormation does, once there is another rule
        add_rule(group_id, self.side, rule)
        return Outcome(rule["SecurityGroupRuleId"], {"Id": rule["SecurityGroupRuleId"]})

    def update(self, request: Request, existing: Existing) -> Outcome:
        """Only the description can be changed in place."""
        for rule in group_of(request.properties["GroupId"])[self.side]:
            if rule.get("SecurityGroupRuleId") == existing.physical_id:
                rule["Description"] = request.properties.get("Description", "")
        return Outcome(existing.physical_id, existing.attributes)

    def delete(self, existing: Existing) -> None:
        group = ec2._security_groups.get(existing.properties["GroupId"])
        if group:
            rules = group[self.side]
            group[self.side] = [it for it in rules if it.get("SecurityGroupRuleId") != existing.physical_id]


HANDLERS: dict[str, Handler] = {
    "AWS::EC2::SecurityGroup": SecurityGroup(),
    "AWS::EC2::SecurityGroupIngress": SecurityGroupRule(INGRESS),
    "AWS::EC2::SecurityGroupEgress": SecurityGroupRule(EGRESS),
}


# --- MiniStack's EC2 API allows what EC2 refuses ---------------------------------------------------------------------

_authorize = {INGRESS: ec2._authorize_sg_ingress, EGRESS: ec2._authorize_sg_egress}
_delete_group = ec2._delete_security_group


def _authorize_once(side: str) -> Callable[[dict[str, list[str]]], Any]:
    def authorize(params: dict[str, list[str]]) -> Any:
        group = ec2._security_groups.get(ec2._p(params, "GroupId"))
        rules = ec2._parse_ip_permissions(params, "IpPermissions") if group else []
        for rule in rules:
            if twice := duplicate_of(group, side, rule):
                return ec2._error("InvalidPermission.Duplicate", escape(twice), 400)
        return _authorize[side](params)

    return authorize


def _delete_unused_group(params: dict[str, list[str]]) -> Any:
    group_id = ec2._p(params, "GroupId")
    if group_is_used(group_id):
        return ec2._error("DependencyViolation", f"resource {group_id} has a dependent object", 400)
    return _delete_group(params)


ec2._ACTION_MAP["AuthorizeSecurityGroupIngress"] = _authorize_once(INGRESS)
ec2._ACTION_MAP["AuthorizeSecurityGroupEgress"] = _authorize_once(EGRESS)
ec2._ACTION_MAP["DeleteSecurityGroup"] = _delete_unused_group
