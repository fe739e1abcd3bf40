import { type App, RemovalPolicy } from 'aws-cdk-lib';
import type { KnownCluster } from './known-cluster';

/** A setting by its name: `cdk deploy -c name=value`. */
export function setting(app: App, name: string): string {
  const value = app.node.tryGetContext(name) as string | undefined;
  if (value === undefined) throw new Error(`the setting '${name}' is missing: cdk deploy -c ${name}=…`);
  return value;
}

/** What happens to topics and clusters when their stack is deleted: they are retained, unless `-c removalPolicy=destroy` is given. */
export function removalPolicyOf(app: App): RemovalPolicy | undefined {
  return app.node.tryGetContext('removalPolicy') === 'destroy' ? RemovalPolicy.DESTROY : undefined;
}

/** A cluster that exists: -c clusterArn=… -c vpcId=… -c subnetIds=…,…,… -c securityGroupId=… */
export function knownCluster(app: App): KnownCluster {
  return {
    clusterArn: setting(app, 'clusterArn'),
    vpcId: setting(app, 'vpcId'),
    subnetIds: setting(app, 'subnetIds').split(','),
    securityGroupId: setting(app, 'securityGroupId'),
  };
}
