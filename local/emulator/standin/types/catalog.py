"""Finds the handler of a resource type: this project's, otherwise MiniStack's, otherwise the placeholder."""

from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from ..msk import resources as msk
from ..services import functions, iam, network, observability, secrets, security_groups
from . import registry
from .handler import Handler
from .ministack import MinistackHandler
from .placeholder import Placeholder

OURS: dict[str, Handler] = {
    **network.HANDLERS,
    **security_groups.HANDLERS,
    **iam.HANDLERS,
    **functions.HANDLERS,
    **observability.HANDLERS,
    **secrets.HANDLERS,
    **msk.HANDLERS,
}
_placeholder = Placeholder()


def exists(resource_type: str) -> bool:
    known = resource_type in _RESOURCE_HANDLERS or registry.schema_of(resource_type) is not None
    return known or resource_type.startswith("Custom::")


def has_attribute(resource_type: str, name: str) -> bool:
    """Strict only for MSK, since the schemas of older types omit some attributes."""
    return not resource_type.startswith("AWS::MSK::") or name in registry.attribute_names(resource_type)


def handler_of(resource_type: str) -> Handler:
    if resource_type in OURS:
        return OURS[resource_type]
    entry = _RESOURCE_HANDLERS.get(resource_type)
    return MinistackHandler(entry) if entry else _placeholder
