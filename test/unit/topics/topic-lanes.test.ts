import { CfnParameter, CfnResource, NestedStack, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import fc from 'fast-check';
import type { Construct } from 'constructs';
import * as msk from '../../../lib';
import { cases } from '../../../testkit/any-case';
import { aCluster, anApp, aStack, BareCluster, ENVIRONMENT } from '../../../testkit/stacks';

const TOPIC = 'Custom::KafkaTopic';
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `topic-${index}`);

/** A stack with little besides topics, since property tests write it many times. */
function aPlace(maxConcurrentTopics?: number, stack = aStack({ app: anApp(), env: ENVIRONMENT })) {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a'],
    isolatedSubnetIds: ['subnet-1'],
  });
  const clusterSecurityGroups = [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];
  const backend = (most = maxConcurrentTopics) =>
    msk.TopicBackend.dataPlane({ vpc, clusterSecurityGroups, maxConcurrentTopics: most });
  const cluster = new BareCluster(stack, 'Cluster');
  const add = (id: string, { most, on = cluster, scope = stack }: AddOptions = {}) =>
    new msk.Topic(scope, id, { cluster: on, backend: backend(most) });
  return { stack, add };
}

interface AddOptions {
  readonly most?: number;
  readonly on?: BareCluster;
  readonly scope?: Construct;
}

/** The topics that wait for topics, by their names. */
function waits(template: Template): Record<string, string[]> {
  const topics = template.findResources(TOPIC);
  const nameOf = (id: string) => topics[id].Properties.TopicName as string;
  const before = (id: string) => (topics[id].DependsOn as string[]).filter((one) => one in topics).map(nameOf);
  const entries = Object.keys(topics).map((id): [string, string[]] => [nameOf(id), before(id)]);
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0));
}

function waitsOf(names: readonly string[], maxConcurrentTopics?: number): Record<string, string[]> {
  const { add, stack } = aPlace(maxConcurrentTopics);
  names.forEach((name) => add(name));
  return waits(Template.fromStack(stack));
}

/** The number of topics that can be in progress at once, if each waits for at most one. */
const lanesIn = (found: Record<string, string[]>, count: number) => count - Object.keys(found).length;

describe('Topics of one function', () => {
  test('do not wait for each other while there are at most ten', () => {
    expect(waitsOf(numbered(10))).toEqual({});
  });

  test('are deployed ten at a time when there are more', () => {
    expect(lanesIn(waitsOf(numbered(11)), 11)).toBe(10);
    expect(lanesIn(waitsOf(numbered(40)), 40)).toBe(10);
  });

  test('are deployed as many at a time as asked for', () => {
    const found = waitsOf(numbered(20), 3);
    expect(lanesIn(found, 20)).toBe(3);
    const before = Object.values(found).flat();
    expect(new Set(before).size).toBe(before.length);
  });

  test('are deployed by the smallest number that any of them asks for, whoever comes first', () => {
    const lanes = (numbers: (number | undefined)[]) => {
      const { add, stack } = aPlace();
      numbered(20).forEach((name, index) => add(name, { most: numbers[index % 3] }));
      return lanesIn(waits(Template.fromStack(stack)), 20);
    };
    expect(lanes([2, 5, undefined])).toBe(2);
    expect(lanes([undefined, 5, 2])).toBe(2);
  });

  test('change at most one dependency of another topic when a topic comes or goes', () => {
    const check = (names: string[], most: number) => {
      const [extra, ...rest] = names;
      const [without, withIt] = [waitsOf(rest, most), waitsOf(names, most)];
      const moved = rest.filter((name) => String(without[name]) !== String(withIt[name]));
      expect([extra, moved.length <= 1]).toEqual([extra, true]);
    };
    const some = fc.uniqueArray(fc.constantFrom(...numbered(30)), { minLength: 2, maxLength: 25 });
    fc.assert(fc.property(some, fc.integer({ min: 1, max: 6 }), check), cases(8));
  });

  test('wait in the same way in every order of declaration', () => {
    expect(waitsOf(numbered(25).reverse(), 4)).toEqual(waitsOf(numbered(25), 4));
  });

  test('wait anew when the app is written again with more of them', () => {
    const { add, stack } = aPlace(2);
    numbered(4).forEach((name) => add(name));
    stack.resolve((stack.node.findChild('topic-0').node.defaultChild as CfnResource)._toCloudFormation());
    add('late');
    expect(lanesIn(waits(Template.fromStack(stack)), 5)).toBe(2);
  });

  test.each([
    ['0', () => 0],
    ['1.5', () => 1.5],
    ['a token', (stack: Stack) => new CfnParameter(stack, 'Most', { type: 'Number' }).valueAsNumber],
  ])('refuse to be deployed %s at a time', (got, most) => {
    const { add, stack } = aPlace();
    expect(() => add('orders', { most: most(stack) })).toThrow(
      new RegExp(`'maxConcurrentTopics' must be a whole number.*got ${got} \\[ConcurrentTopicsRange\\]`),
    );
  });
});

/** Ways in which one resource can wait for another. */
const WAYS: Record<string, (source: msk.Topic, target: msk.Topic) => void> = {
  construct: (source, target) => source.node.addDependency(target),
  resource: (source, target) => resourceOf(source).addResourceDependency(resourceOf(target)),
  attribute: (source, target) => resourceOf(source).addPropertyOverride('Nonce', target.topicId),
  substitution: (source, target) => {
    const name = target.stack.resolve(resourceOf(target).logicalId) as string;
    resourceOf(source).addPropertyOverride('Nonce', { 'Fn::Sub': `x-\${${name}.TopicId}` });
  },
  throughOther: (source, target) => {
    const properties = { Value: target.topicId };
    const other = new CfnResource(source, `For${target.node.id}`, { type: 'AWS::SSM::Parameter', properties });
    resourceOf(source).addPropertyOverride('Nonce', other.ref);
  },
};

const resourceOf = (topic: msk.Topic) => topic.node.defaultChild as CfnResource;

describe('Topics that depend on each other', () => {
  const link = fc.record({
    from: fc.nat(11),
    to: fc.nat(11),
    way: fc.constantFrom(...Object.keys(WAYS)),
  });
  const links = fc.uniqueArray(link, { maxLength: 8, selector: ({ from, to }) => `${from} ${to}` });

  /** Topics on two clusters, so with two functions, where a topic may wait for those with a smaller number. */
  function linked(list: { from: number; to: number; way: string }[], most?: number) {
    const { add, stack } = aPlace(most);
    const other = new BareCluster(stack, 'Other');
    const topics = numbered(12).map((name, index) => add(name, { on: index % 2 ? other : undefined }));
    for (const { from, to, way } of list.filter((one) => one.from > one.to)) WAYS[way](topics[from], topics[to]);
    return Template.fromStack(stack);
  }

  test('are never made to wait in a circle', () => {
    const check = (list: { from: number; to: number; way: string }[], most: number) => {
      expect(() => linked(list, most)).not.toThrow();
    };
    fc.assert(fc.property(links, fc.integer({ min: 1, max: 3 }), check), cases(20));
  });

  test.each(Object.keys(WAYS))('keep to their lanes when they depend by %s', (way) => {
    const found = waits(
      linked(
        [
          { from: 11, to: 1, way },
          { from: 10, to: 2, way },
        ],
        1,
      ),
    );
    const waiting = Object.values(found).filter((before) => before.length > 0);
    expect(waiting).toHaveLength(10); // two lanes, one of each function
  });
});

describe('Lanes', () => {
  test('are separate for each function of a stack', () => {
    const { add, stack } = aPlace(2);
    const other = new BareCluster(stack, 'Other');
    numbered(4).forEach((name, index) => add(name, { on: index % 2 ? other : undefined }));
    expect(waits(Template.fromStack(stack))).toEqual({});
  });

  test('are separate in a nested stack, whose asset changes with them', () => {
    const write = (most?: number) => {
      const { add, stack } = aPlace(most);
      const nested = new NestedStack(stack, 'Nested');
      numbered(6).forEach((name) => add(name, { scope: nested }));
      add('outside');
      const parent = JSON.stringify(Template.fromStack(stack).findResources('AWS::CloudFormation::Stack'));
      return { parent, found: waits(Template.fromStack(nested)) };
    };
    const [wide, narrow] = [write(), write(2)];
    expect([wide.found, lanesIn(narrow.found, 6)]).toEqual([{}, 2]);
    expect(narrow.parent).not.toBe(wide.parent);
  });

  test('are the same with event sources and drift reports, which wait for topics', () => {
    const write = (withSources: boolean) => {
      const { cluster, stack, template } = aCluster();
      const topics = numbered(24).map((name) => cluster.addTopic(name));
      const code = lambda.Code.fromInline('exports.handler = () => undefined');
      const runtime = lambda.Runtime.NODEJS_LATEST;
      const reader = new lambda.Function(stack, 'Reader', { code, handler: 'index.handler', runtime });
      if (withSources) topics.forEach((topic) => reader.addEventSource(new msk.TopicEventSource(topic)));
      if (withSources) new msk.TopicDriftReport(stack, 'Report', { cluster });
      return waits(template());
    };
    const found = write(true);
    expect(found).toEqual(write(false));
    expect(lanesIn(found, 24)).toBe(10);
  });

  test('leave dependencies alone that an escape hatch sets', () => {
    const { add, stack } = aPlace(1);
    const [first] = numbered(3).map((name) => add(name));
    resourceOf(first).addOverride('DependsOn', ['Elsewhere']);
    const topics = Template.fromStack(stack).findResources(TOPIC);
    expect(topics[stack.resolve(resourceOf(first).logicalId) as string].DependsOn).toEqual(['Elsewhere']);
  });
});
