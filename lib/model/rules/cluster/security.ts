import { type Finding, finding } from '../../finding';
import { type AuthenticationMethod, LISTENERS, namesOf } from '../../listeners';
import type { KnownCluster } from './cluster-facts';

/**
 * If several authentication methods are enabled, the strictest rule applies.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html
 */
export function authenticationFindings({ authentication, clientBroker, inCluster }: KnownCluster): Finding[] {
  if (authentication === undefined) return [];
  if (authentication.length === 0) {
    const message =
      "'authentication' must contain at least one method, got none; omit it for IAM, or use ClientAuthentication.unauthenticated()";
    return [finding('AuthenticationEmpty', message)];
  }
  const needInCluster = authentication.filter((method) => LISTENERS[method].needsInClusterEncryption);
  return [
    ...encryptionFindings(authentication, clientBroker),
    ...(inCluster === false ? inClusterFindings(needInCluster) : []),
  ];
}

function encryptionFindings(enabled: readonly AuthenticationMethod[], got: KnownCluster['clientBroker']): Finding[] {
  if (got === undefined) return [];
  const methods = enabled.filter((method) => !LISTENERS[method].encryption.includes(got));
  if (methods.length === 0) return [];
  const eitherWorks = methods.every((method) => LISTENERS[method].encryption.includes('TLS_PLAINTEXT'));
  const accepted = eitherWorks ? 'tls() or EncryptionInTransit.tlsOrPlaintext()' : 'tls()';
  const message = `'encryptionInTransit' must be EncryptionInTransit.${accepted} with ${namesOf(methods)} authentication, got ${got}`;
  return [finding('AuthenticationNeedsTls', message)];
}

function inClusterFindings(methods: readonly AuthenticationMethod[]): Finding[] {
  if (methods.length === 0) return [];
  const message = `'encryptionInTransit' must set 'inCluster' to true with ${namesOf(methods)} authentication, got false`;
  return [finding('AuthenticationNeedsInCluster', message)];
}
