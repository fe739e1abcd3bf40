import { type Finding, problem } from '../../finding';
import type { AuthenticationMethod } from '../../listeners';
import type { Judged } from './judged';

const NAMES: Record<AuthenticationMethod, string> = {
  iam: 'IAM',
  scram: 'SCRAM',
  tls: 'mutual TLS',
  none: 'unauthenticated',
};

/**
 * Where several ways are on at once, the strictest rules hold.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-security.html
 */
export function authenticationFindings({ authentication, clientBroker, inCluster }: Judged): Finding[] {
  if (authentication === undefined) return [];
  if (authentication.length === 0) {
    const message =
      "'authentication' must have one way at least, got none; leave it out for IAM, or say ClientAuthentication.unauthenticated()";
    return [problem('AuthenticationEmpty', message)];
  }
  const over = (kinds: AuthenticationMethod[]) => authentication.filter((kind) => kinds.includes(kind));
  const encrypted =
    clientBroker === 'TLS' ? [] : over(clientBroker === 'PLAINTEXT' ? ['iam', 'scram', 'tls'] : ['iam', 'scram']);
  return [
    ...needTls(encrypted, clientBroker),
    ...(inCluster === false ? needInCluster(over(['iam', 'scram', 'tls'])) : []),
  ];
}

function needTls(kinds: AuthenticationMethod[], got: Judged['clientBroker']): Finding[] {
  if (kinds.length === 0 || got === undefined) return [];
  const beside = kinds.every((kind) => kind === 'tls') ? 'tls() or EncryptionInTransit.tlsOrPlaintext()' : 'tls()';
  const message = `'encryptionInTransit' must be EncryptionInTransit.${beside} with ${listed(kinds)}, got ${got}`;
  return [problem('AuthenticationNeedsTls', message)];
}

function needInCluster(kinds: AuthenticationMethod[]): Finding[] {
  if (kinds.length === 0) return [];
  const message = `'encryptionInTransit' must have 'inCluster' true with ${listed(kinds)}, got false`;
  return [problem('AuthenticationNeedsInCluster', message)];
}

const listed = (kinds: AuthenticationMethod[]) => [...new Set(kinds)].map((kind) => NAMES[kind]).join(' and ');
