import * as kafka from '@platformatic/kafka';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Node.js with the Kafka client loaded outside of Jest's module system, which supports ES modules only with an
 * experimental flag. A test file selects this environment in its first comment.
 */
export default class KafkaClientEnvironment extends TestEnvironment {
  public override async setup(): Promise<void> {
    await super.setup();
    // a function, since Jest empties the objects in the global scope after each test file
    Object.assign(this.global, { kafkaClient: () => kafka });
  }
}
