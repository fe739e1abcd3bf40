"""UpdateBrokerType, also from Standard to Express brokers in place.

An update to both types begins the upgrade, one to the Express type completes it, and one to the Standard type takes it
back. How MSK writes both types in one name is not known here; a comma is assumed.

@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html
@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-complete.html
"""

from . import clusters, reassignments
from .answers import Body, bad_request, cluster_of, needs_current
from .assessments import findings_of
from .model import Cluster, Operation, Properties, Upgrade
from .topics import topics_of

KIND = "UPDATE_BROKER_TYPE"
ONLY_STANDARD = ("StorageMode",)


def update_broker_type(cluster_arn: str, body: Body) -> Body:
    cluster = cluster_of(cluster_arn)
    needs_current(cluster, body)
    target, mode = body["targetInstanceType"], body.get("topicReassignment")
    if "," in target:
        operation = _mix(cluster, target, mode or "MANUAL")
    elif cluster.upgrade:
        operation = _end(cluster, cluster.upgrade, target)
    else:
        operation = clusters.operate(cluster, KIND, _of_type(cluster, target))
    return {"ClusterArn": cluster.arn, "ClusterOperationArn": operation.arn}


def _mix(cluster: Cluster, target: str, mode: str) -> Operation:
    """Begins the upgrade, or sets its mode."""
    standard, _, express = target.partition(",")
    upgrade = cluster.upgrade or Upgrade(cluster.properties["BrokerNodeGroupInfo"]["InstanceType"], express)
    if (standard, express) != (upgrade.standard, upgrade.express) or not express.startswith("express."):
        raise bad_request(f"The broker type must name {upgrade.standard} and one Express broker type, not {target}.")
    if cluster.upgrade is None:
        _refuse_unless_ready(cluster, express)
    clusters.needs_active(cluster)
    cluster.properties = {**cluster.properties, **_of_type(cluster, target)}
    cluster.upgrade, upgrade.mode = upgrade, mode
    operation = clusters.begin(cluster, KIND)
    operation.details = {"BrokerTypeUpgradeInfo": {"TopicReassignmentMode": mode}}
    if mode == "AUTO":
        started = reassignments.start(cluster, {"targetInstanceType": express, "topicsToInclude": [".*"]})
        operation.details["BrokerTypeUpgradeInfo"]["TopicReassignmentOperationArn"] = started.arn
    return operation


def _refuse_unless_ready(cluster: Cluster, express: str) -> None:
    blocking = [it["Message"] for it in findings_of(cluster, express) if it["Severity"] == "ERROR"]
    if blocking:
        raise bad_request(f"The cluster isn't ready for the upgrade to Express brokers: {' '.join(blocking)}")


def _end(cluster: Cluster, upgrade: Upgrade, target: str) -> Operation:
    """Completes the upgrade, or takes it back. Only then do some brokers go, so they must have no topics."""
    if target not in (upgrade.standard, upgrade.express):
        raise bad_request(f"The broker type must be {upgrade.express} or {upgrade.standard}, not {target}.")
    if upgrade.mode != "MANUAL":
        raise bad_request("Set the topic reassignment to MANUAL first.")
    all_topics = {it["name"] for it in topics_of(cluster)}
    left = all_topics - upgrade.moved if target == upgrade.express else all_topics & upgrade.moved
    if left:
        raise bad_request(f"Topics must be reassigned to {target} first: {', '.join(sorted(left))}.")
    clusters.needs_active(cluster)
    properties = {**cluster.properties, **_of_type(cluster, target)}
    if target == upgrade.express:
        properties = {key: it for key, it in properties.items() if key not in ONLY_STANDARD}
        properties["BrokerNodeGroupInfo"].pop("StorageInfo", None)
    cluster.properties, cluster.upgrade = properties, None
    return clusters.begin(cluster, KIND)


def _of_type(cluster: Cluster, instance_type: str) -> Properties:
    return {"BrokerNodeGroupInfo": {**cluster.properties["BrokerNodeGroupInfo"], "InstanceType": instance_type}}
