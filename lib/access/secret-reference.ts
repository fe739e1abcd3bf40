import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { refuse, refused } from '../internal/validation';
import { finding } from '../model/finding';

/**
 * The ARN of a secret for policies. Secrets Manager adds `-` and six characters to the name of a secret, which are not known if it
 * was imported by its name.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
export const secretInPolicies = ({ secretArn, secretFullArn }: secretsmanager.ISecret): string =>
  secretFullArn ?? `${secretArn}-??????`;

/** The ARN of a secret for services that look it up as it is written. */
export function secretToLookUp(secret: secretsmanager.ISecret): string {
  if (secret.secretFullArn !== undefined) return secret.secretFullArn;
  const message =
    'the secret was imported without the six characters at the end of its ARN, and this service does not find it without them; ' +
    'import it with Secret.fromSecretCompleteArn(...) or Secret.fromSecretAttributes(...)';
  throw refused(secret, finding('SecretArnPartial', message));
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-limitations.html */
export function warnOfScramKey(secret: secretsmanager.ISecret): void {
  if (secret.encryptionKey) return;
  const message =
    'the key that encrypts the secret of a SCRAM user is not known, so permission to decrypt it is not granted, and MSK ' +
    "accepts only secrets with a customer managed key; set 'encryptionKey' of the secret, or import it with " +
    'Secret.fromSecretAttributes(scope, id, { secretCompleteArn, encryptionKey })';
  refuse(secret, [finding('ScramSecretKey', message)]);
}
