"""The life cycle of a cluster."""

from typing import Any

from ..clock import later
from ..settings import SETTINGS
from ..types.refusals import refused
from . import brokers
from .model import CLUSTERS, POLICIES, STATES, TOPICS, Cluster, Operation, Properties, arn, new_id, new_version, now
from .rules import ALWAYS, AT_CREATION, ON_UPDATE, first_complaint
from .wanted import Wanted


def refuse(message: str, status: int = 400) -> Exception:
    return refused("Kafka", message, status)


def need(cluster_arn: str) -> Cluster:
    if cluster_arn not in CLUSTERS:
        raise refuse(f"The cluster {cluster_arn} does not exist.", 404)
    return CLUSTERS[cluster_arn]


def create(kind: str, properties: Properties) -> Cluster:
    """Leaves nothing behind if it fails."""
    if kind == "PROVISIONED":
        wanted = Wanted(properties)
        _refuse_if(first_complaint(ALWAYS, wanted) or first_complaint(AT_CREATION, wanted))
    name = properties["ClusterName"]
    if any(it.name == name for it in CLUSTERS.values()):
        raise refuse("This cluster name already exists. Retry your request using another name.", 409)
    cluster = Cluster(arn("cluster", f"{name}/{new_id()}"), name, kind, properties)
    cluster.tags = dict(properties.get("Tags") or {})
    CLUSTERS[cluster.arn] = cluster
    try:
        brokers.lease(cluster)
    except Exception:
        CLUSTERS.pop(cluster.arn)
        raise
    cluster.state = "ACTIVE"
    return cluster


def update(cluster: Cluster, properties: Properties) -> None:
    """Handles the update calls of the API and of CloudFormation."""
    before, after = Wanted(cluster.properties), Wanted(properties)
    _refuse_if(first_complaint(ON_UPDATE, before, after) or first_complaint(ALWAYS, after))
    needs_active(cluster)
    cluster.properties, cluster.version = properties, new_version()
    cluster.tags = dict(properties.get("Tags") or {})


def needs_active(cluster: Cluster) -> None:
    if cluster.state != "ACTIVE":
        raise refuse(f"You can't update a cluster that is in the {cluster.state} state. It must be ACTIVE.")


def _refuse_if(complaint: str | None) -> None:
    if complaint:
        raise refuse(complaint)


def delete(cluster_arn: str) -> None:
    if cluster_arn not in CLUSTERS:
        return
    CLUSTERS[cluster_arn].state = "DELETING"
    brokers.end(cluster_arn)
    CLUSTERS.pop(cluster_arn)
    POLICIES.pop(cluster_arn, None)
    for topic in [it for it, properties in TOPICS.items() if properties["ClusterArn"] == cluster_arn]:
        TOPICS.pop(topic)


def set_state(cluster_arn: str, state: str) -> None:
    """For tests. The cluster stays in this state until it is set again."""
    if state not in STATES:
        raise refuse(f"{state} is not a state of a cluster: {', '.join(STATES)}")
    need(cluster_arn).state = state


def operate(cluster: Cluster, kind: str, changes: Properties) -> Operation:
    """An asynchronous API operation, if no rule refuses the changes."""
    update(cluster, {**cluster.properties, **changes})
    return begin(cluster, kind)


def begin(cluster: Cluster, kind: str) -> Operation:
    """The cluster is UPDATING for the configured number of seconds."""
    operation = Operation(arn("cluster-operation", f"{cluster.name}/{new_id()}/{new_id()}"), kind)
    cluster.operations.append(operation)
    if SETTINGS.operation_seconds > 0:
        cluster.state = "UPDATING"
        later(SETTINGS.operation_seconds, _complete, cluster, operation)
    else:
        _complete(cluster, operation)
    return operation


def _complete(cluster: Cluster, operation: Operation) -> None:
    operation.state, operation.ended = "UPDATE_COMPLETE", now()
    if cluster.state == "UPDATING":
        cluster.state = "ACTIVE"
    cluster.version = new_version()


def with_connectivity(cluster: Cluster, changes: Properties) -> Properties:
    """The properties after UpdateConnectivity. Settings that are not in the request are kept."""
    group: dict[str, Any] = dict(cluster.properties["BrokerNodeGroupInfo"])
    group["ConnectivityInfo"] = {**group.get("ConnectivityInfo", {}), **changes}
    return {"BrokerNodeGroupInfo": group}
