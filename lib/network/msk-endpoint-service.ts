import { Aws } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * The services of interface endpoints for MSK's own API, for clients that ask it for brokers and have no way to the internet:
 * `vpc.addInterfaceEndpoint('Msk', { service: MskEndpointService.API })`. An SDK takes the endpoint by its dual-stack name:
 * set `AWS_USE_DUALSTACK_ENDPOINT=true`. `ec2.InterfaceVpcEndpointAwsService.KAFKA` has a name that takes no new endpoints.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/privatelink-vpc-endpoints.html
 */
export class MskEndpointService implements ec2.IInterfaceVpcEndpointService {
  /** The API of provisioned clusters. */
  public static readonly API = new MskEndpointService('kafka-api');

  /** The same with FIPS 140 modules, in Regions of the United States and Canada. */
  public static readonly API_FIPS = new MskEndpointService('kafka-api-fips');

  /** By the last part of its name, for services that are not listed here. */
  public static of(name: string): MskEndpointService {
    return new MskEndpointService(name);
  }

  /** Name of the service, in the Region of the stack. */
  public readonly name: string;

  /** Port of the service. */
  public readonly port = 443;

  /** Whether the API's own name leads to the endpoint inside the VPC. */
  public readonly privateDnsDefault?: boolean = true;

  private constructor(name: string) {
    this.name = `aws.api.${Aws.REGION}.${name}`;
  }
}
