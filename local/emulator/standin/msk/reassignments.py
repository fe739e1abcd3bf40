"""Topics move between Standard and Express brokers while a cluster has both. Nothing moves on real brokers.

@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-manage-topics.html
"""

import re

from ..clock import later
from ..settings import SETTINGS
from .answers import Body, bad_request, cluster_of, not_found, page
from .model import Cluster, Reassignment, Upgrade, arn, new_id, now
from .topics import topics_of

ACTIVE = ("PENDING", "IN_PROGRESS")


def start_topic_reassignment(cluster_arn: str, body: Body) -> Body:
    cluster = cluster_of(cluster_arn)
    token = body.get("clientToken")
    known = next((it for it in cluster.reassignments if token and it.token == token), None)
    started = known or start(cluster, body)
    return {"ClusterArn": cluster.arn, "TopicReassignmentOperationArn": started.arn, "Status": "PENDING"}


def start(cluster: Cluster, body: Body) -> Reassignment:
    upgrade = _upgrade_of(cluster)
    target, include, exclude = body["targetInstanceType"], body["topicsToInclude"], body.get("topicsToExclude", [])
    if target not in (upgrade.standard, upgrade.express):
        raise bad_request(f"The cluster has no brokers of type {target}.")
    topics = {it["name"]: it["partitions"] for it in topics_of(cluster)}
    matching = {name: it for name, it in topics.items() if _fits(name, include) and not _fits(name, exclude)}
    identity = arn("topic-reassignment", f"{cluster.name}/{new_id()}/{new_id()}")
    started = Reassignment(identity, target, include, exclude, matching, body.get("clientToken"))
    cluster.reassignments.append(started)
    if SETTINGS.operation_seconds > 0:
        later(SETTINGS.operation_seconds, _complete, upgrade, started)
    else:
        _complete(upgrade, started)
    return started


def _upgrade_of(cluster: Cluster) -> Upgrade:
    if cluster.upgrade is None:
        raise bad_request("The cluster doesn't have both Standard and Express brokers.")
    return cluster.upgrade


def _fits(name: str, patterns: list[str]) -> bool:
    return any(re.fullmatch(it, name) for it in patterns)


def _complete(upgrade: Upgrade, reassignment: Reassignment) -> None:
    if reassignment.status not in ACTIVE:
        return
    if reassignment.target == upgrade.express:
        upgrade.moved |= reassignment.topics.keys()
    else:
        upgrade.moved -= reassignment.topics.keys()
    reassignment.status, reassignment.updated = "COMPLETE", now()


def stop_topic_reassignment(cluster_arn: str, reassignment_arn: str, _body: Body) -> Body:
    reassignment = _found(cluster_of(cluster_arn), reassignment_arn)
    if reassignment.status not in ACTIVE:
        raise bad_request(f"The reassignment is {reassignment.status} already.")
    reassignment.status, reassignment.updated = "STOPPED", now()
    return {"TopicReassignmentOperationArn": reassignment_arn, "Status": "STOPPING"}


def describe_topic_reassignment(cluster_arn: str, reassignment_arn: str, _query: Body) -> Body:
    cluster = cluster_of(cluster_arn)
    it = _found(cluster, reassignment_arn)
    partitions = sum(it.topics.values())
    return {
        **_in_short(it),
        "ClusterArn": cluster.arn,
        "LastUpdateTime": it.updated,
        "MigratedPartitions": partitions if it.status == "COMPLETE" else 0,
        "TotalPartitions": partitions,
        "TopicsToInclude": it.include,
        "TopicsToExclude": it.exclude,
    }


def list_topic_reassignments(cluster_arn: str, query: Body) -> Body:
    wanted = query["statusFilter"].split(",") if "statusFilter" in query else None
    found = [it for it in cluster_of(cluster_arn).reassignments if wanted is None or it.status in wanted]
    return page("Reassignments", [_in_short(it) for it in found], query)


def _found(cluster: Cluster, reassignment_arn: str) -> Reassignment:
    for it in cluster.reassignments:
        if it.arn == reassignment_arn:
            return it
    raise not_found(reassignment_arn)


def _in_short(reassignment: Reassignment) -> Body:
    return {
        "TopicReassignmentOperationArn": reassignment.arn,
        "TargetInstanceType": reassignment.target,
        "Status": reassignment.status,
        "CreationTime": reassignment.created,
        "TotalTopics": len(reassignment.topics),
        "CompletedTopics": len(reassignment.topics) if reassignment.status == "COMPLETE" else 0,
    }
