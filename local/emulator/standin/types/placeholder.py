"""Types that only the registry knows. Their resources are stored and do nothing."""

from ministack.core.responses import get_account_id, get_region

from . import registry
from .handler import Existing, Handler, Outcome, Properties, Request

ID_PREFIXES = {
    "AWS::EC2::NatGateway": "nat",
    "AWS::EC2::EIP": "eipalloc",
    "AWS::EC2::FlowLog": "fl",
    "AWS::EC2::NetworkInterface": "eni",
}


class Placeholder(Handler):
    """Invents the identifier and the attributes that the schema declares."""

    def create(self, request: Request) -> Outcome:
        attributes = made_up_attributes(request)
        known = {**request.properties, **attributes}
        parts = [str(known[it]) for it in registry.identifier(request.type) if it in known]
        return Outcome("|".join(parts) or request.generated_name(), attributes)

    def update(self, request: Request, existing: Existing) -> Outcome:
        return Outcome(existing.physical_id, {**made_up_attributes(request), **existing.attributes})


def made_up_attributes(request: Request) -> Properties:
    return {name: _made_up(request, name) for name in registry.attribute_names(request.type)}


def _made_up(request: Request, attribute: str) -> str:
    name = attribute.rsplit(".", 1)[-1]
    if name in request.properties:
        return str(request.properties[name])
    prefix = ID_PREFIXES.get(request.type)
    if prefix and name.endswith("Id"):
        return f"{prefix}-{request.suffix.lower()}"
    if name.endswith("Arn"):
        return made_up_arn(request)
    return request.generated_name(128)


def made_up_arn(request: Request) -> str:
    _, service, kind = request.type.split("::")
    return f"arn:aws:{service.lower()}:{get_region()}:{get_account_id()}:{kind.lower()}/{request.generated_name()}"
