import * as kafka from '@platformatic/kafka';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Node.js with the Kafka client loaded outside of Jest's module system, which takes an ES module only under an experimental
 * flag. A test file asks for it in its first comment.
 */
export default class KafkaClientEnvironment extends TestEnvironment {
  public override async setup(): Promise<void> {
    await super.setup();
    // a function, since Jest empties the objects that it finds on the global scope once a file is done
    Object.assign(this.global, { kafkaClient: () => kafka });
  }
}
