import { type App, Fn, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as msk from '../lib';

/** Defines one cluster of each type, with the options that only this type has. */
export function defineKinds(app: App): void {
  const stack = new Stack(app, 'Kinds', { env: { account: '111122223333', region: 'eu-west-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs())) });
  new msk.ProvisionedCluster(stack, 'Standard', {
    vpc,
    storage: msk.BrokerStorage.tiered(Size.gibibytes(200)),
    storageAutoscaling: msk.StorageAutoscaling.upTo(Size.tebibytes(1)),
    authentication: [msk.ClientAuthentication.iam(), msk.ClientAuthentication.scram()],
    brokerLogs: msk.BrokerLogs.all(msk.BrokerLogs.cloudWatch(), msk.BrokerLogs.s3(new s3.Bucket(stack, 'Logs'))),
    authorizerLogs: msk.BrokerLogs.cloudWatch(),
    openMonitoring: msk.OpenMonitoring.ALL,
  });
  new msk.ExpressCluster(stack, 'Express', { vpc, brokerSize: msk.ExpressBrokerSize.M7G_LARGE }).addTopic('orders');
  new msk.ServerlessCluster(stack, 'Serverless', { vpc }).addTopic('clicks');
}
