"""Assessments of a cluster before it is upgraded from Standard to Express brokers in place.

@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-assessment.html
@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-initiate.html
"""

import hashlib
from collections import Counter
from collections.abc import Iterator

from . import brokers
from .answers import ApiError, Body, cluster_of, not_found, page
from .model import Assessment, Cluster, arn, new_id
from .topics import topics_of
from .wanted import Wanted

KIND = "UPDATE_BROKER_TYPE"
PAGE = "https://docs.aws.amazon.com/msk/latest/developerguide/msk-upgrade-assessment.html"
FAMILIES = ("kafka.m5.", "kafka.m7g.", "kafka.m8g.")
REPLICAS, MIN_ISR = 3, 2


def create_assessment(cluster_arn: str, body: Body) -> Body:
    cluster = cluster_of(cluster_arn)
    if body.get("assessmentType") != KIND or cluster.is_serverless or Wanted(cluster.properties).is_express:
        raise ApiError(400, "BadRequestException", "Only clusters with Standard brokers are assessed.")
    target = body.get("assessmentParameters", {}).get("targetInstanceType")
    identity = arn("assessment", f"{cluster.name}/{new_id()}/{new_id()}")
    assessment = Assessment(identity, target, list(findings_of(cluster, target)), body.get("tags", {}))
    cluster.assessments.append(assessment)
    return {**_in_short(cluster, assessment), "Status": "IN_PROGRESS", "Tags": None}


def list_assessments(cluster_arn: str, query: Body) -> Body:
    cluster = cluster_of(cluster_arn)
    return page("Assessments", [_in_short(cluster, it) for it in cluster.assessments], query)


def describe_assessment(cluster_arn: str, assessment_arn: str, _query: Body) -> Body:
    cluster, assessment = _found(cluster_arn, assessment_arn)
    by = {name: dict(Counter(it[name] for it in assessment.findings)) for name in ("Category", "Severity")}
    return {
        **_in_short(cluster, assessment),
        "AssessmentParameters": {"TargetInstanceType": assessment.target},
        "CompletionTime": assessment.created,
        "Summary": {
            "ByCategory": by["Category"],
            "BySeverity": by["Severity"],
            "FindingsCapped": False,
            "HasBlockingFindings": "ERROR" in by["Severity"],
            "TotalFindings": len(assessment.findings),
        },
    }


def list_assessment_findings(cluster_arn: str, assessment_arn: str, query: Body) -> Body:
    _, assessment = _found(cluster_arn, assessment_arn)
    asked = {name: query[name.lower()] for name in ("Category", "Severity") if name.lower() in query}
    return page("Findings", [it for it in assessment.findings if asked.items() <= it.items()], query)


def delete_assessment(cluster_arn: str, assessment_arn: str, _query: Body) -> Body:
    cluster, assessment = _found(cluster_arn, assessment_arn)
    cluster.assessments.remove(assessment)
    return {"AssessmentArn": assessment_arn, "Status": "DELETING"}


def _found(cluster_arn: str, assessment_arn: str) -> tuple[Cluster, Assessment]:
    cluster = cluster_of(cluster_arn)
    for it in cluster.assessments:
        if it.arn == assessment_arn:
            return cluster, it
    raise not_found(assessment_arn)


def _in_short(cluster: Cluster, assessment: Assessment) -> Body:
    return {
        "AssessmentArn": assessment.arn,
        "AssessmentType": KIND,
        "ClusterArn": cluster.arn,
        "CreationTime": assessment.created,
        "Status": "COMPLETE",
        "Tags": assessment.tags,
    }


# --- findings --------------------------------------------------------------------------------------------------------


def findings_of(cluster: Cluster, target: str | None) -> Iterator[Body]:
    """Messages are our own."""
    wanted = Wanted(cluster.properties)
    if not (wanted.is_kraft and wanted.version_numbers[:2] == (3, 9)):
        yield _finding("INFRASTRUCTURE", "version", f"Apache Kafka must be 3.9 with KRaft, not {wanted.version}.")
    if len(wanted.subnets) != REPLICAS:
        yield _finding("INFRASTRUCTURE", "zones", "The cluster must be in three Availability Zones.")
    if wanted.is_tiered:
        yield _finding("INFRASTRUCTURE", "tiered", "Clusters with tiered storage can't be upgraded.")
    if not wanted.instance_type.startswith(FAMILIES):
        yield _finding("INFRASTRUCTURE", "type", f"{wanted.instance_type} can't be upgraded; M5, M7g and M8g can.")
    default = brokers.server_properties(cluster).get("min.insync.replicas", str(MIN_ISR))
    for topic in topics_of(cluster):
        yield from _findings_of_topic(topic, default)
    if target is None:
        size = wanted.instance_type.rpartition(".")[2]
        yield {**_finding("CAPACITY", "size", f"The recommended type is express.m7g.{size}."), "Severity": "INFO"}


def _findings_of_topic(topic: Body, default: str) -> Iterator[Body]:
    name, minimum = topic["name"], topic["configs"].get("min.insync.replicas", default)
    if topic["replicationFactor"] != REPLICAS:
        yield _finding("TOPIC_CONFIGURATION", "replicas", "The topic must have three replicas.", name)
    if int(minimum) != MIN_ISR:
        message = f"min.insync.replicas must be {MIN_ISR}, not {minimum}."
        yield _finding("TOPIC_CONFIGURATION", "minimum", message, name)


def _finding(category: str, check: str, message: str, resource: str | None = None) -> Body:
    identity = hashlib.sha256(f"{category}|{resource}|{check}".encode()).hexdigest()[:32]
    return {
        "FindingId": identity,
        "Category": category,
        "Severity": "ERROR",
        "Message": message,
        "Resource": resource,
        "Remediation": {"DocumentationUrl": PAGE},
    }
