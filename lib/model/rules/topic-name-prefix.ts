import { type Finding, finding } from '../finding';
import type { AuthenticationMethod } from '../listeners';

/** The topics that a function may manage, and how it authenticates. */
interface ManagedTopics {
  readonly topicNamePrefix?: string;
  readonly method: AuthenticationMethod;
}

/** Findings about a topic of a function that may manage only topics with a prefix. A name that is not known is not checked. */
export function prefixFindings({ method, topicNamePrefix: prefix }: ManagedTopics, topicName?: string): Finding[] {
  if (prefix === undefined) return [];
  if (!/^[\w.-]+$/.test(prefix)) {
    const message = `'topicNamePrefix' must be known at synthesis and consist of one or more letters, digits, '.', '_' and '-', got '${prefix}'`;
    return [finding('TopicNamePrefix', message)];
  }
  if (method !== 'iam') {
    const message =
      "'topicNamePrefix' narrows an IAM policy, which has no effect on other authentication methods; remove it, and limit the user " +
      'with Kafka ACLs';
    return [finding('TopicNamePrefixWithoutIam', message)];
  }
  if (topicName === undefined || topicName.startsWith(prefix)) return [];
  const message = `'topicName' must start with '${prefix}', the 'topicNamePrefix' of its backend, got '${topicName}'`;
  return [finding('TopicNameOutsidePrefix', message)];
}
