import { Aws } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { checked } from '../internal/signatures/checked';

/**
 * Services of interface VPC endpoints for the MSK API. Clients that ask the API for brokers and have no internet access
 * need such an endpoint: `vpc.addInterfaceEndpoint('Msk', { service: MskEndpointService.API })`. SDKs use the endpoint
 * by its dual-stack name, so set `AWS_USE_DUALSTACK_ENDPOINT=true`. The service name in
 * `ec2.InterfaceVpcEndpointAwsService.KAFKA` no longer accepts new endpoints.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/privatelink-vpc-endpoints.html
 */
@checked('MskEndpointService')
export class MskEndpointService implements ec2.IInterfaceVpcEndpointService {
  /** The MSK API of provisioned clusters. */
  public static readonly API = new MskEndpointService('kafka-api');

  /** The MSK API with FIPS 140 modules, in Regions of the United States and Canada. */
  public static readonly API_FIPS = new MskEndpointService('kafka-api-fips');

  /** Uses a service that is not listed here, by the last part of its name. */
  public static of(name: string): MskEndpointService {
    return new MskEndpointService(name);
  }

  /** Name of the service, in the Region of the stack. */
  public readonly name: string;

  /** Port of the service. */
  public readonly port = 443;

  /** Whether the API's standard DNS name resolves to the endpoint inside the VPC. */
  public readonly privateDnsDefault?: boolean = true;

  private constructor(name: string) {
    this.name = `aws.api.${Aws.REGION}.${name}`;
  }
}
