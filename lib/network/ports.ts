import { Port } from 'aws-cdk-lib/aws-ec2';
import { type ClientBroker, monitoringPortNumbers, portNumbersOf } from '../model/listeners';
import type { AuthenticationKind } from '../model/wire/topic';

/** The ports on which brokers accept clients inside the VPC with an authentication method. */
export const portsOf = (authentication: AuthenticationKind, clientBroker?: ClientBroker): Port[] =>
  portNumbersOf(authentication, clientBroker).map((number) => Port.tcp(number));

/** The ports on which Prometheus reads the brokers' metrics. */
export const monitoringPorts = (exporters: { jmxExporter: boolean; nodeExporter: boolean }): Port[] =>
  monitoringPortNumbers(exporters).map((number) => Port.tcp(number));
