import type { App } from 'aws-cdk-lib';
import { DataLakeStack } from '../examples/data-lake/data-lake-stack';
import { OwnerStack } from '../examples/cross-account/owner-stack';
import { PartnerStack } from '../examples/cross-account/partner-stack';
import { EventDrivenStack } from '../examples/event-driven/event-driven-stack';
import { ExistingClusterStack } from '../examples/existing-cluster/existing-cluster-stack';
import { OrdersStack } from '../examples/orders/orders-stack';
import { WatchingStack } from '../examples/watching/watching-stack';
import { BillingStack } from '../examples/platform/billing-stack';
import { CheckoutStack } from '../examples/platform/checkout-stack';
import { PlatformStack } from '../examples/platform/platform-stack';

const CLUSTER = {
  clusterArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/events/11111111-2222-3333-4444-555555555555-1',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['a', 'b', 'c'].map((zone) => `subnet-0123456789abcdef${zone}`),
  securityGroupId: 'sg-0123456789abcdef0',
};

function defineCrossAccount(app: App): void {
  new OwnerStack(app, 'Owner', { cluster: CLUSTER, partner: '222233334444', partnerCidr: '10.1.0.0/16' });
  new PartnerStack(app, 'Partner', { ...CLUSTER, bootstrapBrokers: 'b-1.events.example:9098' });
}

function definePlatform(app: App): void {
  new PlatformStack(app, 'KafkaPlatform');
  new CheckoutStack(app, 'Checkout');
  new BillingStack(app, 'Billing');
}

/** Each example, as its app.ts defines it, and a cdk-nag finding about one of its own constructs. */
export const EXAMPLES = [
  { name: 'cross-account', define: defineCrossAccount, own: /^AwsSolutions-IAM4.* Partner\/tracking\// },
  {
    name: 'data-lake',
    define: (app: App) => void new DataLakeStack(app, 'DataLake'),
    own: /^AwsSolutions-IAM4.* DataLake\/job\//,
  },
  {
    name: 'event-driven',
    define: (app: App) => void new EventDrivenStack(app, 'EventDriven'),
    own: /^AwsSolutions-IAM4.* EventDriven\/pricing\//,
  },
  {
    name: 'existing-cluster',
    define: (app: App) => void new ExistingClusterStack(app, 'ExistingCluster', { cluster: CLUSTER }),
    own: /^AwsSolutions-IAM4.* ExistingCluster\/invoicing\//,
  },
  {
    name: 'orders',
    define: (app: App) => void new OrdersStack(app, 'Orders'),
    own: /^AwsSolutions-IAM4.* Orders\/producer\//,
  },
  { name: 'platform', define: definePlatform, own: /^AwsSolutions-IAM4.* Checkout\/checkout\// },
  {
    name: 'watching',
    define: (app: App) => void new WatchingStack(app, 'Watching'),
    own: /^AwsSolutions-IAM5.* Watching\/News\/OpsItemRole\//,
  },
];
