import * as path from 'node:path';
import { Annotations, CfnOutput, Fn, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Compression } from 'aws-cdk-lib/aws-kinesisfirehose';
import { CfnClusterPolicy } from 'aws-cdk-lib/aws-msk';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import * as msk from 'cdk-msk';

export interface DataLakeStackProps extends StackProps {
  /** What happens to the cluster, topic, schema and bucket when the stack is deleted. @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether Firehose delivers. Multi-VPC connectivity can only be turned on for a running cluster, so deploy without delivery
   * first, turn on IAM with `aws kafka update-connectivity`, then deploy with delivery. @default true
   */
  readonly delivery?: boolean;
}

/** Delivers orders from a topic to a bucket and counts them in a streaming job. The schema registry holds their schema. */
export class DataLakeStack extends Stack {
  public constructor(scope: Construct, id: string, props: DataLakeStackProps = {}) {
    super(scope, id, props);
    const { delivery = true, removalPolicy } = props;

    // Brokers cannot leave the zones of the first deployment, and a stack without 'env' sees only two, so three are named.
    const vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: [0, 1, 2].map((zone) => Fn.select(zone, Fn.getAzs())),
      subnetConfiguration: [{ name: 'kafka', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 }); // Glue jobs load their scripts from S3

    const cluster = new msk.ProvisionedCluster(this, 'Events', { vpc, removalPolicy });
    const orders = cluster.addTopic('orders', { partitionCount: 6, removalPolicy });
    const schema = new msk.TopicSchema(this, 'OrderSchema', {
      schemaName: orders.topicName,
      definition: msk.SchemaDefinition.avroFile(path.join(__dirname, 'schemas', 'order.avsc')),
      removalPolicy,
    });

    const lake = this.bucket('Lake', removalPolicy);
    if (delivery) this.deliver(orders, lake);
    const job = this.count(orders, schema, lake);

    new CfnOutput(this, 'ClusterArn', { value: cluster.clusterArn });
    new CfnOutput(this, 'Job', { value: job.ref });
    new CfnOutput(this, 'LakeName', { value: lake.bucketName });
    new CfnOutput(this, 'SchemaVersion', { value: schema.schemaVersionId });
  }

  private bucket(id: string, removalPolicy = RemovalPolicy.RETAIN): s3.Bucket {
    return new s3.Bucket(this, id, {
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      removalPolicy,
    });
  }

  private deliver(topic: msk.Topic, bucket: s3.IBucket): void {
    const delivery = new msk.FirehoseDelivery(this, 'Delivery', {
      topic,
      bucket,
      prefix: 'orders/!{timestamp:yyyy/MM/dd}/',
      compression: Compression.GZIP,
    });
    const policy = new CfnClusterPolicy(this, 'ClusterPolicy', {
      clusterArn: topic.cluster.clusterRef.clusterArn,
      policy: new iam.PolicyDocument({ statements: [delivery.clusterPolicyStatement] }),
    });
    delivery.node.addDependency(policy);
    Annotations.of(delivery).acknowledgeWarning(
      'cdk-msk:FirehoseNeedsPrivateConnectivity',
      'Turned on by hand after the first deployment, which is without the delivery',
    );
  }

  private count(topic: msk.Topic, schema: msk.TopicSchema, bucket: s3.IBucket): glue.CfnJob {
    const connection = new msk.GlueConnection(this, 'Connection', { cluster: topic.cluster });
    const script = new Asset(this, 'CountOrders', { path: path.join(__dirname, 'jobs', 'count_orders.py') });
    const role = new iam.Role(this, 'job', {
      assumedBy: new iam.ServicePrincipal('glue.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSGlueServiceRole')],
    });
    connection.grantJob(role);
    topic.grants.consume(role, 'spark-kafka-source-*'); // Spark generates the rest of the name
    schema.grants.read(role);
    script.grantRead(role);
    bucket.grantReadWrite(role, 'counts/*');
    return new glue.CfnJob(this, 'Count', {
      role: role.roleArn,
      glueVersion: '5.0',
      workerType: 'G.025X',
      numberOfWorkers: 2,
      command: { name: 'gluestreaming', pythonVersion: '3', scriptLocation: script.s3ObjectUrl },
      connections: { connections: [connection.connectionName] },
      defaultArguments: {
        '--connection': connection.connectionName,
        '--topic': topic.topicName,
        '--target': bucket.s3UrlForObject('counts/'),
      },
    });
  }
}
