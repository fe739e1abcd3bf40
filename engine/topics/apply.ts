import type { AdminPort } from '../kafka/admin-port';
import type { Plan, Step } from './plan';

/** What was done so far, also when a later step failed. */
export interface Done {
  createdTopicId?: string;
  /** Every step that was asked for, whatever came of it. */
  readonly begun: Step[];
  readonly changes: string[];
}

/** Runs the steps in order. Where two can fail, the one that cannot be taken back is asked about before the first. */
export async function apply(port: AdminPort, { steps }: Plan, done: Done): Promise<void> {
  const grow = steps.find((step) => step.do === 'growTopic');
  if (grow && steps.length > 1) await port.growTopic(grow.name, grow.to, true);
  for (const step of steps) await run(port, step, done);
}

async function run(port: AdminPort, step: Step, done: Done): Promise<void> {
  done.begun.push(step);
  switch (step.do) {
    case 'createTopic': {
      const { configs, partitionCount, replicationFactor, topicName } = step.topic;
      done.createdTopicId = await port.createTopic({ name: topicName, partitionCount, replicationFactor, configs });
      break;
    }
    case 'alterConfigs':
      await port.alterConfigs(step.name, step.change);
      done.changes.push(`configs of '${step.name}'`);
      break;
    case 'growTopic':
      await port.growTopic(step.name, step.to);
      done.changes.push(`partitions of '${step.name}' from ${step.from} to ${step.to}`);
      break;
    case 'deleteTopic':
      await port.deleteTopic(step.topicId);
  }
}
