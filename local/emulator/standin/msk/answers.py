"""What all parts of the MSK API have in common."""

from typing import Any

from .model import CLUSTERS, Cluster

Body = dict[str, Any]


class ApiError(Exception):
    def __init__(self, status: int, code: str, message: str):
        super().__init__(message)
        self.status, self.code = status, code


def bad_request(message: str) -> ApiError:
    return ApiError(400, "BadRequestException", message)


def not_found(what: str) -> ApiError:
    return ApiError(404, "NotFoundException", f"The requested resource doesn't exist: {what}")


def cluster_of(arn: str) -> Cluster:
    if arn not in CLUSTERS:
        raise not_found(arn)
    return CLUSTERS[arn]


def needs_current(cluster: Cluster, body: Body) -> None:
    if body.get("currentVersion") != cluster.version:
        message = "The version of the cluster isn't current. Check the current version and try again."
        raise bad_request(message)


def page(name: str, items: list[Body], query: Body) -> Body:
    """The part of a list that the query asks for. The token is the number of items before the next page."""
    start = int(query.get("nextToken", 0))
    end = start + int(query.get("maxResults", len(items) or 1))
    return {name: items[start:end], "NextToken": str(end) if end < len(items) else None}
