"""Managed VPC connections, in the MSK API."""

from ministack.core.responses import get_account_id

from .answers import Body, cluster_of, not_found, page
from .model import CONNECTIONS, Properties


def list_client_vpc_connections(cluster_arn: str, query: Body) -> Body:
    """Those of a cluster, as its owner sees them."""
    found = [it for it in CONNECTIONS.items() if it[1]["TargetClusterArn"] == cluster_of(cluster_arn).arn]
    return page("ClientVpcConnections", [{**_common(*it), "Owner": get_account_id()} for it in found], query)


def list_vpc_connections(query: Body) -> Body:
    return page("VpcConnections", [_as_client(*it) for it in CONNECTIONS.items()], query)


def describe_vpc_connection(arn: str, _query: Body) -> Body:
    if arn not in CONNECTIONS:
        raise not_found(arn)
    connection = CONNECTIONS[arn]
    placed = {"Subnets": connection["ClientSubnets"], "SecurityGroups": connection["SecurityGroups"]}
    return {**_as_client(arn, connection), **placed, "Tags": connection.get("Tags", {})}


def _common(arn: str, connection: Properties) -> Body:
    shown = {it: connection[it] for it in ("Authentication", "CreationTime")}
    return {"VpcConnectionArn": arn, "State": "AVAILABLE", **shown}


def _as_client(arn: str, connection: Properties) -> Body:
    return {**_common(arn, connection), **{it: connection[it] for it in ("TargetClusterArn", "VpcId")}}
