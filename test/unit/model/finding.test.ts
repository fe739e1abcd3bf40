import { clusterFindings } from '../../../lib/model/rules/cluster';
import { topicFindings } from '../../../lib/model/rules/topics';

describe('Rules of a cluster have stable names', () => {
  test.each([
    ['ClusterNameLength', { clusterName: 'x'.repeat(64) }, { clusterName: 'x'.repeat(65) }],
    ['BrokersPerAzRange', { brokersPerAz: 1 }, { brokersPerAz: 0 }],
    ['BrokersPerAzUnknown', { brokersPerAzUnknown: false }, { brokersPerAzUnknown: true }],
    ['VolumeSizeRange', { volumeGiB: 16384 }, { volumeGiB: 16385 }],
    ['VolumeSizeRange', { volumeGiB: 1 }, { volumeGiB: 0 }],
    ['ConfigurationTwice', { twoConfigurations: false }, { twoConfigurations: true }],
    [
      'KraftOnT3',
      { kraft: false, instanceType: 'kafka.t3.small', kafkaVersion: '3.9.x' },
      { kraft: true, instanceType: 'kafka.t3.small', kafkaVersion: '3.9.x.kraft' },
    ],
  ])('%s: takes %p, refuses %p', (id, good, bad) => {
    expect(clusterFindings(good)).toEqual([]);
    expect(clusterFindings(bad)).toEqual([expect.objectContaining({ id, severity: 'error' })]);
  });
});

describe('Rules of a topic have stable names', () => {
  test.each([
    ['TopicNameLength', { topicName: 'x'.repeat(249) }, { topicName: 'x'.repeat(250) }],
    ['TopicNameLength', { topicName: 'x' }, { topicName: '' }],
    ['TopicNameCharacters', { topicName: '...' }, { topicName: '..' }],
    ['TopicNameInternal', { topicName: '_orders' }, { topicName: '__orders' }],
    ['PartitionCountRange', { partitionCount: 2147483647 }, { partitionCount: 2147483648 }],
    ['ReplicationFactorRange', { replicationFactor: 32767 }, { replicationFactor: 32768 }],
  ])('%s: takes %p, refuses %p', (id, good, bad) => {
    expect(topicFindings(good)).toEqual([]);
    expect(topicFindings(bad)).toEqual([expect.objectContaining({ id, severity: 'error' })]);
  });
});
