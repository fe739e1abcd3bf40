"""Configurations and their revisions, in the MSK API."""

import base64

from .answers import ApiError, Body, page
from .model import CONFIGURATIONS, Configuration, Revision


def list_configurations(_query: Body) -> Body:
    return {"Configurations": [_configuration(it) for it in CONFIGURATIONS.values()]}


def describe_configuration(arn: str, _body: Body) -> Body:
    return _configuration(_configuration_of(arn))


def list_configuration_revisions(arn: str, query: Body) -> Body:
    return page("Revisions", [_in_short(it) for it in _configuration_of(arn).revisions], query)


def describe_configuration_revision(arn: str, number: str, _body: Body) -> Body:
    for revision in _configuration_of(arn).revisions:
        if str(revision.number) == number:
            text = base64.b64encode(revision.server_properties.encode()).decode()
            return {"Arn": arn, "Revision": revision.number, "ServerProperties": text, "CreationTime": revision.created}
    raise ApiError(404, "NotFoundException", f"Revision {number} doesn't exist.")


def _configuration_of(arn: str) -> Configuration:
    if arn not in CONFIGURATIONS:
        raise ApiError(404, "NotFoundException", f"The requested resource doesn't exist: {arn}")
    return CONFIGURATIONS[arn]


def _configuration(configuration: Configuration) -> Body:
    return {
        "Arn": configuration.arn,
        "Name": configuration.name,
        "Description": configuration.description,
        "KafkaVersions": configuration.versions,
        "CreationTime": configuration.revisions[0].created,
        "State": "ACTIVE",
        "LatestRevision": _in_short(configuration.latest),
    }


def _in_short(revision: Revision) -> Body:
    return {"Revision": revision.number, "CreationTime": revision.created, "Description": revision.description}
