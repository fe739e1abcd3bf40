import { type Finding, finding } from '../../finding';
import type { AuthenticationKind } from '../../wire/topic';
import type { KnownCluster } from './cluster-facts';

const NAMES: Record<AuthenticationKind, string> = {
  iam: 'IAM',
  scram: 'SCRAM',
  tls: 'mutual TLS',
  none: 'unauthenticated',
};

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
  const over = (kinds: AuthenticationKind[]) => authentication.filter((kind) => kinds.includes(kind));
  const encrypted =
    clientBroker === 'TLS' ? [] : over(clientBroker === 'PLAINTEXT' ? ['iam', 'scram', 'tls'] : ['iam', 'scram']);
  return [
    ...needTls(encrypted, clientBroker),
    ...(inCluster === false ? needInCluster(over(['iam', 'scram', 'tls'])) : []),
  ];
}

function needTls(kinds: AuthenticationKind[], got: KnownCluster['clientBroker']): Finding[] {
  if (kinds.length === 0 || got === undefined) return [];
  const accepted = kinds.every((kind) => kind === 'tls') ? 'tls() or EncryptionInTransit.tlsOrPlaintext()' : 'tls()';
  const message = `'encryptionInTransit' must be EncryptionInTransit.${accepted} with ${listed(kinds)} authentication, got ${got}`;
  return [finding('AuthenticationNeedsTls', message)];
}

function needInCluster(kinds: AuthenticationKind[]): Finding[] {
  if (kinds.length === 0) return [];
  const message = `'encryptionInTransit' must set 'inCluster' to true with ${listed(kinds)} authentication, got false`;
  return [finding('AuthenticationNeedsInCluster', message)];
}

const listed = (kinds: AuthenticationKind[]) => [...new Set(kinds)].map((kind) => NAMES[kind]).join(' and ');
