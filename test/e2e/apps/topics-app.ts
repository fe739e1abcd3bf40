import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import * as msk from '../../../lib';
import type { Scenario, ScenarioTopic } from '../support/scenario';
import { kafkaVpc } from './kafka-vpc';

/** An app that a scenario describes. A test changes the scenario between two deployments. */
const app = new App();
const scenario = JSON.parse(app.node.tryGetContext('scenario') as string) as Scenario;

const platform = new Stack(app, 'Platform');
const vpc = kafkaVpc(platform);
const removalPolicy = scenario.keepCluster ? undefined : RemovalPolicy.DESTROY;
const { brokersPerAz } = scenario;
const kafkaVersion = scenario.kafkaVersion ? msk.KafkaVersion.of(scenario.kafkaVersion) : undefined;
const settings = { removalPolicy, alarms: false, brokersPerAz, kafkaVersion };
const cluster = new msk.ProvisionedCluster(platform, 'Events', { vpc, ...settings });
const home = scenario.ownStack ? new Stack(app, 'App') : platform;

Object.entries(scenario.topics).forEach(([id, topic]) => addTopic(id, topic));
if (scenario.bootstrapBrokers) home.exportValue(cluster.bootstrapBrokers.saslIam, { name: 'BootstrapBrokers' });
if (scenario.withoutAction) takeAway(scenario.withoutAction);

function addTopic(id: string, { destroy, graceSeconds = 0, other, ...options }: ScenarioTopic): void {
  const { maxConcurrentTopics } = scenario;
  new msk.Topic(home, id, {
    cluster,
    backend: maxConcurrentTopics ? msk.TopicBackend.dataPlane({ maxConcurrentTopics }) : undefined,
    ...options,
    configs: { other },
    removalPolicy: destroy ? RemovalPolicy.DESTROY : undefined,
    permissionGracePeriod: Duration.seconds(graceSeconds),
  });
}

/** Removes an action from the policies with an escape hatch, as a user who edits policies by hand would. */
function takeAway(action: string): void {
  const policies = home.node.findAll().filter((one): one is CfnPolicy => one instanceof CfnPolicy);
  for (const policy of policies) {
    const document = home.resolve(policy.policyDocument) as { Statement: { Action: string | string[] }[] };
    document.Statement.forEach((statement, index) => {
      const left = [statement.Action].flat().filter((one) => one !== `kafka-cluster:${action}`);
      policy.addPropertyOverride(`PolicyDocument.Statement.${index}.Action`, left);
    });
  }
}
