import { App } from 'aws-cdk-lib';
import { knownCluster, removalPolicyOf, setting } from '../shared/settings';
import { OwnerStack } from './owner-stack';
import { PartnerStack } from './partner-stack';

// In practice these are two apps in two accounts; here they are one, with the settings of both, each set by -c name=value:
// clusterArn, vpcId, subnetIds, securityGroupId, partner, partnerCidr; bootstrapBrokers, partnerVpcId, partnerSubnetIds
const app = new App();
const owner = new OwnerStack(app, 'Owner', {
  cluster: knownCluster(app),
  partner: setting(app, 'partner'),
  partnerCidr: setting(app, 'partnerCidr'),
  removalPolicy: removalPolicyOf(app),
});
const partner = new PartnerStack(app, 'Partner', {
  clusterArn: setting(app, 'clusterArn'),
  bootstrapBrokers: setting(app, 'bootstrapBrokers'),
  vpcId: setting(app, 'partnerVpcId'),
  subnetIds: setting(app, 'partnerSubnetIds').split(','),
});
partner.addDependency(owner);
