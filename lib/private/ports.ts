import { Port } from 'aws-cdk-lib/aws-ec2';
import facts from './facts/ports.json';
import type { AuthenticationKind } from './topic-wire';

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
export function portsOf(authentication: AuthenticationKind, clientBroker?: ClientBroker): Port[] {
  const { plaintext, saslIam, saslScram, tls } = facts.vpc;
  const open = { TLS: [tls], PLAINTEXT: [plaintext], TLS_PLAINTEXT: [tls, plaintext] }[clientBroker ?? 'TLS_PLAINTEXT'];
  const numbers = { iam: [saslIam], scram: [saslScram], tls: [tls], none: open }[authentication];
  return numbers.map((number) => Port.tcp(number));
}

/** Where Prometheus reads the brokers' metrics. */
export function monitoringPorts(exporters: { jmxExporter: boolean; nodeExporter: boolean }): Port[] {
  const { jmxExporter, nodeExporter } = facts.openMonitoring;
  const open = [...(exporters.jmxExporter ? [jmxExporter] : []), ...(exporters.nodeExporter ? [nodeExporter] : [])];
  return open.map((number) => Port.tcp(number));
}
