"""Reads the text of a template."""

import re
from urllib.parse import unquote, urlparse

from ministack.services import s3

from ..model import CloudFormationError

VIRTUAL_HOST = re.compile(r"(.+?)\.s3[.-]")


def template_at(url: str) -> str:
    """The object at an S3 URL, path-style or virtual-hosted-style."""
    address = urlparse(url)
    path = unquote(address.path.lstrip("/"))
    host = VIRTUAL_HOST.match(address.hostname or "")
    bucket, key = (host[1], path) if host else path.split("/", 1)
    body = s3._get_object_data(bucket, key)
    if body is None:
        raise CloudFormationError(f"S3 error: The specified key does not exist: {url}")
    return body.decode()
