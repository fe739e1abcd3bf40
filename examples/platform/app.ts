import { App } from 'aws-cdk-lib';
import { removalPolicyOf } from '../shared/settings';
import { BillingStack } from './billing-stack';
import { CheckoutStack } from './checkout-stack';
import { PlatformStack } from './platform-stack';

// Settings: cdk deploy --all -c removalPolicy=destroy
// In practice these are three apps of three teams; here they are one, so that a single command shows them. No stack refers to another.
const app = new App();
const removalPolicy = removalPolicyOf(app);
const platform = new PlatformStack(app, 'KafkaPlatform', { removalPolicy });
for (const team of [new CheckoutStack(app, 'Checkout', { removalPolicy }), new BillingStack(app, 'Billing')])
  team.addDependency(platform); // it reads the platform's parameter
