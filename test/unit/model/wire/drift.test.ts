import { fromDriftEvent, toDriftEvent, toScheduledTopic } from '../../../../lib/model/wire/drift';
import { toProperties } from '../../../../lib/model/wire/topic';
import { aRequest } from '../../../../testkit/topics';

const WORKER = 'arn:aws:lambda:eu-west-1:111122223333:function:shop-worker';
const ID = `kt1:c:${'c'.repeat(22)}:${'t'.repeat(22)}:`;

const scheduled = (topicName: string, worker = WORKER) =>
  toScheduledTopic({ ...toProperties(aRequest({ topicName })), Worker: worker }, `${ID}${topicName}`);

describe('The wire of a drift report', () => {
  test.each([
    ['one topic', [scheduled('a')]],
    ['topics of one function', [scheduled('a'), scheduled('b')]],
    ['topics of two functions', [scheduled('a'), scheduled('b', `${WORKER}-2`)]],
    ['no topic', []],
  ])('hands over %s', (_, topics) => {
    const expected = topics.map(({ PhysicalId, ...properties }) => ({ physicalId: PhysicalId, properties }));
    expect(fromDriftEvent(toDriftEvent(topics))).toEqual(expected);
  });

  test('reads events that repeat everything in each topic, as the first versions send them', () => {
    const Topics = [scheduled('a'), scheduled('b')];
    expect(fromDriftEvent({ Report: 'TopicDrift', Topics })).toEqual(fromDriftEvent(toDriftEvent(Topics)));
  });

  test('has room for all topics that fit into a stack', () => {
    const topics = Array.from({ length: 500 }, (_, index) => scheduled(`${'long-'.repeat(16)}${index}`));
    expect(JSON.stringify(toDriftEvent(topics)).length).toBeLessThan(256 * 1024);
    expect(JSON.stringify({ Report: 'TopicDrift', Topics: topics }).length).toBeGreaterThan(256 * 1024);
  });
});
