import { Port } from 'aws-cdk-lib/aws-ec2';
import facts from './facts/ports.json';
import type { AuthenticationKind } from './topic-wire';

/**
 * Where brokers listen for clients inside the VPC. TLS without a client certificate has the port of mutual TLS; plaintext has
 * one of its own, and a client that may use either tries both.
 */
export function portsOf(authentication: AuthenticationKind): Port[] {
  const { plaintext, saslIam, saslScram, tls } = facts.vpc;
  const numbers = { iam: [saslIam], scram: [saslScram], tls: [tls], none: [tls, plaintext] }[authentication];
  return numbers.map((number) => Port.tcp(number));
}
