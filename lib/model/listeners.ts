import facts from './facts/ports.json';
import type { AuthenticationKind } from './wire/topic';

/** How clients' connections are encrypted, by the name that MSK's API has for it. */
export type ClientBroker = 'TLS' | 'TLS_PLAINTEXT' | 'PLAINTEXT';

/** How a person calls the ways to authenticate. */
export const AUTHENTICATION_NAMES: Readonly<Record<AuthenticationKind, string>> = {
  iam: 'IAM',
  scram: 'SCRAM',
  tls: 'mutual TLS',
  none: 'no authentication',
};

/** How clients come to the brokers of a cluster. */
export interface Listeners {
  /** The ways to authenticate, the one that is taken without a word first. */
  readonly kinds: readonly AuthenticationKind[];
  readonly clientBroker?: ClientBroker;
}

const BY_PREFERENCE: readonly AuthenticationKind[] = ['iam', 'scram', 'tls', 'none'];

/** What may be open on a cluster that somebody else made. */
export const ANY_LISTENER: Listeners = { kinds: BY_PREFERENCE };

export function listenersOf(kinds: readonly AuthenticationKind[], clientBroker: ClientBroker): Listeners {
  return { kinds: BY_PREFERENCE.filter((kind) => kinds.includes(kind)), clientBroker };
}

/**
 * Where brokers listen for clients inside the VPC. TLS without a client certificate has the port of mutual TLS; plaintext has
 * one of its own, and a client that may use either tries both.
 */
export function portNumbersOf(authentication: AuthenticationKind, clientBroker?: ClientBroker): number[] {
  const { plaintext, saslIam, saslScram, tls } = facts.vpc;
  const open = { TLS: [tls], PLAINTEXT: [plaintext], TLS_PLAINTEXT: [tls, plaintext] }[clientBroker ?? 'TLS_PLAINTEXT'];
  return { iam: [saslIam], scram: [saslScram], tls: [tls], none: open }[authentication];
}

/** Where Prometheus reads the brokers' metrics. */
export function monitoringPortNumbers(exporters: { jmxExporter: boolean; nodeExporter: boolean }): number[] {
  const { jmxExporter, nodeExporter } = facts.openMonitoring;
  return [...(exporters.jmxExporter ? [jmxExporter] : []), ...(exporters.nodeExporter ? [nodeExporter] : [])];
}
