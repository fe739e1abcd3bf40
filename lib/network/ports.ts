import { Port } from 'aws-cdk-lib/aws-ec2';
import { type AuthenticationMethod, type ClientBroker, endpointsOf, monitoringPortNumbers } from '../model/listeners';

/** The ports on which brokers accept clients inside the VPC. */
export const portsOf = (method: AuthenticationMethod, clientBroker?: ClientBroker): Port[] =>
  endpointsOf(method, clientBroker).map(({ port }) => Port.tcp(port));

/** The ports on which Prometheus reads the brokers' metrics. */
export const monitoringPorts = (exporters: { jmxExporter: boolean; nodeExporter: boolean }): Port[] =>
  monitoringPortNumbers(exporters).map((number) => Port.tcp(number));
