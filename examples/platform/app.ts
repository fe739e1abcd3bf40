import { App } from 'aws-cdk-lib';
import { removalPolicyOf } from '../shared/settings';
import { BillingStack } from './billing-stack';
import { CheckoutStack } from './checkout-stack';
import { PlatformStack } from './platform-stack';

// Settings: cdk deploy --all -c removalPolicy=destroy
// Three apps of three teams in truth; here one, so that a single command shows them. No stack refers to another.
const app = new App();
const removalPolicy = removalPolicyOf(app);
const platform = new PlatformStack(app, 'KafkaPlatform', { removalPolicy });
for (const team of [new CheckoutStack(app, 'Checkout', { removalPolicy }), new BillingStack(app, 'Billing')])
  team.addDependency(platform); // the parameter has to be there
