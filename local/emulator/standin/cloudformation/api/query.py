"""The Query protocol: flat form fields in, XML out."""

import uuid
from html import escape
from typing import Any
from urllib.parse import parse_qs

from ..model import CloudFormationError

NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/"
Answer = tuple[int, dict[str, str], bytes]


def parse(body: bytes, query: dict[str, list[str]]) -> dict[str, Any]:
    """`Tags.member.1.Key=a` becomes {"Tags": [{"Key": "a"}]}; `Id.entry.1.key=a` with its value, {"Id": {"a": …}}."""
    flat = {key: values[0] for key, values in {**query, **parse_qs(body.decode(), keep_blank_values=True)}.items()}
    tree: dict[str, Any] = {}
    for key, value in flat.items():
        *parents, leaf = key.split(".")
        branch = tree
        for part in parents:
            branch = branch.setdefault(part, {})
        branch[leaf] = value
    return _with_lists(tree)


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if list(value) == ["member"]:
        items = value["member"]
        return [_with_lists(items[index]) for index in sorted(items, key=int)] if isinstance(items, dict) else []
    if list(value) == ["entry"]:
        return {it["key"]: it["value"] for it in value["entry"].values()}
    return {key: _with_lists(it) for key, it in value.items()}


def succeed(action: str, result: dict[str, Any]) -> Answer:
    content = f"<{action}Result>{_xml(result)}</{action}Result>{_metadata()}"
    return _answer(200, f'<{action}Response xmlns="{NAMESPACE}">{content}</{action}Response>')


def fail(error: CloudFormationError) -> Answer:
    content = f"<Type>Sender</Type><Code>{error.code}</Code><Message>{escape(str(error))}</Message>"
    xml = f'<ErrorResponse xmlns="{NAMESPACE}"><Error>{content}</Error><RequestId>{uuid.uuid4()}</RequestId>'
    return _answer(400, f"{xml}</ErrorResponse>")


def _metadata() -> str:
    return f"<ResponseMetadata><RequestId>{uuid.uuid4()}</RequestId></ResponseMetadata>"


def _answer(status: int, xml: str) -> Answer:
    return status, {"Content-Type": "text/xml"}, xml.encode()


def _xml(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(f"<{key}>{_xml(it)}</{key}>" for key, it in value.items() if it is not None)
    if isinstance(value, list):
        return "".join(f"<member>{_xml(it)}</member>" for it in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(str(value))
