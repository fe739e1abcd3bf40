"""Secrets of SASL/SCRAM users."""

from ministack.services import secretsmanager

from .clusters import need, refuse
from .model import Cluster
from .wanted import Wanted

MOST_A_CALL = 10  # https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-limitations.html


def check(cluster: Cluster, secrets: list[str]) -> None:
    """@see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password.html"""
    if cluster.is_serverless or not Wanted(cluster.properties).schemes["scram"]:
        raise refuse("The operation isn't supported: SASL/SCRAM authentication isn't enabled for this cluster.")
    for arn in secrets:
        complaint = complaint_about(arn)
        if complaint:
            raise refuse(f"Invalid secret {arn}: {complaint}")


def complaint_about(secret_arn: str) -> str | None:
    _, secret = secretsmanager._resolve(secret_arn)
    if secret is None:
        return "the secret doesn't exist."
    if not secret["Name"].startswith("AmazonMSK_"):
        return "secret name must begin with the prefix AmazonMSK_."
    key = secret.get("KmsKeyId")
    if not key or "alias/" in key:
        return "MSK can't use a secret encrypted with the default AWS KMS key, or with a key given by its alias."
    return None


def set_secrets(cluster_arn: str, secrets: list[str]) -> None:
    cluster = need(cluster_arn)
    check(cluster, secrets)
    cluster.scram_secrets = list(secrets)
