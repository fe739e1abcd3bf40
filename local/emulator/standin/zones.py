"""The Availability Zones of a Region."""

from ministack.services import ec2

TWO_ZONES = {"us-west-1"}
# The third zone is not az3, since MSK avoids use1-az3. On AWS, letters and numbers do not correspond either.
NUMBERS = {"a": 1, "b": 2, "c": 4}


def names(region: str) -> list[str]:
    return [f"{region}{letter}" for letter in ("ab" if region in TWO_ZONES else "abc")]


def zone_id(zone: str) -> str:
    return f"{ec2._az_id_prefix(zone[:-1])}-az{NUMBERS.get(zone[-1], 9)}"
