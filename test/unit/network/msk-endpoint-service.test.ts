import * as msk from '../../../lib';
import { aStack, aVpc, Match } from '../../../testkit/stacks';
import { Template } from 'aws-cdk-lib/assertions';

describe('MskEndpointService', () => {
  test.each([
    ['API', msk.MskEndpointService.API, 'kafka-api'],
    ['API_FIPS', msk.MskEndpointService.API_FIPS, 'kafka-api-fips'],
    ['of()', msk.MskEndpointService.of('kafka-next'), 'kafka-next'],
  ])('has the present name for %s, in any Region', (_, service, name) => {
    const stack = aStack();
    aVpc(stack).addInterfaceEndpoint('Msk', { service });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ServiceName: { 'Fn::Join': ['', ['aws.api.', { Ref: 'AWS::Region' }, `.${name}`]] },
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
    });
  });

  test('is let in on its port', () => {
    const stack = aStack();
    aVpc(stack).addInterfaceEndpoint('Msk', { service: msk.MskEndpointService.API });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ FromPort: 443, ToPort: 443 })],
    });
  });
});
