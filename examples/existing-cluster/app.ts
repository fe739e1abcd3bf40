import { App } from 'aws-cdk-lib';
import { knownCluster, removalPolicyOf } from '../shared/settings';
import { ExistingClusterStack } from './existing-cluster-stack';

// Settings: cdk deploy -c clusterArn=… -c vpcId=… -c subnetIds=…,…,… -c securityGroupId=… -c removalPolicy=destroy
const app = new App();
new ExistingClusterStack(app, 'ExistingCluster', { cluster: knownCluster(app), removalPolicy: removalPolicyOf(app) });
