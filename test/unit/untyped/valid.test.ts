import { App, Stack } from 'aws-cdk-lib';
import { allCalls, perform, validArguments } from '../../../testkit/untyped/calls';
import { ENVIRONMENT } from '../../../testkit/stacks';

test.each(allCalls().map((call) => [call.name, call] as const))('%s takes valid arguments', (_, call) => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env: ENVIRONMENT });
  perform(call, stack, validArguments(call, stack));
});
